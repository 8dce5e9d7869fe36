// What the views make of single facts.
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "daybook/actions/events/v1/events.pb.h"
#include "daybook/incidents/events/v1/events.pb.h"
#include "daybook/measures/events/v1/events.pb.h"
#include "daybook/partners/events/v1/events.pb.h"
#include "daybook/referrals/events/v1/events.pb.h"
#include "projections/views/row_key.h"
#include "tests/support/view_feed.h"

namespace daybook::views {
namespace {

using testing::ViewFeed;
namespace actions = daybook::actions::events::v1;
namespace measures = daybook::measures::events::v1;
namespace partners = daybook::partners::events::v1;

measures::MeasureDefined Defined(const std::string& id, SeriesBook::Subject subject) {
  measures::MeasureDefined fact;
  fact.set_measure_id(id);
  fact.set_version(1);
  fact.set_subject(subject);
  return fact;
}

measures::ObservationRecorded Observed(const std::string& measure, const std::string& value) {
  measures::ObservationRecorded fact;
  fact.set_measure_id(measure);
  fact.set_area_id("colchester");
  fact.set_source_id("essex-police");
  fact.mutable_period()->set_kind(types::v1::Period::KIND_MONTH);
  fact.mutable_period()->set_start_date("2023-05-01");
  fact.mutable_period()->set_end_date("2023-05-31");
  fact.mutable_quantity()->set_value(value);
  return fact;
}

const v1::ObservationRow& OnlyObservation(const ViewFeed& feed) {
  EXPECT_EQ(feed.incidents.series().observations().size(), 1u);
  return feed.incidents.series().observations().rows().begin()->second;
}

TEST(SeriesBook, KeepsTheFigureThatWasKnownLastNotTheOneLoadedLast) {
  ViewFeed feed;
  feed.Add(Defined("robbery", measures::MeasureDefined::SUBJECT_INCIDENTS));
  feed.Add(Observed("robbery", "10"), {.known_on = "2023-06-01"});
  feed.Add(Observed("robbery", "12"), {.known_on = "2023-09-01"});
  feed.Add(Observed("robbery", "11"), {.known_on = "2023-07-01"});
  EXPECT_EQ(OnlyObservation(feed).fact().quantity().value(), "12");
  EXPECT_EQ(OnlyObservation(feed).replaced(), 2u);
  EXPECT_TRUE(OnlyObservation(feed).origin().back_loaded());
}

TEST(SeriesBook, TakesTheLaterOfTwoFiguresOfOneDayByPosition) {
  ViewFeed feed;
  feed.Add(Defined("robbery", measures::MeasureDefined::SUBJECT_INCIDENTS));
  feed.Add(Observed("robbery", "10"), {.known_on = "2023-06-01"});
  const auto position = feed.Add(Observed("robbery", "11"), {.known_on = "2023-06-01"});
  EXPECT_EQ(OnlyObservation(feed).fact().quantity().value(), "11");
  EXPECT_EQ(OnlyObservation(feed).origin().position(), position);
}

TEST(SeriesBook, LeavesFiguresOfOtherSubjectsToTheirView) {
  ViewFeed feed;
  feed.Add(Defined("wso-new", measures::MeasureDefined::SUBJECT_REFERRALS));
  feed.Add(Defined("population", measures::MeasureDefined::SUBJECT_OTHER));
  feed.Add(Observed("wso-new", "8"));
  feed.Add(Observed("population", "190000"));
  EXPECT_EQ(feed.incidents.series().observations().size(), 0u);
  EXPECT_EQ(feed.referrals.series().observations().size(), 1u);
}

TEST(IncidentTrendView, CountsIdenticalRowsAsSeparateIncidents) {
  ViewFeed feed;
  incidents::events::v1::IncidentRecorded fact;
  fact.set_dataset("police-uk-street");
  fact.set_force_id("essex-police");
  fact.set_month("2018-10");
  fact.set_type("anti-social-behaviour");
  fact.set_district("Colchester");
  for (int i = 0; i < 11; ++i) feed.Add(fact);
  ASSERT_EQ(feed.incidents.cells().size(), 1u);
  EXPECT_EQ(feed.incidents.cells().rows().begin()->second.count(), 11u);
}

incidents::events::v1::IncidentRecorded Incident(const std::string& month,
                                                 const std::string& outcome) {
  incidents::events::v1::IncidentRecorded fact;
  fact.set_dataset("police-uk-street");
  fact.set_force_id("essex-police");
  fact.set_month(month);
  fact.set_type("burglary");
  fact.set_district("Colchester");
  fact.set_outcome(outcome);
  return fact;
}

// Of one version after another: what is said of an incident, and by which version.
incidents::events::v1::IncidentRecorded By(const std::string& version,
                                           incidents::events::v1::IncidentRecorded fact) {
  fact.set_submission_id(version);
  return fact;
}

std::map<std::string, std::uint64_t> CountsByMonth(const ViewFeed& feed) {
  std::map<std::string, std::uint64_t> counts;
  for (const auto& [key, cell] : feed.incidents.cells().rows()) counts[cell.month()] = cell.count();
  return counts;
}

std::string Line(const ViewFeed& feed, const std::string& version, const std::string& month) {
  const auto* row = feed.submissions.revisions().Find(RowKey({version, month}));
  if (row == nullptr) return "";
  return "added " + std::to_string(row->added()) + " removed " + std::to_string(row->removed()) +
         " in " + std::to_string(row->moved_in()) + " out " + std::to_string(row->moved_out()) +
         " changed " + std::to_string(row->changed());
}

TEST(AnIncidentOfLaterVersions, IsCountedWhereItStandsAndEveryDifferenceIsTheLaterVersions) {
  ViewFeed feed;
  feed.Add(By("v1", Incident("2024-04", "under-investigation")));
  incidents::events::v1::IncidentRevised moved;
  *moved.mutable_before() = By("v1", Incident("2024-04", "under-investigation"));
  *moved.mutable_incident() = By("v2", Incident("2024-05", "under-investigation"));
  feed.Add(moved);
  EXPECT_EQ(CountsByMonth(feed), (std::map<std::string, std::uint64_t>{{"2024-05", 1}}));
  EXPECT_EQ(Line(feed, "v1", "2024-04"), "added 1 removed 0 in 0 out 0 changed 0");
  EXPECT_EQ(Line(feed, "v2", "2024-04"), "added 0 removed 0 in 0 out 1 changed 0");
  EXPECT_EQ(Line(feed, "v2", "2024-05"), "added 0 removed 0 in 1 out 0 changed 0");
  incidents::events::v1::IncidentVoided voided;
  voided.set_submission_id("v3");
  *voided.mutable_before() = moved.incident();
  feed.Add(voided);
  EXPECT_TRUE(CountsByMonth(feed).empty());
  EXPECT_EQ(Line(feed, "v3", "2024-05"), "added 0 removed 1 in 0 out 0 changed 0");
}

TEST(AnIncidentOfAnOlderExtract, ChangesNoCountAndTakesItsPlaceInTheRevisions) {
  ViewFeed feed;
  feed.Add(By("later", Incident("2024-04", "caution")));
  incidents::events::v1::IncidentStatedEarlier stated;
  stated.set_submission_id("older");
  *stated.mutable_stated() = By("older", Incident("2024-04", "under-investigation"));
  *stated.mutable_later() = By("later", Incident("2024-04", "caution"));
  stated.set_until_day("2024-06-01");
  stated.set_until_submission_id("later");
  feed.Add(stated);
  EXPECT_EQ(CountsByMonth(feed), (std::map<std::string, std::uint64_t>{{"2024-04", 1}}));
  EXPECT_EQ(Line(feed, "older", "2024-04"), "added 1 removed 0 in 0 out 0 changed 0");
  EXPECT_EQ(Line(feed, "later", "2024-04"), "added 0 removed 0 in 0 out 0 changed 1");
}

TEST(ReferralTrendView, CountsAReferralInTheMonthItWasReceivedWhateverBecomesOfIt) {
  ViewFeed feed;
  referrals::events::v1::ReferralReceived received;
  received.set_referral_id("r1");
  received.set_service_id("next-chapter");
  received.set_month("2023-05");
  feed.Add(received, {.agency = "next-chapter"});
  referrals::events::v1::ReferralStatusChanged closed;
  closed.set_referral_id("r1");
  closed.set_month("2023-06");
  feed.Add(closed, {.agency = "next-chapter"});
  ASSERT_EQ(feed.referrals.cells().size(), 1u);
  EXPECT_EQ(feed.referrals.cells().rows().begin()->second.month(), "2023-05");
}

TEST(PlanPerformanceView, KeepsWhereANarrativeIsAndNeverTheText) {
  ViewFeed feed;
  actions::UpdateSubmitted update;
  update.set_plan_id("p");
  update.set_action_id("a");
  update.set_organisation_id("essex-police");
  const auto position = feed.Add(update, {.parts = {"narrative"}});
  ASSERT_EQ(feed.plans.updates().size(), 1u);
  const v1::UpdateRow& row = feed.plans.updates().rows().begin()->second;
  EXPECT_EQ(row.narrative_part(), "narrative");
  EXPECT_EQ(row.origin().position(), position);
  feed.Add(update);
  EXPECT_EQ(row.narrative_part(), "") << "the later update has no text";
  EXPECT_EQ(row.replaced(), 1u);
}

TEST(PlanPerformanceView, LetsAnActionEndByWhatWasKnownLast) {
  ViewFeed feed;
  actions::ActionCancelled cancelled;
  cancelled.set_plan_id("p");
  cancelled.set_action_id("a");
  cancelled.set_date("2017-06-01");
  cancelled.set_reason("funding");
  feed.Add(cancelled, {.known_on = "2017-06-01"});
  actions::ActionCompleted completed;
  completed.set_plan_id("p");
  completed.set_action_id("a");
  completed.set_date("2017-05-01");
  feed.Add(completed, {.known_on = "2017-05-02"});
  const v1::ActionEndRow& end = feed.plans.ends().rows().begin()->second;
  EXPECT_EQ(end.cancelled_date(), "2017-06-01");
  EXPECT_EQ(end.completed_date(), "");
}

TEST(RegisterView, FollowsAnOrganisationThroughNamesAndSuccession) {
  ViewFeed feed;
  partners::OrganisationRegistered registered;
  registered.set_organisation_id("borough");
  registered.set_name("Borough Council");
  registered.add_aliases("CBC");
  feed.Add(registered);
  partners::OrganisationAliasAdded alias;
  alias.set_organisation_id("borough");
  alias.set_alias("CBC");
  feed.Add(alias);
  partners::OrganisationSucceeded succeeded;
  succeeded.add_from_organisation_ids("borough");
  succeeded.set_to_organisation_id("city");
  succeeded.set_date("2022-11-01");
  feed.Add(succeeded);
  const auto* borough = feed.names.organisations().Find(RowKey({"borough"}));
  ASSERT_NE(borough, nullptr);
  EXPECT_EQ(borough->aliases_size(), 1);
  EXPECT_EQ(borough->succeeded_by(), "city");
  const auto* city = feed.names.organisations().Find(RowKey({"city"}));
  ASSERT_NE(city, nullptr);
  EXPECT_EQ(city->predecessor_ids(0), "borough");
}

TEST(RegisterView, KeepsEveryTimeThatAnOrganisationWasAMember) {
  ViewFeed feed;
  partners::MembershipGranted granted;
  granted.set_partnership_id("colchester");
  granted.set_organisation_id("probation");
  granted.set_role("statutory");
  partners::MembershipEnded ended;
  ended.set_partnership_id("colchester");
  ended.set_organisation_id("probation");
  ended.set_date("2014-06-01");
  feed.Add(granted);
  feed.Add(ended);
  feed.Add(granted);
  const auto* row = feed.names.memberships().Find(RowKey({"colchester", "probation"}));
  ASSERT_NE(row, nullptr);
  ASSERT_EQ(row->spells_size(), 2);
  EXPECT_EQ(row->spells(0).until_date(), "2014-06-01");
  EXPECT_EQ(row->spells(1).until_date(), "");
}

}  // namespace
}  // namespace daybook::views
