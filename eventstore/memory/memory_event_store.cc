#include "eventstore/memory/memory_event_store.h"

#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdio>
#include <cstdlib>

#include "eventstore/core/civil_day.h"
#include "eventstore/core/error.h"
#include "eventstore/core/refusals.h"
#include "eventstore/merkle/commitment.h"

namespace daybook::eventstore {
namespace {

template <std::size_t kSize>
std::array<std::uint8_t, kSize> RandomBytes() {
  std::array<std::uint8_t, kSize> bytes;
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) {
    std::fputs("daybook: OpenSSL has no random numbers\n", stderr);
    std::abort();
  }
  return bytes;
}

// What the store itself works out about an event before it is kept.
void Complete(NewEvent& event, Instant record_time) {
  if (event.known.precision == KnownPrecision::kRecorded) {
    event.known.day = LondonDay(record_time);
  }
  for (SealedPart& part : event.parts) {
    part.ciphertext_hash = merkle::Sha256(part.ciphertext);
  }
}

}  // namespace

LogIdentity NewLogIdentity() {
  const auto bytes = RandomBytes<16>();
  return {.log_id = ToHex({reinterpret_cast<const char*>(bytes.data()), bytes.size()}),
          .incarnation = 1};
}

MemoryEventStore::MemoryEventStore(const Clock& clock, LogIdentity log)
    : log_(std::move(log)), record_clock_(clock, std::nullopt) {}

void MemoryEventStore::AppendAsync(AppendRequest request, AppendCallback done) {
  if (absl::Status status = ValidateAppendRequest(request); !status.ok()) {
    done(std::move(status));
    return;
  }
  done([this, &request]() -> absl::StatusOr<AppendResult> {
    absl::MutexLock append_lock(&append_mutex_);
    absl::StatusOr<AppendResult> result;
    {
      absl::MutexLock lock(&mutex_);
      result = Commit(request);
    }
    if (result.ok() && !result->duplicate) {
      listeners_.Notify(result->last.value + 1);
    }
    return result;
  }());
}

absl::StatusOr<AppendResult> MemoryEventStore::Commit(AppendRequest& request) {
  DAYBOOK_ASSIGN_OR_RETURN(std::optional<AppendResult> earlier,
                           Find({request.agency, request.request_id}, request.fingerprint));
  if (earlier.has_value()) {
    return *std::move(earlier);
  }
  DAYBOOK_RETURN_IF_ERROR(CheckExpected(request));
  DAYBOOK_ASSIGN_OR_RETURN(const Instant record_time, record_clock_.Stamp());
  DAYBOOK_RETURN_IF_ERROR(CheckKnown(request, record_time));
  return Apply(request, record_time);
}

absl::StatusOr<std::optional<AppendResult>> MemoryEventStore::Find(const RequestKey& key,
                                                                   const Hash& fingerprint) const {
  const auto found = requests_.find(key);
  if (found == requests_.end()) {
    return std::optional<AppendResult>();
  }
  if (found->second.fingerprint != fingerprint) {
    return RequestIdReused();
  }
  std::optional<AppendResult> result = found->second.result;
  result->duplicate = true;
  return result;
}

absl::Status MemoryEventStore::CheckExpected(const AppendRequest& request) const {
  std::vector<RevisionMismatch> mismatches;
  for (std::size_t i = 0; i < request.writes.size(); ++i) {
    const std::uint64_t count = EventCount(request.writes[i].stream);
    if (!request.writes[i].expected.Holds(count)) {
      mismatches.push_back({.write = i, .event_count = count});
    }
  }
  return mismatches.empty() ? absl::OkStatus() : RevisionConflict(request, mismatches);
}

std::uint64_t MemoryEventStore::EventCount(std::string_view stream) const {
  const auto found = streams_.find(stream);
  return found == streams_.end() ? 0 : found->second.size();
}

AppendResult MemoryEventStore::Apply(AppendRequest& request, Instant record_time) {
  AppendResult result{.first = {events_.size()},
                      .last = {},
                      .streams = {},
                      .record_time = record_time,
                      .answer = request.answer,
                      .sealed_digest = request.sealed_digest,
                      .duplicate = false};
  for (StreamWrite& write : request.writes) {
    if (write.events.empty()) {
      continue;  // a check only
    }
    for (NewEvent& event : write.events) {
      AppendEvent(request, write.stream, std::move(event), record_time);
    }
    result.streams.push_back({write.stream, {EventCount(write.stream) - 1}});
  }
  result.last = {events_.size() - 1};
  requests_[{request.agency, request.request_id}] = {request.fingerprint, result};
  return result;
}

