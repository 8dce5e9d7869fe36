#include "services/eventlog/grpc/page_reader.h"

#include <algorithm>

#include "services/eventlog/grpc/event_translation.h"

namespace daybook::eventlog {

absl::Status ReadMessage(eventstore::EventStore& store, const eventstore::Filter& filter,
                         ReadCursor& cursor,
                         google::protobuf::RepeatedPtrField<v1::Event>& events) {
  if (cursor.done()) return absl::OkStatus();
  const bool forward = cursor.direction == eventstore::Direction::kForward;
  const std::uint64_t limit = std::min(cursor.remaining, kEventsPerMessage);
  std::uint64_t taken = 0;
  std::size_t bytes = 0;
  bool stopped = false;  // the message is full; the log may hold more
  absl::Status status =
      store.ReadAll({.from = eventstore::Position{forward ? cursor.next : cursor.next - 1},
                     .direction = cursor.direction,
                     .filter = filter,
                     .limit = limit},
                    [&](eventstore::RecordedEvent& event) {
                      const std::uint64_t position = event.position.value;
                      if (forward ? position >= cursor.end : position < cursor.end) return false;
                      bytes += event.event.payload.size();
                      for (const auto& part : event.event.parts) bytes += part.ciphertext.size();
                      cursor.next = forward ? position + 1 : position;
                      ToWire(event, events.Add());
                      ++taken;
                      stopped = taken == limit || bytes > kBytesPerMessage;
                      return !stopped;
                    });
  if (!status.ok()) return status;
  cursor.remaining -= taken;
  if (!stopped) cursor.next = cursor.end;
  return absl::OkStatus();
}

}  // namespace daybook::eventlog
