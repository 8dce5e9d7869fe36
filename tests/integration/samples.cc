#include "tests/integration/samples.h"

#include <atomic>

namespace daybook::integration {
namespace {

using types::v1::Period;

void NewHead(types::v1::CommandHead* head) { head->set_request_id(NewId("request")); }

}  // namespace

std::string NewId(const std::string& prefix) {
  static std::atomic<int> last = 0;
  return prefix + "-" + std::to_string(++last);
}

Period PeriodOf(Period::Kind kind, const std::string& first, const std::string& last) {
  Period period;
  period.set_kind(kind);
  period.set_start_date(first);
  period.set_end_date(last);
  return period;
}

Period FirstQuarter() { return PeriodOf(Period::KIND_QUARTER, "2017-04-01", "2017-06-30"); }
Period ThirdQuarter() { return PeriodOf(Period::KIND_QUARTER, "2017-10-01", "2017-12-31"); }

Period Month(const std::string& month, const std::string& last_day) {
  return PeriodOf(Period::KIND_MONTH, month + "-01", month + "-" + last_day);
}

partners::v1::RegisterOrganisationRequest Organisation(const std::string& id) {
  partners::v1::RegisterOrganisationRequest request;
  NewHead(request.mutable_head());
  request.set_organisation_id(id);
  request.set_name("Organisation " + id);
  request.set_kind("police");
  return request;
}

partners::v1::RegisterAreaRequest Area() {
  partners::v1::RegisterAreaRequest request;
  NewHead(request.mutable_head());
  request.set_area_id(kDistrict);
  request.set_name("North Shire");
  request.set_kind("district");
  return request;
}

partners::v1::RegisterPartnershipRequest Partnership() {
  partners::v1::RegisterPartnershipRequest request;
  NewHead(request.mutable_head());
  request.set_partnership_id(kPartnership);
  request.set_name("North Shire Community Safety Partnership");
  request.add_area_ids(kDistrict);
  return request;
}

actions::v1::OpenPlanRequest Plan() {
  actions::v1::OpenPlanRequest request;
  NewHead(request.mutable_head());
  request.set_plan_id(kPlan);
  request.set_partnership_id(kPartnership);
  *request.mutable_year() = PeriodOf(Period::KIND_PLAN_YEAR, "2017-04-01", "2018-03-31");
  request.set_title("Plan of North Shire 2017-18");
  return request;
}

actions::v1::AddPriorityRequest Priority(const std::string& id) {
  actions::v1::AddPriorityRequest request;
  NewHead(request.mutable_head());
  request.set_plan_id(kPlan);
  request.set_priority_id(id);
  request.set_number(1);
  request.set_label("Priority " + id);
  return request;
}

actions::v1::AddActionRequest Action(const std::string& id) {
  actions::v1::AddActionRequest request;
  NewHead(request.mutable_head());
  request.set_plan_id(kPlan);
  request.set_action_id(id);
  request.set_priority_id("p1");
  request.set_label("Action " + id);
  request.add_leads()->set_organisation(kForce);
  return request;
}

actions::v1::SetTargetRequest Target(const std::string& id) {
  actions::v1::SetTargetRequest request;
  NewHead(request.mutable_head());
  request.set_plan_id(kPlan);
  request.set_action_id(kAction);
  request.set_target_id(id);
  request.set_kind(actions::events::v1::TargetSet::KIND_COUNT);
  request.set_measure("joint-operations");
  request.set_comparator(actions::events::v1::TargetSet::COMPARATOR_AT_LEAST);
  request.set_threshold("10");
  request.set_unit("operations");
  request.set_cumulative(true);
  return request;
}

actions::v1::SubmitUpdateRequest Update(const Period& period) {
  actions::v1::SubmitUpdateRequest request;
  NewHead(request.mutable_head());
  request.set_plan_id(kPlan);
  request.set_action_id(kAction);
  *request.mutable_period() = period;
  request.set_organisation(kForce);
  request.set_state("ongoing");
  return request;
}

actions::events::v1::Measurement Counted(const std::string& value) {
  actions::events::v1::Measurement measurement;
  measurement.set_measure("joint-operations");
  measurement.set_unit("operations");
  measurement.mutable_quantity()->set_value(value);
  return measurement;
}

actions::v1::SubmitUpdateRequest UpdateOf(const actions::events::v1::Measurement& measurement) {
  auto request = Update(FirstQuarter());
  *request.add_measurements() = measurement;
  return request;
}

actions::v1::CancelActionRequest Cancellation(const std::string& date) {
  actions::v1::CancelActionRequest request;
  NewHead(request.mutable_head());
  request.set_plan_id(kPlan);
  request.set_action_id(kAction);
  request.set_date(date);
  request.set_reason("funding");
  return request;
}

measures::v1::DefineMeasureRequest CountMeasure() {
  measures::v1::DefineMeasureRequest request;
  NewHead(request.mutable_head());
  request.set_measure_id(kCountMeasure);
  request.set_label("Robbery");
  request.set_subject(measures::events::v1::MeasureDefined::SUBJECT_INCIDENTS);
  request.set_unit("offences");
  request.set_is_count(true);
  request.set_incident_type("robbery");
  return request;
}

measures::v1::DefineMeasureRequest PartMeasure() {
  measures::v1::DefineMeasureRequest request;
  NewHead(request.mutable_head());
  request.set_measure_id(kPartMeasure);
  request.set_label("Feels safe after dark");
  request.set_subject(measures::events::v1::MeasureDefined::SUBJECT_OTHER);
  request.set_unit("percent");
  request.set_parts_of_whole(true);
  return request;
}

referrals::v1::ReferralRow Referral(std::uint32_t row, const std::string& id) {
  referrals::v1::ReferralRow referral;
  referral.set_row(row);
  referral.set_referral_id(id);
  referral.set_service_id("next-steps");
  referral.set_received("2023-05");
  referral.set_area(kDistrict);
  return referral;
}

referrals::v1::SubmitReferralRequest SubmitReferral(const std::string& id) {
  referrals::v1::SubmitReferralRequest request;
  NewHead(request.mutable_head());
  *request.mutable_referral() = Referral(0, id);
  return request;
}

referrals::v1::SubmitReferralsRequest ReferralMessage() {
  referrals::v1::SubmitReferralsRequest request;
  NewHead(request.mutable_head());
  return request;
}

incidents::v1::IncidentRow Incident(std::uint32_t row, const std::string& key) {
  incidents::v1::IncidentRow incident;
  incident.set_row(row);
  incident.set_source_key(key);
  incident.set_month("2023-05");
  incident.set_type("robbery");
  incident.set_force(kForce);
  incident.set_district("North Shire");
  return incident;
}

incidents::v1::SubmitIncidentRequest SubmitIncident(const std::string& key) {
  incidents::v1::SubmitIncidentRequest request;
  NewHead(request.mutable_head());
  request.set_dataset("police-uk-street");
  *request.mutable_incident() = Incident(0, key);
  return request;
}

incidents::v1::SubmitIncidentsRequest IncidentMessage(std::uint32_t first, int rows,
                                                      const std::string& submission_id) {
  incidents::v1::SubmitIncidentsRequest request;
  NewHead(request.mutable_head());
  request.mutable_head()->set_submission_id(submission_id);
  request.set_dataset("police-uk-street");
  for (int i = 0; i < rows; ++i) {
    const std::uint32_t row = first + static_cast<std::uint32_t>(i);
    *request.add_rows() = Incident(row, "key-" + std::to_string(row));
  }
  return request;
}

measures::v1::ObservationRow Observation(std::uint32_t row, const std::string& value) {
  measures::v1::ObservationRow observation;
  observation.set_row(row);
  observation.set_measure_id(kCountMeasure);
  observation.set_area(kDistrict);
  observation.set_source(kForce);
  *observation.mutable_period() = Month("2023-05", "31");
  observation.set_basis(measures::events::v1::ObservationRecorded::BASIS_IN_PERIOD);
  observation.mutable_quantity()->set_value(value);
  return observation;
}

measures::v1::SubmitObservationsRequest ObservationMessage() {
  measures::v1::SubmitObservationsRequest request;
  NewHead(request.mutable_head());
  return request;
}

submissions::v1::OpenSubmissionRequest OpenIncidents(const std::string& scope, char digit) {
  submissions::v1::OpenSubmissionRequest request;
  NewHead(request.mutable_head());
  request.set_dataset("police-uk-street");
  request.set_scope(scope);
  request.set_sha256(std::string(64, digit));
  return request;
}

}  // namespace daybook::integration
