// Every report by name.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daybook/submissions/events/v1/events.pb.h"
#include "eventstore/core/error.h"
#include "projections/reports/report_catalogue.h"
#include "tests/unit/projections/reports/plan_builder.h"

namespace daybook::reports {
namespace {

using testing::HasNote;
using testing::PlanFeed;

std::string ReasonOf(const PlanFeed& feed, const std::string& name, const Parameters& parameters) {
  return eventstore::ErrorReason(Render(name, parameters, feed.Views(), feed.Context()).status());
}

TEST(ReportCatalogue, ListsEveryReportByNameWithItsParameters) {
  std::vector<std::string> names;
  for (const auto& report : AllReports()) {
    names.push_back(report.name());
    EXPECT_FALSE(report.description().empty());
    EXPECT_FALSE(report.parameters().empty());
  }
  EXPECT_THAT(
      names,
      ::testing::ElementsAre(
          "activities", "assessment-checklist", "benchmark", "breakdown", "caseload",
          "control-chart", "coverage-matrix", "divergence", "enforcement-since", "figure-matrix",
          "figure-relation", "figures", "funding-ledger", "harm-index", "incident-control-chart",
          "incident-months", "incident-places", "incident-trend", "injunction-ladder", "members",
          "multi-year", "open-questions", "orders", "pack", "plan-performance", "plan-silence",
          "prescribed-information", "priority-lineage", "published-figures", "quarter-return",
          "referral-trend", "register", "released-reports", "reminders", "revisions",
          "risk-movement", "scrutiny-tracker", "submission-calendar", "submissions"));
}

TEST(ReportCatalogue, RefusesUnknownReportsAndWrongParametersByName) {
  PlanFeed feed;
  EXPECT_EQ(ReasonOf(feed, "horoscope", {}), "UNKNOWN_REPORT");
  EXPECT_EQ(ReasonOf(feed, "plan-performance", {{"plan", testing::kPlan}}), "MISSING_FIELD");
  EXPECT_EQ(ReasonOf(feed, "plan-performance", {{"plan", testing::kPlan}, {"period", "soon"}}),
            "INVALID_FIELD");
  EXPECT_EQ(ReasonOf(feed, "referral-trend", {{"colour", "blue"}}), "INVALID_FIELD");
  EXPECT_EQ(ReasonOf(feed, "register", {{"of", "colours"}}), "INVALID_FIELD");
}

TEST(ReportCatalogue, RefusesParametersThatAreMalformed) {
  PlanFeed feed;
  testing::AddArea(feed, "colchester", "Colchester", "district");
  const Parameters benchmark = {{"area", "colchester"}, {"period", "2018-10"}};
  const auto with = [](Parameters parameters, const std::string& name, const std::string& value) {
    parameters[name] = value;
    return parameters;
  };
  std::string many;
  for (int i = 0; i < 300; ++i) many += "area-" + std::to_string(i) + ",";
  EXPECT_EQ(ReasonOf(feed, "benchmark", with(benchmark, "among", many)), "INVALID_FIELD");
  EXPECT_EQ(ReasonOf(feed, "benchmark", with(benchmark, "period", "soon")), "INVALID_FIELD");
  for (const char* periods : {"six", "6.5", "-1", "99999999999"}) {
    EXPECT_EQ(ReasonOf(feed, "multi-year", with(benchmark, "periods", periods)), "INVALID_FIELD");
  }
  for (const char* ref : {"first", "-1", "1x"}) {
    EXPECT_EQ(ReasonOf(feed, "published-figures", {{"ref", ref}}), "INVALID_FIELD");
  }
}

TEST(ReportCatalogue, RepeatsTheNameOfAnUnknownParameterOnlyWhereItIsAWord) {
  PlanFeed feed;
  const auto refused = [&](const std::string& name) {
    const auto rendered = Render("referral-trend", {{name, "x"}}, feed.Views(), feed.Context());
    return std::string(rendered.status().message());
  };
  EXPECT_THAT(refused("colour"), ::testing::HasSubstr("colour"));
  EXPECT_THAT(refused("Somebody Else\n"), ::testing::Not(::testing::HasSubstr("Somebody")));
  EXPECT_LT(refused(std::string(100000, 'x')).size(), 200U);
}

void AddEnforcement(PlanFeed& feed) {
  namespace ev = enforcement::events::v1;
  ev::OrderMade order;
  order.set_order_id("o1");
  order.set_partnership_id("colchester-csp");
  order.set_made_date("2017-05-01");
  order.set_referral_from(1);
  feed.Add(order);
  ev::BreachRecorded breach;
  breach.set_order_id("o1");
  breach.set_subject("p1");
  breach.set_breach_id("b1");
  breach.set_occurred_date("2017-06-01");
  feed.Add(breach);
  ev::TaskRaised task;
  task.set_task_id("t1");
  task.set_partnership_id("colchester-csp");
  task.set_kind("begging");
  task.set_raised_date("2017-06-01");
  feed.Add(task);
  ev::PenaltyIssued penalty;
  penalty.set_penalty_id("n1");
  penalty.set_partnership_id("colchester-csp");
  penalty.set_offence("litter");
  penalty.set_issued_date("2017-06-01");
  feed.Add(penalty);
}

void AddMoneyAndProjects(PlanFeed& feed) {
  namespace ev = actions::events::v1;
  ev::PlanOpened plan;
  plan.set_plan_id("colchester-2018-19");
  plan.set_partnership_id("colchester-csp");
  *plan.mutable_year() = testing::P("2018-19");
  feed.Add(plan);
  ev::PriorityAdded priority;
  priority.set_plan_id("colchester-2018-19");
  priority.set_priority_id("p1");
  priority.set_label("Hidden harms");
  feed.Add(priority);
  ev::ProjectMapped project;
  project.set_plan_id(testing::kPlan);
  project.set_project_id("safer-streets");
  project.add_theme_ids("asb");
  feed.Add(project);
  ev::GrantAllocated grant;
  grant.set_fund_id("f1");
  grant.set_partnership_id("colchester-csp");
  *grant.mutable_year() = testing::P("2018-19");
  grant.set_pence(100);
  feed.Add(grant);
  ev::FundsMoved spent;
  spent.set_fund_id("f1");
  spent.set_entry_id("e1");
  spent.set_kind(ev::FundsMoved::KIND_SPENT);
  spent.set_pence(100);
  feed.Add(spent);
}

void AddActivitiesAndReleases(PlanFeed& feed) {
  actions::events::v1::ActivityRecorded activity;
  activity.set_activity_id("op-dial");
  activity.set_partnership_id("colchester-csp");
  *activity.mutable_period() = testing::P("2017-18");
  feed.Add(activity);
  actions::events::v1::ReachRecorded reached;
  reached.set_activity_id("op-dial");
  reached.set_what("hours");
  *reached.mutable_period() = testing::P("2017-05");
  *reached.mutable_count() = testing::Q("22");
  feed.Add(reached);
  auto burglary = testing::Measure("theft", testing::MeasureDefined::SUBJECT_INCIDENTS, "Theft");
  burglary.set_is_count(true);
  feed.Add(burglary);
  auto counted = testing::Observation("theft", "colchester", "essex-police", "2018-10");
  *counted.mutable_quantity() = testing::Q("8");
  feed.Add(counted);
  measures::events::v1::HarmWeightSet weight;
  weight.set_index_id("severity");
  weight.set_measure_id("theft");
  weight.set_weight("2");
  feed.Add(weight);
  scrutiny::events::v1::ReportReleased released;
  released.set_document_id("paper");
  feed.Add(released);
}

TEST(ReportCatalogue, EveryRowOfEveryTableHasACellForEveryColumn) {
  PlanFeed feed;
  feed.Priority("x", "Partnership working", true);
  feed.Commitment("c1", "x", "Work together");
  feed.Action("a", {"rdc"});
  feed.Target("a", "t1", testing::TargetSet::KIND_COUNT, "m",
              testing::TargetSet::COMPARATOR_AT_LEAST, "10", true);
  feed.Action("b", {"essex-police"});
  feed.Update("a", "rdc", {testing::Count("m", "2")});
  testing::AddArea(feed, "colchester", "Colchester", "district");
  feed.Add(testing::Measure("robbery", testing::MeasureDefined::SUBJECT_INCIDENTS, "Robbery"));
  feed.Add(testing::Measure("population", testing::MeasureDefined::SUBJECT_OTHER, "Population"));
  feed.Add(testing::Measure("wso", testing::MeasureDefined::SUBJECT_REFERRALS, "WSO"));
  for (const char* measure : {"robbery", "wso"}) {
    for (const char* period : {"2018-10", "2018-11"}) {
      auto fact = testing::Observation(measure, "colchester", "essex-police", period);
      *fact.mutable_quantity() = testing::Q("8");
      feed.Add(fact);
    }
  }
  testing::FigurePublished printed;
  printed.set_measure_id("robbery");
  printed.set_area_id("colchester");
  printed.set_document_id("report-2018");
  *printed.mutable_period() = testing::P("2018-10");
  *printed.mutable_quantity() = testing::Q("8");
  feed.Add(printed);
  incidents::events::v1::IncidentRecorded incident;
  incident.set_force_id("essex-police");
  incident.set_month("2018-10");
  incident.set_type("robbery");
  incident.set_district("Colchester");
  incident.set_submission_id("file");
  submissions::events::v1::SubmissionOpened opened;
  opened.set_submission_id("file");
  opened.set_version(1);
  opened.set_order_day("2018-12-01");
  feed.Add(opened);
  submissions::events::v1::VersionAccepted accepted;
  accepted.set_submission_id("file");
  feed.Add(accepted);
  feed.Add(incident);
  partners::events::v1::PartnershipRegistered partnership;
  partnership.set_partnership_id("colchester-csp");
  partnership.set_name("Colchester CSP");
  partnership.add_area_ids("colchester");
  feed.Add(partnership);
  partners::events::v1::MembershipGranted member;
  member.set_partnership_id("colchester-csp");
  member.set_organisation_id("essex-police");
  feed.Add(member);
  testing::AddArea(feed, "basildon", "Basildon", "district");
  scrutiny::events::v1::ResolutionPassed passed;
  passed.set_resolution_id("r1");
  passed.set_partnership_id("colchester-csp");
  feed.Add(passed);
  scrutiny::events::v1::AssessmentOpened assessment;
  assessment.set_assessment_id("a1");
  assessment.set_partnership_id("colchester-csp");
  *assessment.mutable_year() = testing::P("AY2022-23");
  feed.Add(assessment);
  scrutiny::events::v1::RiskRanked ranked;
  ranked.set_assessment_id("a1");
  ranked.set_risk_id("rape");
  ranked.set_rank(1);
  feed.Add(ranked);
  measures::events::v1::DimensionDefined sex;
  sex.set_dimension_id("sex");
  sex.add_categories()->set_category_id("female");
  feed.Add(sex);
  auto clients = testing::Measure("clients", testing::MeasureDefined::SUBJECT_OTHER, "Clients");
  clients.add_dimension_ids("sex");
  feed.Add(clients);
  auto women = testing::Observation("clients", "colchester", "essex-police", "2018-10");
  *women.mutable_quantity() = testing::Q("7");
  women.add_dimensions()->set_dimension_id("sex");
  women.mutable_dimensions(0)->set_category_id("female");
  women.add_questions("FAR_FROM_LAST");
  feed.Add(women);
  AddEnforcement(feed);
  AddMoneyAndProjects(feed);
  AddActivitiesAndReleases(feed);
  const std::map<std::string, Parameters> asked = {
      {"activities", {{"csp", "colchester-csp"}}},
      {"assessment-checklist", {}},
      {"benchmark", {{"area", "Colchester"}, {"period", "2018-10"}}},
      {"breakdown", {{"measure", "clients"}, {"area", "Colchester"}}},
      {"caseload", {{"area", "Colchester"}, {"open", "robbery"}, {"new", "wso"}}},
      {"control-chart", {{"measure", "robbery"}}},
      {"coverage-matrix", {{"plan", testing::kPlan}}},
      {"divergence", {{"a", "robbery"}, {"b", "wso"}, {"area", "Colchester"}}},
      {"enforcement-since", {{"csp", "colchester-csp"}, {"since", "2017-01-01"}}},
      {"figure-matrix", {{"measures", "robbery, wso"}, {"area", "Colchester"}, {"share", "wso"}}},
      {"figure-relation", {{"of", "robbery"}, {"per", "wso"}}},
      {"figures", {{"area", "Colchester"}, {"within", "2018-19"}}},
      {"funding-ledger", {{"csp", "colchester-csp"}}},
      {"harm-index", {{"area", "Colchester"}, {"period", "2018-10"}, {"index", "severity"}}},
      {"incident-control-chart", {{"area", "Colchester"}, {"type", "all"}, {"target", "3"}}},
      {"incident-months", {{"area", "Colchester"}}},
      {"incident-places", {{"force", "essex-police"}, {"from", "2018-10"}}},
      {"incident-trend", {{"area", "colchester"}, {"period", "2018-10"}}},
      {"injunction-ladder", {{"order", "o1"}}},
      {"members", {{"csp", "colchester-csp"}}},
      {"multi-year", {{"area", "colchester"}, {"period", "2018-10"}, {"periods", "3"}}},
      {"open-questions", {}},
      {"orders", {}},
      {"pack", {{"csp", "colchester-csp"}, {"year", "2017-18"}}},
      {"plan-performance", {{"plan", testing::kPlan}, {"period", "2017-18 Q1"}}},
      {"plan-silence", {{"plan", testing::kPlan}, {"period", "2017-18"}}},
      {"prescribed-information", {{"period", "2018-19 Q3"}}},
      {"priority-lineage", {{"csp", "colchester-csp"}}},
      {"published-figures", {{"document", "report-2018"}}},
      {"quarter-return",
       {{"plan", testing::kPlan}, {"period", "2017-18 Q1"}, {"lead", "essex-police"}}},
      {"released-reports", {}},
      {"reminders", {{"plan", testing::kPlan}, {"period", "2017-18 Q1"}}},
      {"referral-trend", {{"area", "colchester"}}},
      {"register", {{"of", "crime-types"}}},
      {"revisions", {}},
      {"risk-movement", {{"csp", "colchester-csp"}}},
      {"scrutiny-tracker", {{"csp", "colchester-csp"}}},
      {"submission-calendar", {{"period", "2018-11"}}},
      {"submissions", {}}};
  for (const auto& report : AllReports()) {
    const auto rendered =
        Render(report.name(), asked.at(report.name()), feed.Views(), feed.Context());
    ASSERT_OK(rendered) << report.name();
    ASSERT_GE(rendered->response.tables_size(), 1);
    EXPECT_EQ(rendered->response.truth().checkpoint().size(), feed.Context().truth.checkpoint.size);
    for (const auto& table : rendered->response.tables()) {
      EXPECT_GT(table.rows_size(), 0) << table.name();
      EXPECT_TRUE(std::any_of(table.columns().begin(), table.columns().end(),
                              [](const auto& column) { return column.names_row(); }))
          << table.name() << ": nothing names its rows";
      for (const auto& row : table.rows()) {
        EXPECT_EQ(row.cells_size(), table.columns_size()) << table.name();
      }
    }
  }
}

TEST(ReportCatalogue, OpensTextsIntoTheirCells) {
  class Opener final : public TextOpener {
   public:
    absl::StatusOr<OpenedText> Open(eventstore::Position position,
                                    std::string_view) const override {
      if (position.value == erased) return OpenedText{"", true};
      if (position.value == damaged) return absl::DataLossError("does not open");
      return OpenedText{"In the leads own words", false};
    }
    std::uint64_t erased = 0;
    std::uint64_t damaged = 0;
  };
  PlanFeed feed;
  for (const char* id : {"a", "b", "c"}) feed.Action(id, {"rdc"});
  const auto options = PlanFeed::Options{.parts = {"narrative"}};
  Opener opener;
  feed.Update("a", "rdc", {}, "2017-18 Q1", "", options);
  opener.erased = feed.Update("b", "rdc", {}, "2017-18 Q1", "", options);
  opener.damaged = feed.Update("c", "rdc", {}, "2017-18 Q1", "", options);
  auto rendered = Render("plan-performance", {{"plan", testing::kPlan}, {"period", "2017-18 Q1"}},
                         feed.Views(), feed.Context());
  ASSERT_OK(rendered);
  OpenTexts(opener, *rendered);
  const v1::Table& table = rendered->response.tables(0);
  int column = 0;
  while (table.columns(column).key() != "narrative") ++column;
  EXPECT_EQ(table.rows(0).cells(column).text(), "In the leads own words");
  EXPECT_EQ(table.rows(1).cells(column).marker(), "c");
  EXPECT_EQ(table.rows(2).cells(column).marker(), "x");
  EXPECT_TRUE(HasNote(table.notes(), "erased"));
}

TEST(ReportCatalogue, ReadsAYearThatCouldBeAMonthAsAPlanYear) {
  PlanFeed feed("2009/10");
  feed.Action("a", {"rdc"});
  const auto rendered =
      Render("plan-performance", {{"plan", testing::kPlan}, {"period", "2009-10"}}, feed.Views(),
             feed.Context());
  ASSERT_OK(rendered);
  EXPECT_EQ(rendered->response.tables(0).rows_size(), 1);
}

}  // namespace
}  // namespace daybook::reports
