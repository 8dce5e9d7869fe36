// On which threads reports are made.
#include "services/reports/grpc/report_service.h"

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "eventstore/memory/memory_event_store.h"
#include "grpcpp/test/default_reactor_test_peer.h"
#include "projections/engine/engine.h"
#include "projections/store/memory_view_store.h"
#include "projections/views/all_views.h"
#include "services/commands/command_runner.h"
#include "services/commands/part_sealer.h"
#include "tests/support/fake_clock.h"
#include "tests/support/plain_parts.h"
#include "tests/support/status_matchers.h"

namespace daybook::reporting {
namespace {

// Does its work at once, and counts it.
class CountingExecutor final : public commands::Executor {
 public:
  void Execute(std::function<void()> work) override {
    ++works;
    work();
  }
  int works = 0;
};

class NoTexts final : public reports::TextOpener {
 public:
  absl::StatusOr<reports::OpenedText> Open(eventstore::Position, std::string_view) const override {
    return absl::NotFoundError("no text");
  }
};

class NoDesk final : public ReleaseDesk {
 public:
  grpc::ServerUnaryReactor* Release(grpc::CallbackServerContext* context,
                                    const reports::v1::ReleaseReportRequest*,
                                    reports::v1::ReleaseReportResponse*) override {
    return context->DefaultReactor();
  }
};

class ReportService : public ::testing::Test {
 protected:
  ReportService() {
    auto engine = projections::Engine::Open(log_, view_store_, &views::AllViews);
    EXPECT_OK(engine);
    engine_ = *std::move(engine);
    reader_ = std::make_unique<ReportReader>(*engine_, log_, texts_, clock_);
    service_ = std::make_unique<ReportServiceImpl>(runtime::ReadEnvironment{now_, clock_}, history_,
                                                   *engine_, *reader_, desk_);
  }
  void Render(const reports::v1::AsOf& as_of, const reports::v1::AsOf& compare_with = {}) {
    reports::v1::RenderReportRequest request;
    request.set_name("submissions");
    *request.mutable_as_of() = as_of;
    if (compare_with.ByteSizeLong() > 0) *request.mutable_compare_with() = compare_with;
    reports::v1::RenderReportResponse response;
    grpc::CallbackServerContext context;
    const grpc::testing::DefaultReactorTestPeer peer(&context);
    service_->RenderReport(&context, &request, &response);
    ASSERT_TRUE(peer.test_status_set());
    EXPECT_TRUE(peer.test_status().ok()) << peer.test_status().error_message();
  }
  static reports::v1::AsOf KnownOn(const std::string& day) {
    reports::v1::AsOf as_of;
    as_of.set_known_on(day);
    return as_of;
  }

  daybook::testing::FakeClock clock_;
  eventstore::MemoryEventStore log_{clock_};
  projections::MemoryViewStore view_store_;
  CountingExecutor now_;
  CountingExecutor history_;
  NoTexts texts_;
  NoDesk desk_;
  std::unique_ptr<projections::Engine> engine_;
  std::unique_ptr<ReportReader> reader_;
  std::unique_ptr<ReportServiceImpl> service_;
};

TEST_F(ReportService, WhatIsAskedForNowOrAsOfAPositionDoesNotWaitBehindFoldsOfTheLog) {
  Render({});
  reports::v1::AsOf position;
  position.set_recorded_size(0);
  Render(position);
  EXPECT_EQ(now_.works, 2);
  EXPECT_EQ(history_.works, 0);
}

TEST_F(ReportService, WhatWasKnownOnADayIsFoldedOnThreadsOfItsOwn) {
  Render(KnownOn("2025-03-18"));
  Render({}, KnownOn("2025-03-18"));
  EXPECT_EQ(now_.works, 0);
  EXPECT_EQ(history_.works, 2);
}

TEST_F(ReportService, AReleaseOfWhatWasKnownOnADayIsFoldedThereToo) {
  daybook::testing::PlainParts sealer;
  CountingExecutor deciding;
  commands::CommandRunner runner(log_, sealer, deciding);
  const runtime::CallEnvironment env{log_, runner, now_, deciding, clock_};
  LedgerReleaseDesk desk(env, history_, *engine_, *reader_);
  for (const bool known_on : {false, true}) {
    reports::v1::ReleaseReportRequest request;
    if (known_on) request.set_known_on("2025-03-18");
    reports::v1::ReleaseReportResponse response;
    grpc::CallbackServerContext context;
    // What a client sends along; the context has no other way for a test to say so.
    auto& metadata =
        const_cast<std::multimap<grpc::string_ref, grpc::string_ref>&>(context.client_metadata());
    metadata.emplace(runtime::kAgencyKey, "somebody");
    const grpc::testing::DefaultReactorTestPeer peer(&context);
    desk.Release(&context, &request, &response);
    EXPECT_TRUE(peer.test_status_set());
    EXPECT_EQ(now_.works, 1);
    EXPECT_EQ(history_.works, known_on ? 1 : 0);
  }
}

}  // namespace
}  // namespace daybook::reporting
