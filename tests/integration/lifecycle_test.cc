// The life of a daemon as its callers see it: health, reflection, views, restart, drain.
#include <gmock/gmock.h>

#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "google/protobuf/util/message_differencer.h"
#include "tests/integration/daybook_test.h"
#include "tests/integration/raw_call.h"
#include "tests/integration/samples.h"

namespace daybook::integration {
namespace {

using absl::StatusCode;
using ::testing::HasSubstr;
using Lifecycle = DaybookTest;

// HealthCheckResponse with status SERVING: field 1, value 1.
constexpr std::string_view kServing = "\x08\x01";
constexpr std::string_view kNotServing = "\x08\x02";

reports::v1::GetPlanPerformanceRequest PlanReport() {
  reports::v1::GetPlanPerformanceRequest request;
  request.set_plan_id(kPlan);
  *request.mutable_period() = FirstQuarter();
  return request;
}

TEST_F(Lifecycle, HealthSaysServing) {
  const auto answer = RawUnary(client().channel(), "/grpc.health.v1.Health/Check", "");
  EXPECT_TRUE(answer.status.ok()) << answer.status.error_message();
  EXPECT_EQ(answer.bytes, kServing);
}

TEST_F(Lifecycle, WhoWatchesHealthIsToldOfTheDrain) {
  auto watch = std::make_unique<RawStream>(client().channel(), "/grpc.health.v1.Health/Watch", "");
  std::string state;
  ASSERT_TRUE(watch->Read(&state));
  EXPECT_EQ(state, kServing);
  const std::jthread drain([this] { node().Drain(); });
  ASSERT_TRUE(watch->Read(&state));
  EXPECT_EQ(state, kNotServing);
  watch.reset();  // a drain waits for whoever still watches
}

TEST_F(Lifecycle, ReflectionListsEveryService) {
  // ServerReflectionRequest with list_services (field 7) empty.
  const auto answer = RawExchange(client().channel(),
                                  "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
                                  std::string("\x3a\x00", 2));
  EXPECT_TRUE(answer.status.ok()) << answer.status.error_message();
  for (const char* service :
       {"daybook.partners.v1.PartnerService", "daybook.actions.v1.ActionService",
        "daybook.referrals.v1.ReferralService", "daybook.incidents.v1.IncidentService",
        "daybook.measures.v1.MeasureService", "daybook.submissions.v1.SubmissionService",
        "daybook.eventlog.v1.EventLogService", "daybook.reports.v1.ReportService",
        "daybook.admin.v1.AdminService", "grpc.health.v1.Health"}) {
    EXPECT_THAT(answer.bytes, HasSubstr(service));
  }
}

TEST_F(Lifecycle, ANewLogIsEmptyAndHasAName) {
  const auto head = Head();
  EXPECT_EQ(head.size(), 0U);
  EXPECT_EQ(head.log_id().size(), 32U);
  EXPECT_EQ(head.incarnation(), 1U);
  EXPECT_EQ(head.root().size(), 32U);
}

TEST_F(Lifecycle, ARestartKeepsPositionRootAndReports) {
  SeedPlan();
  const auto updated = Accept(Update(FirstQuarter()));
  auto query = PlanReport();
  query.mutable_as_of()->set_min_position(updated.receipt().position());
  query.mutable_as_of()->set_today("2018-01-01");
  const auto before = Accept(query);
  const auto head = Head();
  for (int i = 0; i < 2; ++i) {
    Restart();
    EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(Head(), head));
    const auto after = Accept(query);
    EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(after, before))
        << after.ShortDebugString();
  }
  EXPECT_EQ(Accept(Organisation("second-council")).receipt().position(), head.size());
}

TEST_F(Lifecycle, AReportSeesTheCallersOwnWrite) {
  SeedPlan();
  for (const char* state : {"planned", "in-progress", "ongoing", "delivered", "completed"}) {
    auto update = Update(FirstQuarter());
    update.set_state(state);
    const auto receipt = Accept(update).receipt();
    auto query = PlanReport();
    query.mutable_as_of()->set_min_position(receipt.position());
    const auto report = Accept(query);
    ASSERT_EQ(report.actions_size(), 1);
    EXPECT_EQ(report.actions(0).state(), state);
    EXPECT_EQ(report.actions(0).update_position(), receipt.position());
    EXPECT_GT(report.truth().checkpoint().size(), receipt.position());
  }
}

TEST_F(Lifecycle, AReportSaysWhenItWasTrue) {
  SeedPlan();
  const auto head = Head();
  const auto updated = Accept(Update(FirstQuarter()));
  auto query = PlanReport();
  query.mutable_as_of()->set_min_position(updated.receipt().position());
  const auto now = Accept(query);
  EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(now.truth().checkpoint(), Head()));
  query.mutable_as_of()->set_recorded_size(head.size());
  const auto then = Accept(query);
  EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(then.truth().checkpoint(), head));
  EXPECT_FALSE(then.actions(0).has_update_position()) << "it was not recorded yet";
}

TEST_F(Lifecycle, APositionThatWasNeverGivenIsBeyondTheHead) {
  SeedPlan();
  auto query = PlanReport();
  query.mutable_as_of()->set_min_position(1'000'000);
  Refuse(query, {StatusCode::kOutOfRange, "BEYOND_HEAD", "", ""});
  query.mutable_as_of()->clear_min_position();
  query.mutable_as_of()->set_recorded_size(1'000'000);
  Refuse(query, {StatusCode::kOutOfRange, "BEYOND_HEAD", "", ""});
  admin::v1::GetViewStatusRequest status;
  status.set_min_position(1'000'000);
  Refuse(status, {StatusCode::kOutOfRange, "BEYOND_HEAD", "", ""});
}

