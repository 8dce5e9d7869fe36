// What any two event stores with the same history must agree in.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "eventstore/core/error.h"
#include "eventstore/core/event_store.h"
#include "tests/support/status_matchers.h"

namespace daybook::eventstore::testing {

using ::daybook::testing::Describe;

// Salts are random and the leaf hangs on them: everything else must be the same.
inline std::vector<RecordedEvent> WithoutSalt(std::vector<RecordedEvent> events) {
  for (RecordedEvent& event : events) {
    event.salt = {};
    event.leaf = {};
  }
  return events;
}

inline std::vector<RecordedEvent> ReadAllOf(EventStore& store, const ReadAllOptions& options) {
  std::vector<RecordedEvent> events;
  EXPECT_OK(store.ReadAll(options, [&events](RecordedEvent& event) {
    events.push_back(std::move(event));
    return true;
  }));
  return WithoutSalt(std::move(events));
}

inline std::vector<RecordedEvent> ReadStreamOf(EventStore& store, const std::string& stream,
                                               std::uint64_t from, Direction direction,
                                               std::uint64_t limit) {
  std::vector<RecordedEvent> events;
  EXPECT_OK(store.ReadStream(stream, {from}, direction, limit, [&events](RecordedEvent& event) {
    events.push_back(std::move(event));
    return true;
  }));
  return WithoutSalt(std::move(events));
}

// Both accept it with the same answer, or refuse it for the same reason.
inline void CompareAppends(EventStore& store, EventStore& oracle, const AppendRequest& request) {
  const auto actual = store.Append(request);
  const auto expected = oracle.Append(request);
  ASSERT_EQ(Describe(actual.status()), Describe(expected.status()));
  ASSERT_EQ(GetErrorDetail(actual.status()), GetErrorDetail(expected.status()));
  if (actual.ok()) {
    ASSERT_TRUE(*actual == *expected);
  }
}

}  // namespace daybook::eventstore::testing
