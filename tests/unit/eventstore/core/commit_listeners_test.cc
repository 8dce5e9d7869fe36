#include "eventstore/core/commit_listeners.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

#include "absl/synchronization/notification.h"

namespace daybook::eventstore {
namespace {

using ::testing::ElementsAre;

TEST(CommitListeners, EveryListenerHearsInTheOrderOfItsComing) {
  CommitListeners listeners;
  std::vector<int> heard;
  const auto first = listeners.Add([&heard](std::uint64_t) { heard.push_back(1); });
  const auto second = listeners.Add([&heard](std::uint64_t) { heard.push_back(2); });
  listeners.Notify(1);
  listeners.Notify(2);
  EXPECT_THAT(heard, ElementsAre(1, 2, 1, 2));
}

TEST(CommitListeners, AListenerThatIsGoneHearsNothing) {
  CommitListeners listeners;
  std::vector<std::uint64_t> heard;
  auto handle = listeners.Add([&heard](std::uint64_t size) { heard.push_back(size); });
  listeners.Notify(1);
  handle.reset();
  listeners.Notify(2);
  EXPECT_THAT(heard, ElementsAre(1));
}

TEST(CommitListeners, DestroyingAHandleWaitsForARunningCall) {
  CommitListeners listeners;
  absl::Notification entered;
  absl::Notification leave;
  std::atomic<bool> finished = false;
  auto handle = listeners.Add([&](std::uint64_t) {
    entered.Notify();
    leave.WaitForNotification();
    finished = true;
  });
  std::jthread notifier([&] { listeners.Notify(1); });
  entered.WaitForNotification();
  std::jthread releaser([&] { leave.Notify(); });
  handle.reset();
  EXPECT_TRUE(finished);
}

TEST(CommitListeners, AHandleMayOutliveWhatItListensTo) {
  auto captured = std::make_shared<int>();
  const std::weak_ptr<int> listener = captured;
  std::unique_ptr<LogReader::Listener> handle;
  {
    CommitListeners listeners;
    handle = listeners.Add([captured = std::move(captured)](std::uint64_t) {});
  }
  EXPECT_FALSE(listener.expired()) << "the handle keeps the listener that it will remove";
  handle.reset();
  EXPECT_TRUE(listener.expired());
}

}  // namespace
}  // namespace daybook::eventstore
