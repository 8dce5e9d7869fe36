// Commands of a small partnership, all of them good; a test spoils the one field that it is about.
// Every command gets a request id of its own.
#pragma once

#include <cstdint>
#include <string>

#include "daybook/actions/v1/actions_service.pb.h"
#include "daybook/incidents/v1/incidents_service.pb.h"
#include "daybook/measures/v1/measures_service.pb.h"
#include "daybook/partners/v1/partners_service.pb.h"
#include "daybook/referrals/v1/referrals_service.pb.h"
#include "daybook/submissions/v1/submissions_service.pb.h"

namespace daybook::integration {

// The partnership that DaybookTest::SeedPlan registers.
inline constexpr const char* kForce = "north-shire-police";
inline constexpr const char* kDistrict = "north-shire";
inline constexpr const char* kPartnership = "north-shire-csp";
inline constexpr const char* kPlan = "ns-2017-18";
inline constexpr const char* kAction = "a1";
inline constexpr const char* kCountMeasure = "robbery";
inline constexpr const char* kPartMeasure = "feels-safe";  // percentages end at 100

// Unique in this process.
std::string NewId(const std::string& prefix);

types::v1::Period PeriodOf(types::v1::Period::Kind kind, const std::string& first,
                           const std::string& last);
types::v1::Period FirstQuarter();  // 2017-18 Q1
types::v1::Period ThirdQuarter();  // 2017-18 Q3
types::v1::Period Month(const std::string& month, const std::string& last_day);

partners::v1::RegisterOrganisationRequest Organisation(const std::string& id);
partners::v1::RegisterAreaRequest Area();
partners::v1::RegisterPartnershipRequest Partnership();
actions::v1::OpenPlanRequest Plan();
actions::v1::AddPriorityRequest Priority(const std::string& id = "p1");
actions::v1::AddActionRequest Action(const std::string& id = kAction);
actions::v1::SetTargetRequest Target(const std::string& id = "t1");
actions::v1::SubmitUpdateRequest Update(const types::v1::Period& period);
// An update with one figure, "joint-operations".
actions::v1::SubmitUpdateRequest UpdateOf(const actions::events::v1::Measurement& measurement);
actions::events::v1::Measurement Counted(const std::string& value);
actions::v1::CancelActionRequest Cancellation(const std::string& date);
measures::v1::DefineMeasureRequest CountMeasure();
measures::v1::DefineMeasureRequest PartMeasure();

referrals::v1::ReferralRow Referral(std::uint32_t row, const std::string& id);
referrals::v1::SubmitReferralRequest SubmitReferral(const std::string& id);
referrals::v1::SubmitReferralsRequest ReferralMessage();
incidents::v1::IncidentRow Incident(std::uint32_t row, const std::string& key);
incidents::v1::SubmitIncidentRequest SubmitIncident(const std::string& key);
// `rows` incidents, numbered from `first`; the number makes the key.
incidents::v1::SubmitIncidentsRequest IncidentMessage(std::uint32_t first, int rows,
                                                      const std::string& submission_id = "");
measures::v1::ObservationRow Observation(std::uint32_t row, const std::string& value);
measures::v1::SubmitObservationsRequest ObservationMessage();
submissions::v1::OpenSubmissionRequest OpenIncidents(const std::string& scope, char digit);

}  // namespace daybook::integration