TEST_F(Lifecycle, BadQuestionsAreRefusedLikeBadCommands) {
  SeedPlan();
  auto query = PlanReport();
  query.set_plan_id("no-such-plan");
  Refuse(query, {StatusCode::kNotFound, "UNKNOWN_PLAN", "", "no-such-plan"});
  query = PlanReport();
  query.mutable_as_of()->set_known_on("18.3.2024");
  Refuse(query, {StatusCode::kInvalidArgument, "INVALID_FIELD", "as_of.known_on", "18.3.2024"});
  query = PlanReport();
  query.mutable_as_of()->set_today("18.3.2024");
  Refuse(query, {StatusCode::kInvalidArgument, "INVALID_FIELD", "as_of.today", "18.3.2024"});
  query = PlanReport();
  query.mutable_period()->set_kind(static_cast<types::v1::Period::Kind>(4711));
  Refuse(query, {StatusCode::kInvalidArgument, "INVALID_FIELD", "period", "4711"});
  reports::v1::RenderReportRequest render;
  render.set_name("quixotic-zebra");
  Refuse(render, {StatusCode::kNotFound, "UNKNOWN_REPORT", "", "quixotic-zebra"});
}

TEST_F(Lifecycle, EveryReportIsListedAndAnswersWithItsTable) {
  const auto list = Accept(reports::v1::ListReportsRequest());
  std::vector<std::string> names;
  for (const auto& report : list.reports()) {
    EXPECT_FALSE(report.description().empty()) << report.name();
    names.push_back(report.name());
  }
  EXPECT_THAT(names,
              ::testing::IsSupersetOf({"plan-performance", "referral-trend", "incident-trend"}));
  // Without its parameters a report is rendered or refused in the common way, never a defect.
  for (const auto& name : names) {
    reports::v1::RenderReportRequest render;
    render.set_name(name);
    const auto answer = client().Call(render);
    if (answer.ok()) {
      EXPECT_GT(answer->tables_size(), 0) << name;
      continue;
    }
    const Refusal refusal = RefusalOf(answer.status);
    EXPECT_NE(refusal.reason, "INTERNAL") << name << ": " << refusal.message;
    EXPECT_FALSE(refusal.remedy.empty()) << name;
  }
}

TEST_F(Lifecycle, ViewStatusSaysWhereEveryViewStands) {
  SeedPlan();
  const auto last = Accept(Update(FirstQuarter()));
  admin::v1::GetViewStatusRequest request;
  request.set_min_position(last.receipt().position());
  const auto status = Accept(request);
  EXPECT_EQ(status.store_problem(), "");
  EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(status.head(), Head()));
  EXPECT_TRUE(
      google::protobuf::util::MessageDifferencer::Equals(status.views_checkpoint(), Head()));
  std::vector<std::string> names;
  for (const auto& view : status.views()) {
    names.push_back(view.name());
    EXPECT_EQ(view.lag(), 0U) << view.name();
    EXPECT_EQ(view.size(), Size()) << view.name();
    EXPECT_FALSE(view.parked()) << view.name();
    EXPECT_EQ(view.skipped_unknown(), 0U) << view.name();
    EXPECT_GT(view.version(), 0U) << view.name();
  }
  EXPECT_THAT(names,
              ::testing::IsSupersetOf({"plan-performance", "referral-trend", "incident-trend"}));
}

TEST_F(Lifecycle, ADrainedServerTakesNoCallAndLosesNothing) {
  SeedPlan();
  const auto head = Head();
  node().Drain();
  node().Drain();  // and again: nothing happens
  const auto refused = client().Call(Organisation("late-council"));
  EXPECT_EQ(refused.status.error_code(), grpc::StatusCode::UNAVAILABLE);
  Restart();
  EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(Head(), head));
}

// Callers keep calling while the server drains: each call is answered, or refused as unavailable,
// and what was answered is there after the restart.
TEST_F(Lifecycle, ADrainUnderLoadKeepsWhatWasAcknowledged) {
  constexpr int kCallers = 4;
  std::vector<std::vector<partners::v1::RegisterOrganisationRequest>> accepted(kCallers);
  {
    std::vector<std::jthread> callers;
    for (auto& mine : accepted) {
      callers.emplace_back([this, &mine] {
        const auto caller = ClientOf(kAgency);
        while (true) {
          const auto request = Organisation(NewId("organisation"));
          const auto answer = caller->Call(request);
          if (!answer.ok()) {
            const auto code = answer.status.error_code();
            EXPECT_TRUE(code == grpc::StatusCode::UNAVAILABLE ||
                        code == grpc::StatusCode::CANCELLED)
                << code << " " << answer.status.error_message();
            return;
          }
          mine.push_back(request);
        }
      });
    }
    // Twenty events seen: the callers are under way.
    eventlog::v1::SubscribeRequest all;
    auto incoming = client().Subscribe(all);
    eventlog::v1::SubscribeResponse message;
    for (int events = 0; events < 20 && incoming.Read(&message);) {
      events += message.events().events_size();
    }
    incoming.Cancel();
    node().Drain();
  }
  Restart();
  std::size_t acknowledged = 0;
  for (const auto& mine : accepted) {
    acknowledged += mine.size();
    for (const auto& request : mine) EXPECT_TRUE(Accept(request).receipt().duplicate());
  }
  EXPECT_GT(acknowledged, 0U);
}

}  // namespace
}  // namespace daybook::integration
