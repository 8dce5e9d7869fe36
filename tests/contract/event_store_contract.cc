#include "tests/contract/event_store_contract.h"

#include <fmt/format.h>

#include <utility>

#include "eventstore/merkle/hash.h"

namespace daybook::eventstore {

NewEvent EventStoreContract::Event(std::string type, std::string payload) {
  NewEvent event;
  event.id = fmt::format("00000000-0000-4000-8000-{:012x}", next_id_++);
  event.type = std::move(type);
  event.payload = std::move(payload);
  return event;
}

std::vector<NewEvent> EventStoreContract::Events(std::size_t count) {
  std::vector<NewEvent> events;
  for (std::size_t i = 0; i < count; ++i) {
    events.push_back(Event());
  }
  return events;
}

SealedPart EventStoreContract::Part(std::string name, std::string ciphertext) {
  SealedPart part;
  part.name = std::move(name);
  part.key_id = "key-1";
  part.nonce = std::string(24, 'n');
  part.ciphertext = std::move(ciphertext);
  return part;
}

AppendRequest EventStoreContract::Request(std::vector<StreamWrite> writes) {
  AppendRequest request;
  request.agency = "council";
  request.actor = "officer-1";
  request.request_id = fmt::format("request-{}", next_id_++);
  request.fingerprint = merkle::Sha256(request.request_id);
  request.writes = std::move(writes);
  request.answer = "answer to " + request.request_id;
  return request;
}

AppendRequest EventStoreContract::Request(std::string stream, std::size_t events,
                                          ExpectedRevision expected) {
  return Request({{std::move(stream), expected, Events(events)}});
}

AppendResult EventStoreContract::Append(AppendRequest request) {
  absl::StatusOr<AppendResult> result = store().Append(std::move(request));
  EXPECT_OK(result);
  return result.ok() ? *std::move(result) : AppendResult();
}

AppendResult EventStoreContract::Append(std::string stream, std::size_t events,
                                        ExpectedRevision expected) {
  return Append(Request(std::move(stream), events, expected));
}

std::vector<RecordedEvent> EventStoreContract::ReadAll(const ReadAllOptions& options) {
  std::vector<RecordedEvent> events;
  EXPECT_OK(store().ReadAll(options, [&events](RecordedEvent& event) {
    events.push_back(std::move(event));
    return true;
  }));
  return events;
}

std::vector<RecordedEvent> EventStoreContract::ReadStream(std::string_view stream,
                                                          std::uint64_t from, Direction direction,
                                                          std::uint64_t limit) {
  std::vector<RecordedEvent> events;
  EXPECT_OK(store().ReadStream(stream, {from}, direction, limit, [&events](RecordedEvent& event) {
    events.push_back(std::move(event));
    return true;
  }));
  return events;
}

std::vector<std::uint64_t> PositionsOf(const std::vector<RecordedEvent>& events) {
  std::vector<std::uint64_t> positions;
  for (const RecordedEvent& event : events) {
    positions.push_back(event.position.value);
  }
  return positions;
}

std::vector<std::uint64_t> RevisionsOf(const std::vector<RecordedEvent>& events) {
  std::vector<std::uint64_t> revisions;
  for (const RecordedEvent& event : events) {
    revisions.push_back(event.revision.value);
  }
  return revisions;
}

}  // namespace daybook::eventstore
