// What tests of commands ask of a store, in few words.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "daybook/partners/events/v1/events.pb.h"
#include "eventstore/core/event_store.h"
#include "google/protobuf/message.h"
#include "proto/registry/event_types.h"

namespace daybook::testing {

inline partners::events::v1::AreaRegistered AreaNamed(const std::string& id) {
  partners::events::v1::AreaRegistered area;
  area.set_area_id(id);
  area.set_name(id);
  return area;
}

// Appends one event to a stream, whatever stands there.
inline void AppendTo(eventstore::EventStore& store, const std::string& stream,
                     const google::protobuf::Message& message,
                     const std::string& agency = "somebody-else") {
  static int requests = 0;
  eventstore::NewEvent event;
  event.id = "event-" + std::to_string(++requests);
  event.type = registry::TypeNameOf(message);
  event.payload = message.SerializeAsString();
  eventstore::AppendRequest request;
  request.agency = agency;
  request.request_id = "other-" + std::to_string(requests);
  request.writes.push_back({stream, eventstore::ExpectedRevision::Any(), {event}});
  const auto result = store.Append(request);
  ASSERT_TRUE(result.ok()) << result.status();
}

inline std::vector<eventstore::RecordedEvent> EventsOf(eventstore::EventStore& store,
                                                       std::string_view stream) {
  std::vector<eventstore::RecordedEvent> events;
  const auto status =
      store.ReadStream(stream, eventstore::Revision{0}, eventstore::Direction::kForward, UINT64_MAX,
                       [&](eventstore::RecordedEvent& event) {
                         events.push_back(event);
                         return true;
                       });
  EXPECT_TRUE(status.ok()) << status;
  return events;
}

}  // namespace daybook::testing
