// What only the store in memory does; the rest is the contract's.
#include "eventstore/memory/memory_event_store.h"

#include <gtest/gtest.h>

#include <string>
#include <thread>

#include "eventstore/merkle/hash.h"
#include "tests/support/fake_clock.h"
#include "tests/support/status_matchers.h"

namespace daybook::eventstore {
namespace {

AppendRequest Request(const std::string& id) {
  AppendRequest request;
  request.agency = "council";
  request.request_id = id;
  request.fingerprint = merkle::Sha256(id);
  NewEvent event;
  event.id = id;
  event.type = "incidents.IncidentRecorded";
  request.writes = {{"incident-" + id, ExpectedRevision::NoStream(), {event}}};
  return request;
}

TEST(MemoryEventStore, TakesTheIdentityThatItIsGiven) {
  const ::daybook::testing::FakeClock clock;
  const LogIdentity identity{.log_id = std::string(32, 'a'), .incarnation = 3};
  MemoryEventStore store(clock, identity);
  EXPECT_EQ(store.Head().log, identity);
}

TEST(MemoryEventStore, RunsOnTheMachinesClockByDefault) {
  MemoryEventStore store;
  const Instant before = SystemClock().Now();
  ASSERT_OK_AND_ASSIGN(const AppendResult result, store.Append(Request("1")));
  EXPECT_GE(result.record_time, before);
}

TEST(MemoryEventStore, AnswersOnTheCallersThread) {
  MemoryEventStore store;
  std::thread::id answered_on;
  store.AppendAsync(Request("1"), [&answered_on](const absl::StatusOr<AppendResult>& result) {
    EXPECT_OK(result);
    answered_on = std::this_thread::get_id();
  });
  EXPECT_EQ(answered_on, std::this_thread::get_id());
}

TEST(MemoryEventStore, HasCalledItsListenersBeforeItAnswers) {
  MemoryEventStore store;
  std::uint64_t heard = 0;
  const auto listener = store.OnCommit([&heard](std::uint64_t size) { heard = size; });
  ASSERT_OK(store.Append(Request("1")));
  EXPECT_EQ(heard, 1U);
}

TEST(NewLogIdentity, IsNewEachTime) {
  EXPECT_NE(NewLogIdentity().log_id, NewLogIdentity().log_id);
  EXPECT_EQ(NewLogIdentity().log_id.size(), 32U);
}

}  // namespace
}  // namespace daybook::eventstore
