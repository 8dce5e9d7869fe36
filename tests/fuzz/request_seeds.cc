#include "tests/fuzz/request_seeds.h"

#include <memory>
#include <string>

#include "daybook/types/v1/types.pb.h"
#include "google/protobuf/text_format.h"
#include "services/submissions/domain/submission_state.h"
#include "tests/fuzz/check.h"

namespace daybook::fuzz {
namespace {

struct Seed {
  const char* rpc;
  const char* text;  // without request id
};

constexpr std::size_t kFoundation = 13;

constexpr Seed kSeeds[] = {
    {"RegisterOrganisation",
     "organisation_id: 'castle-police' name: 'Castle Police' kind: 'police' aliases: 'CP'"},
    {"RegisterOrganisation",
     "organisation_id: 'moat-council' name: 'Moat Council' kind: 'council' aliases: 'MC'"},
    {"RegisterArea",
     "area_id: 'county' code: 'E10000012' name: 'County' kind: 'county' boundary_vintage: 2021"},
    {"RegisterArea",
     "area_id: 'castle' code: 'E07000069' name: 'Castle' kind: 'district' "
     "parent_ids: 'county' boundary_vintage: 2021"},
    {"RegisterPartnership", "partnership_id: 'castle' name: 'Safer Castle' area_ids: 'castle'"},
    {"GrantMembership",
     "partnership_id: 'castle' organisation_id: 'castle-police' "
     "role: 'statutory' from_date: '2017-04-01'"},
    {"DefineDimension",
     "dimension_id: 'sex' label: 'Sex' complete: true "
     "categories { category_id: 'female' label: 'Female' } "
     "categories { category_id: 'male' label: 'Male' }"},
    {"DefineMeasure",
     "measure_id: 'clients' label: 'Clients' subject: SUBJECT_OTHER unit: 'people' is_count: true "
     "dimension_ids: 'sex'"},
    {"DefineMeasure",
     "measure_id: 'all-crime' label: 'All crime' subject: SUBJECT_INCIDENTS "
     "unit: 'offences' is_count: true incident_type: 'burglary' sort_order: 1"},
    {"DefineMeasure",
     "measure_id: 'housing-referrals' label: 'Housing' subject: SUBJECT_REFERRALS "
     "unit: 'people' parts_of_whole: true service_id: 'housing'"},
    {"OpenPlan",
     "plan_id: 'castle-2017-18' partnership_id: 'castle' title: 'Plan' "
     "year { kind: KIND_PLAN_YEAR start_date: '2017-04-01' end_date: '2018-03-31' }"},
    {"AddPriority", "plan_id: 'castle-2017-18' priority_id: 'p1' number: 1 label: 'Safety'"},
    {"AddPriority",
     "plan_id: 'castle-2017-18' priority_id: 'x1' label: 'Joint' "
     "cross_cutting: true expected_revision: 1"},
    {"AddAction",
     "plan_id: 'castle-2017-18' action_id: 'a1' priority_id: 'p1' objective: 'O' "
     "label: 'Visits' outcome: 'Safer' deadline: '2018-03' "
     "leads { organisation: 'CP' role: 'watch team' reports: true } "
     "leads { organisation: 'Moat Council' }"},
    {"SetTarget",
     "plan_id: 'castle-2017-18' action_id: 'a1' target_id: 't1' kind: KIND_PERCENT "
     "measure: 'aware' comparator: COMPARATOR_AT_LEAST threshold: '80' "
     "unit: 'attendees'"},
    // From here on: what a founded ledger is asked to take.
    {"SetTarget",
     "plan_id: 'castle-2017-18' action_id: 'a1' target_id: 't2' kind: KIND_COUNT "
     "measure: 'visits' comparator: COMPARATOR_EQUAL threshold: '2' unit: 'visits' "
     "cumulative: true"},
    {"AddOrganisationAlias", "organisation_id: 'castle-police' alias: 'The Castle Police'"},
    {"RegisterOrganisation", "organisation_id: 'new-police' name: 'New Police' kind: 'police'"},
    {"RecordSuccession",
     "from_organisation_ids: 'moat-council' to_organisation_id: 'new-police' "
     "date: '2021-06-26'"},
    {"EndMembership",
     "partnership_id: 'castle' organisation_id: 'castle-police' date: '2020-03-31'"},
    {"AddCommitment",
     "plan_id: 'castle-2017-18' priority_id: 'x1' commitment_id: 'c1' "
     "label: 'Work together'"},
    {"OpenPlan",
     "plan_id: 'castle-2018-19' partnership_id: 'castle' title: 'Next' draft: true "
     "year { kind: KIND_PLAN_YEAR start_date: '2018-04-01' end_date: '2019-03-31' }"},
    {"AdoptPlan", "plan_id: 'castle-2018-19' date: '2018-04-02' adopted_by: 'Board'"},
    {"RevisePriority", "plan_id: 'castle-2017-18' priority_id: 'p1' label: 'Safer places'"},
    {"RevisePriority", "plan_id: 'castle-2017-18' priority_id: 'x1' retired_date: '2018-01-01'"},
    {"SubmitUpdate",
     "plan_id: 'castle-2017-18' action_id: 'a1' organisation: 'CP' state: 'ongoing' "
     "narrative: 'Two visits.' "
     "period { kind: KIND_QUARTER start_date: '2017-04-01' end_date: '2017-06-30' } "
     "measurements { measure: 'visits' label: 'Visits' unit: 'visits' stage: 'actual' "
     "  quantity { value: '8' upper: '10' precision: PRECISION_ABOUT } } "
     "measurements { measure: 'aware' label: 'Aware' unit: 'attendees' "
     "  share { numerator: '8' denominator: '74' printed_percent: '11' } "
     "  period { kind: KIND_DAY start_date: '2017-05-01' end_date: '2017-05-01' } } "
     "measurements { measure: 'aware' label: 'Aware' unit: 'attendees' stage: 'planned' "
     "  printed_percent { percent: '23.4' precision: PRECISION_MORE_THAN "
     "    missing: MISSING_BOTH } }"},
    {"DeferUpdate",
     "plan_id: 'castle-2017-18' action_id: 'a1' organisation: 'CP' "
     "to_organisation: 'MC' "
     "period { kind: KIND_QUARTER start_date: '2017-07-01' "
     "  end_date: '2017-09-30' }"},
    {"CompleteAction", "plan_id: 'castle-2017-18' action_id: 'a1' date: '2018-01-31'"},
    {"CancelAction",
     "plan_id: 'castle-2017-18' action_id: 'a1' date: '2018-02-28' reason: 'Zq7 canary'"},
    {"DeclareBreak", "measure_id: 'all-crime' date: '2022-02-01' cause: 'definition'"},
    {"SubmitObservations",
     "rows { row: 1 measure_id: 'all-crime' area: 'Castle' source: 'CP' extract: 'x1' "
     "  period { kind: KIND_ROLLING_12 start_date: '2023-02-01' end_date: '2024-01-31' } "
     "  basis: BASIS_IN_PERIOD stage: STAGE_ACTUAL quantity { value: '17334' } "
     "  known { precision: PRECISION_DAY date: '2024-03-18' } caveats: 'area-unclear' } "
     "rows { row: 2 measure_id: 'housing-referrals' area: 'castle' source: 'MC' "
     "  period { kind: KIND_RANGE start_date: '2023-01-01' end_date: '2023-03-31' } "
     "  basis: BASIS_AT_DATE share { numerator: '8' denominator: '74' "
     "  denominator_area: 'county' } } "
     "rows { row: 3 measure_id: 'housing-referrals' area: 'castle' source: 'MC' "
     "  period { kind: KIND_MONTH start_date: '2023-04-01' end_date: '2023-04-30' } "
     "  basis: BASIS_MONTHLY_MEAN quantity { value: '5' absence: ABSENCE_SUPPRESSED_BELOW } }"},
    {"PublishFigures",
     "rows { row: 1 document_id: 'report' section: '5.14' published_date: '2024-03-18' "
     "  measure_id: 'all-crime' area: 'castle' "
     "  period { kind: KIND_ROLLING_12 start_date: '2023-02-01' end_date: '2024-01-31' } "
     "  compared_with { kind: KIND_ROLLING_12 start_date: '2022-02-01' end_date: '2023-01-31' } "
     "  change { percent: '-8.7' absolute: '-1620' } } "
     "rows { row: 2 document_id: 'report' published_date: '2024-03-18' measure_id: 'all-crime' "
     "  area: 'castle' percent { percent: '11' } "
     "  period { kind: KIND_CALENDAR_YEAR start_date: '2023-01-01' end_date: '2023-12-31' } }"},
    {"SubmitReferral",
     "referral { row: 1 referral_id: 'r-1' service_id: 'housing' received: '2024-01' "
     "  area: 'Castle' status: 'received' subject_ref: 'Zq7 canary' age: '30-39' sex: 'f' "
     "  need: 'Zq7 canary' referred_by: 'self' place: 'Zq7 canary' note: 'Zq7 canary' }"},
    {"ChangeReferralStatus", "referral_id: 'r-1' status: 'accepted' month: '2024-02'"},
    {"SubmitReferrals",
     "rows { row: 1 referral_id: 'r-2' service_id: 'housing' received: '2024-01-31' } "
     "rows { row: 2 referral_id: 'r-3' service_id: 'housing' received: '2024-02' area: 'Castle' "
     "  status: 'closed' subject_ref: 'Zq7 canary' note: 'Zq7 canary' }"},
    {"SubmitIncident",
     "dataset: 'police-uk-street' "
     "incident { row: 1 month: '2024-01' type: 'anti-social-behaviour' "
     "  force: 'CP' district: 'Castle' lsoa_code: 'E01021803' }"},
    {"SubmitIncidents",
     "dataset: 'police-uk-street' "
     "rows { row: 1 source_key: "
     "  '0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef' month: '2024-01' "
     "  type: 'burglary' force: 'Castle Police' district: 'Castle' lsoa_code: 'E01021803' "
     "  outcome: 'under-investigation' longitude: '0.9' latitude: '51.8' location: 'Zq7 canary' } "
     "rows { row: 2 month: '2024-02' type: 'anti-social-behaviour' force: 'CP' }"},
    {"OpenSubmission",
     "dataset: 'incidents' scope: 'castle/2024-01' kind: 'whole' extract_date: '2024-03-18' "
     "sha256: '0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef'"},
    {"CompleteSubmission",
     "submission_id: 'be420068406437d14b768419bf7857c8' rows_read: 3 "
     "rows_recorded: 1 rows_unchanged: 1 rows_refused: 1"},
    {"ResolveOrganisation", "name: 'castle police'"},
    {"GetSubmission", "submission_id: 'be420068406437d14b768419bf7857c8'"},
    {"KeepReadingRule",
     "dataset: 'observations' table: 'Type | Castle' "
     "layout: '0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef' "
     "answers { question: 'dash' choice: '0' } answers { question: 'rows' choice: 'measure' }"},
    {"RevokeReadingRule",
     "rule_id: 'be420068406437d14b768419bf7857c8' reason: 'another convention'"},
    {"ListReadingRules", "with_ended: true"},
    {"ReadStream", "stream: 'actions/castle-2017-18' from_revision: 1 backward: true page_size: 2"},
    {"GetHead", ""},
    {"SetHarmWeight",
     "index_id: 'severity' measure_id: 'all-crime' weight: '12.5' source: 'Institute' "
     "from_date: '2017-04-01'"},
    {"RecordActivity",
     "activity_id: 'op-dial' partnership_id: 'castle' kind: KIND_OPERATION label: 'Dial' "
     "period { kind: KIND_PLAN_YEAR start_date: '2017-04-01' end_date: '2018-03-31' } lead: 'CP' "
     "partners: 'MC' areas: 'Castle'"},
    {"RecordReach",
     "activity_id: 'op-dial' period { kind: KIND_MONTH start_date: '2017-05-01' "
     "end_date: '2017-05-31' } what: 'hours' count { value: '22' } area: 'castle'"},
    {"OpenText", "position: 3 part: 'narrative'"},
    {"RenderReport", "name: 'activities' parameters { key: 'csp' value: 'castle' }"},
    {"RenderReport",
     "name: 'harm-index' parameters { key: 'area' value: 'castle' } "
     "parameters { key: 'period' value: '2017-18' } parameters { key: 'index' value: 'severity' }"},
    {"RenderReport", "name: 'figures' audience: AUDIENCE_PUBLIC"},
    {"ListReports", ""},
    {"AllocateGrant",
     "fund_id: 'f1' partnership_id: 'castle' year { kind: KIND_PLAN_YEAR start_date: '2017-04-01' "
     "end_date: '2018-03-31' } source: 'Commissioner' amount: '12337' after_top_slice: true"},
    {"ApplyTopSlice", "fund_id: 'f1' percent: '12' purpose: 'Reviews'"},
    {"MoveFunds",
     "entry_id: 'e1' fund_id: 'f1' kind: KIND_SPENT amount: '2500.50' date: '2017-05-01'"},
    {"MakeOrder",
     "order_id: 'o1' partnership_id: 'castle' kind: KIND_INJUNCTION label: 'Centre' power: 's.222' "
     "prohibitions: 'begging' made_date: '2013-11-29' referral_from: 2 committal_from: 3"},
    {"ReviewOrder",
     "order_id: 'o1' reviewed_date: '2014-11-29' outcome: OUTCOME_EXTENDED expires_date: "
     "'2015-11-29'"},
    {"RecordBreach",
     "order_id: 'o1' subject: 'p1' breach_id: 'b1' occurred_date: '2014-01-05' prohibition: "
     "'begging' organisation: 'CP' number: 2"},
    {"TakeStep",
     "order_id: 'o1' subject: 'p1' breach_id: 'b1' step: STEP_WARNED taken_date: '2014-01-05'"},
    {"RaiseTask",
     "task_id: 't1' partnership_id: 'castle' kind: 'begging' raised_date: '2024-01-05'"},
    {"ActionTask", "task_id: 't1' actioned_date: '2024-01-06' outcome: 'moved-on'"},
    {"IssuePenalty",
     "penalty_id: 'n1' partnership_id: 'castle' offence: 'litter' issued_date: '2024-01-05' "
     "amount: "
     "'75'"},
    {"SettlePenalty", "penalty_id: 'n1' settled_date: '2024-01-09' how: HOW_PAID"},
    {"RenderReport", "name: 'injunction-ladder' parameters { key: 'order' value: 'o1' }"},
    {"RenderReport", "name: 'funding-ledger' parameters { key: 'csp' value: 'castle' }"},
    {"RenderReport", "name: 'priority-lineage' parameters { key: 'csp' value: 'castle' }"},
    {"RenderReport", "name: 'orders'"},
    {"PassResolution",
     "resolution_id: 'r1' partnership_id: 'castle' body: 'Committee' passed_date: '2023-09-18' "
     "kind: KIND_RECOMMENDATION label: 'Benchmarks' due_date: '2024-03-18'"},
    {"GiveResponse",
     "resolution_id: 'r1' answered_date: '2024-03-18' disposition: DISPOSITION_NOT_ADOPTED "
     "document_id: 'report' section: '5.10' reason: 'scores'"},
    {"OpenAssessment",
     "assessment_id: 'a1' partnership_id: 'castle' "
     "year { kind: KIND_ASSESSMENT_YEAR start_date: '2022-10-01' end_date: '2023-09-30' }"},
    {"SubmitSection",
     "assessment_id: 'a1' section: SECTION_LEVELS organisation: 'CP' submitted_date: '2023-11-20'"},
    {"RankRisk", "assessment_id: 'a1' risk_id: 'rape' label: 'Rape' rank: 3 score: '12.5'"},
    {"ApproveAssessment", "assessment_id: 'a1' approved_date: '2024-03-18'"},
    {"RenderReport", "name: 'risk-movement' parameters { key: 'csp' value: 'castle' }"},
    {"RenderReport", "name: 'scrutiny-tracker'"},
    {"RenderReport", "name: 'assessment-checklist'"},
    {"SubmitObservations",
     "rows { row: 1 measure_id: 'clients' area: 'Castle' source: 'CP' "
     "  period { kind: KIND_PLAN_YEAR start_date: '2023-04-01' end_date: '2024-03-31' } "
     "  basis: BASIS_IN_PERIOD quantity { value: '3' } "
     "  dimensions { dimension_id: 'sex' category_id: 'female' } } "
     "rows { row: 2 measure_id: 'clients' area: 'Castle' source: 'CP' "
     "  period { kind: KIND_PLAN_YEAR start_date: '2023-04-01' end_date: '2024-03-31' } "
     "  basis: BASIS_IN_PERIOD quantity { value: '40' } reason: 'campaign' "
     "  dimensions { dimension_id: 'sex' category_id: 'male' } }"},
    {"RenderReport",
     "name: 'breakdown' parameters { key: 'measure' value: 'clients' } "
     "parameters { key: 'area' value: 'castle' } audience: AUDIENCE_PUBLIC"},
    {"RenderReport",
     "name: 'plan-performance' parameters { key: 'plan' value: 'castle-2017-18' } "
     "parameters { key: 'period' value: '2017-18 Q1' }"},
    {"RenderReport",
     "name: 'plan-silence' parameters { key: 'plan' value: 'castle-2017-18' } "
     "parameters { key: 'period' value: '2017-18' } as_of { today: '2018-01-01' }"},
    {"RenderReport",
     "name: 'incident-trend' parameters { key: 'area' value: 'Castle' } "
     "parameters { key: 'period' value: '12m to 2024-01' }"},
    {"RenderReport",
     "name: 'incident-months' parameters { key: 'area' value: 'castle' } "
     "parameters { key: 'from' value: '2024-01' } "
     "parameters { key: 'to' value: '2024-02' }"},
    {"RenderReport",
     "name: 'incident-places' parameters { key: 'force' value: 'castle-police' } "
     "parameters { key: 'from' value: '2024-01' }"},
    {"RenderReport",
     "name: 'referral-trend' parameters { key: 'service' value: 'housing' } "
     "parameters { key: 'within' value: '2022-09-01..2024-07-31' }"},
    {"RenderReport",
     "name: 'benchmark' parameters { key: 'area' value: 'castle' } "
     "parameters { key: 'period' value: 'AY2022-23' } "
     "parameters { key: 'among' value: 'castle, keep' }"},
    {"RenderReport",
     "name: 'multi-year' parameters { key: 'area' value: 'castle' } "
     "parameters { key: 'period' value: '12m to 2024-01' } "
     "parameters { key: 'periods' value: '12' }"},
    {"RenderReport",
     "name: 'figure-matrix' parameters { key: 'area' value: 'castle' } "
     "parameters { key: 'measures' value: 'robbery' }"},
    {"RenderReport", "name: 'published-figures' parameters { key: 'ref' value: '9' }"},
    {"RenderReport",
     "name: 'incident-trend' parameters { key: 'area' value: 'castle' } "
     "parameters { key: 'period' value: '12m to 2024-01' } compare_with { known_on: '2024-03-18' "
     "}"},
    {"RenderReport", "name: 'figures' parameters { key: 'within' value: '2023-24' }"},
    {"GetPlanPerformance",
     "plan_id: 'castle-2017-18' as_of { known_on: '2024-03-18' recorded_size: 9 } "
     "period { kind: KIND_QUARTER start_date: '2017-04-01' end_date: '2017-06-30' }"},
    {"GetReferralTrend",
     "service_id: 'housing' area_id: 'castle' "
     "within { kind: KIND_CALENDAR_YEAR start_date: '2023-01-01' end_date: '2023-12-31' }"},
    {"GetIncidentTrend",
     "area_id: 'castle' "
     "period { kind: KIND_ROLLING_12 start_date: '2023-02-01' end_date: '2024-01-31' }"},
};

Call MakeCall(const char* name, const std::string& text, std::size_t number) {
  const Rpc* rpc = FindRpc(name);
  Check(rpc != nullptr, "a seed names a method", name);
  const std::unique_ptr<google::protobuf::Message> request(rpc->prototype->New());
  Check(google::protobuf::TextFormat::ParseFromString(text, request.get()), "a seed is a request",
        name);
  if (rpc->is_command) {
    const auto* field = request->GetDescriptor()->FindFieldByName("head");
    Check(field != nullptr, "a command has a head", name);
    auto* head = request->GetReflection()->MutableMessage(request.get(), field);
    static_cast<types::v1::CommandHead*>(head)->set_request_id("request-" + std::to_string(number));
  }
  return {rpc, request->SerializeAsString()};
}

}  // namespace

std::vector<Call> SeedCalls() {
  std::vector<Call> calls;
  for (const Seed& seed : kSeeds) calls.push_back(MakeCall(seed.rpc, seed.text, calls.size() + 1));
  return calls;
}

// Two files of one scope: the first completed twice; the second has fewer rows, is held, and let
// through.
std::vector<Call> VersionCalls() {
  std::vector<Call> calls;
  const auto add = [&](const char* rpc, const std::string& text) {
    calls.push_back(MakeCall(rpc, text, calls.size() + 1));
  };
  const auto open = [&](const std::string& sha256) {
    add("OpenSubmission", "dataset: 'incidents' scope: 'castle/2024-01' sha256: '" + sha256 + "'");
    return submissions::SubmissionId("castle-police", "incidents", "castle/2024-01", sha256);
  };
  const auto send = [&](const std::string& id, const std::string& rows) {
    add("SubmitIncidents", "head { submission_id: '" + id + "' } dataset: 'incidents' " + rows);
  };
  const auto complete = [&](const std::string& id, const std::string& fields) {
    add("CompleteSubmission", "submission_id: '" + id + "' " + fields);
  };
  const auto row = [](const std::string& number, const std::string& key) {
    return "rows { row: " + number + " source_key: '" + key +
           "' month: '2024-01' type: 'burglary' force: 'CP' location: 'Zq7 canary' } ";
  };
  const std::string first = open(std::string(64, 'a'));
  send(first, row("1", "k1") + row("2", "k2") +
                  "rows { row: 3 month: '2024-01' type: 'anti-social-behaviour' force: 'CP' }");
  complete(first, "rows_read: 3");
  complete(first, "rows_read: 3");
  const std::string second = open(std::string(64, 'b'));
  send(second, row("1", "k1") + row("2", "k1"));
  complete(second, "rows_read: 2");
  complete(second, "rows_read: 2 confirm_voids: 2");
  add("GetSubmission", "submission_id: '" + second + "'");
  return calls;
}

const std::vector<eventstore::RecordedEvent>& Foundation() {
  static const auto& events = *new std::vector<eventstore::RecordedEvent>([] {
    LedgerWorld world;
    const std::vector<Call> calls = SeedCalls();
    for (std::size_t i = 0; i < kFoundation; ++i) {
      const std::unique_ptr<google::protobuf::Message> request(calls[i].rpc->prototype->New());
      request->ParseFromString(calls[i].request);
      const Answer answer = calls[i].rpc->call(world, *request);
      Check(answer.code == 0, "the foundation is accepted",
            calls[i].rpc->name + " " + answer.reason + " " + answer.message);
    }
    return world.Events();
  }());
  return events;
}

}  // namespace daybook::fuzz