void MemoryEventStore::AppendEvent(const AppendRequest& request, const std::string& stream,
                                   NewEvent event, Instant record_time) {
  Complete(event, record_time);
  RecordedEvent recorded{.agency = request.agency,
                         .actor = request.actor,
                         .request_id = request.request_id,
                         .correlation_id = request.correlation_id,
                         .causation_id = request.causation_id,
                         .record_time = record_time,
                         .position = {events_.size()},
                         .stream = stream,
                         .revision = {EventCount(stream)},
                         .event = std::move(event),
                         .salt = RandomBytes<16>(),
                         .leaf = {}};
  recorded.leaf = merkle::CommitmentLeaf(recorded);
  frontier_.Append(recorded.leaf);
  nodes_.Append(recorded.leaf);
  streams_[stream].push_back(events_.size());
  events_.push_back(std::move(recorded));
}

absl::StatusOr<std::optional<AppendResult>> MemoryEventStore::FindRequest(
    std::string_view agency, std::string_view request_id, const Hash& fingerprint) {
  absl::MutexLock lock(&mutex_);
  return Find({std::string(agency), std::string(request_id)}, fingerprint);
}

// Readers copy one event at a time, so that a sink runs without the lock and may call the store.
std::optional<RecordedEvent> MemoryEventStore::EventAt(std::uint64_t position) const {
  absl::MutexLock lock(&mutex_);
  if (position >= events_.size()) {
    return std::nullopt;
  }
  return events_[position];
}

std::optional<std::uint64_t> MemoryEventStore::PositionIn(std::string_view stream,
                                                          std::uint64_t revision) const {
  absl::MutexLock lock(&mutex_);
  const auto found = streams_.find(stream);
  if (found == streams_.end() || revision >= found->second.size()) {
    return std::nullopt;
  }
  return found->second[revision];
}

absl::Status MemoryEventStore::ReadStream(std::string_view stream, Revision from,
                                          Direction direction, std::uint64_t limit,
                                          const EventSink& sink) {
  DAYBOOK_ASSIGN_OR_RETURN(const std::uint64_t count, StreamEventCount(stream));
  const bool forward = direction == Direction::kForward;
  if (count == 0 || (forward && from.value >= count)) {
    return absl::OkStatus();
  }
  const std::uint64_t first = std::min(from.value, count - 1);
  const std::uint64_t available = forward ? count - first : first + 1;
  for (std::uint64_t i = 0; i < std::min(limit, available); ++i) {
    const std::optional<std::uint64_t> position =
        PositionIn(stream, forward ? first + i : first - i);
    std::optional<RecordedEvent> event = EventAt(*position);
    if (!sink(*event)) {
      break;
    }
  }
  return absl::OkStatus();
}

absl::Status MemoryEventStore::ReadAll(const ReadAllOptions& options, const EventSink& sink) {
  const std::uint64_t size = Head().size;
  const bool forward = options.direction == Direction::kForward;
  const std::uint64_t from = options.from.value_or(Position{forward ? 0 : UINT64_MAX}).value;
  if (size == 0 || (forward && from >= size)) {
    return absl::OkStatus();
  }
  const std::uint64_t first = std::min(from, size - 1);
  const std::uint64_t available = forward ? size - first : first + 1;
  std::uint64_t delivered = 0;
  for (std::uint64_t i = 0; i < available && delivered < options.limit; ++i) {
    std::optional<RecordedEvent> event = EventAt(forward ? first + i : first - i);
    if (!options.filter.Passes(event->event.type)) {
      continue;
    }
    ++delivered;
    if (!sink(*event)) {
      break;
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<std::uint64_t> MemoryEventStore::StreamEventCount(std::string_view stream) {
  absl::MutexLock lock(&mutex_);
  return EventCount(stream);
}

Checkpoint MemoryEventStore::Head() {
  absl::MutexLock lock(&mutex_);
  return {.log = log_, .size = frontier_.size(), .root = frontier_.Root()};
}

absl::StatusOr<Hash> MemoryEventStore::RootAt(std::uint64_t size) {
  absl::MutexLock lock(&mutex_);
  if (size > events_.size()) {
    return BeyondHead(size, events_.size());
  }
  return *merkle::RootFromNodes(nodes_, size);
}

absl::StatusOr<std::uint64_t> MemoryEventStore::SizeAt(Instant time) {
  absl::MutexLock lock(&mutex_);
  const auto end = std::upper_bound(
      events_.begin(), events_.end(), time,
      [](Instant at, const RecordedEvent& event) { return at < event.record_time; });
  return static_cast<std::uint64_t>(end - events_.begin());
}

std::unique_ptr<EventStore::Listener> MemoryEventStore::OnCommit(
    std::function<void(std::uint64_t size)> listener) {
  return listeners_.Add(std::move(listener));
}

absl::Status MemoryEventStore::Health() {
  absl::MutexLock lock(&mutex_);
  return record_clock_.Check();
}

}  // namespace daybook::eventstore
