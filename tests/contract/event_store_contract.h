// The contract of eventstore/core/event_store.h as tests, for every implementation alike.
//
// An implementation takes part with one file in the target contract_event_store:
//
//   INSTANTIATE_TEST_SUITE_P(Memory, EventStoreContract,
//                            ::testing::Values(EventStoreFactory{"memory", CreateMemory}), NameOf);
//
// where CreateMemory makes a StoreUnderTest. The behaviours stand in *_contract.cc, by subject.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "eventstore/core/clock.h"
#include "eventstore/core/event_store.h"
#include "tests/support/fake_clock.h"
#include "tests/support/status_matchers.h"

namespace daybook::eventstore {

// An empty store and whatever it lies on (a temporary directory), which goes with it.
class StoreUnderTest {
 public:
  virtual ~StoreUnderTest() = default;
  virtual EventStore& store() = 0;
  // Closes the store properly and opens it again on the same data and the same clock; a store that
  // lives in memory stays what it is. References to the old store are dead afterwards.
  virtual void Reopen() = 0;
};

struct EventStoreFactory {
  std::string name;
  // `clock` outlives what is returned.
  std::function<std::unique_ptr<StoreUnderTest>(const Clock& clock)> create;
};

inline std::string NameOf(const ::testing::TestParamInfo<EventStoreFactory>& info) {
  return info.param.name;
}
inline void PrintTo(const EventStoreFactory& factory, std::ostream* out) { *out << factory.name; }

class EventStoreContract : public ::testing::TestWithParam<EventStoreFactory> {
 protected:
  EventStoreContract() : under_test_(GetParam().create(clock_)) {}

  EventStore& store() { return under_test_->store(); }
  void Reopen() { under_test_->Reopen(); }
  std::unique_ptr<StoreUnderTest> CreateAnother() { return GetParam().create(clock_); }

  // A valid event with an id of its own.
  NewEvent Event(std::string type = "incidents.IncidentRecorded", std::string payload = "payload");
  std::vector<NewEvent> Events(std::size_t count);
  SealedPart Part(std::string name, std::string ciphertext);
  // A valid request with a request id and a fingerprint of its own.
  AppendRequest Request(std::vector<StreamWrite> writes);
  AppendRequest Request(std::string stream, std::size_t events = 1,
                        ExpectedRevision expected = ExpectedRevision::Any());
  // Appends and requires that it works.
  AppendResult Append(AppendRequest request);
  AppendResult Append(std::string stream, std::size_t events = 1,
                      ExpectedRevision expected = ExpectedRevision::Any());

  std::vector<RecordedEvent> ReadAll(const ReadAllOptions& options = {});
  std::vector<RecordedEvent> ReadStream(std::string_view stream, std::uint64_t from = 0,
                                        Direction direction = Direction::kForward,
                                        std::uint64_t limit = UINT64_MAX);
  std::uint64_t Size() { return store().Head().size; }

  ::daybook::testing::FakeClock clock_;  // before the store that looks at it

 private:
  std::atomic<std::uint64_t> next_id_ = 0;
  std::unique_ptr<StoreUnderTest> under_test_;
};

std::vector<std::uint64_t> PositionsOf(const std::vector<RecordedEvent>& events);
std::vector<std::uint64_t> RevisionsOf(const std::vector<RecordedEvent>& events);

}  // namespace daybook::eventstore
