#include "services/runtime/worker_pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "absl/synchronization/notification.h"

namespace daybook::runtime {
namespace {

TEST(WorkerPool, RunsWhatWaitsBeforeItStops) {
  std::atomic<int> done{0};
  {
    WorkerPool pool(2);
    for (int i = 0; i < 100; ++i) pool.Execute([&] { ++done; });
  }
  EXPECT_EQ(done, 100);
}

TEST(WorkerPool, WorksSideBySide) {
  WorkerPool pool(2);
  absl::Notification first;
  absl::Notification second;
  pool.Execute([&] {
    first.Notify();
    second.WaitForNotification();
  });
  pool.Execute([&] {
    first.WaitForNotification();
    second.Notify();
  });
  pool.Stop();
  EXPECT_TRUE(second.HasBeenNotified());
}

TEST(WorkerPool, AfterItsEndWorkIsDoneByWhoeverBringsIt) {
  WorkerPool pool(1);
  pool.Stop();
  std::thread::id there;
  pool.Execute([&] { there = std::this_thread::get_id(); });
  EXPECT_EQ(there, std::this_thread::get_id());
}

}  // namespace
}  // namespace daybook::runtime
