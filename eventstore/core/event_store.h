// The event store: append requests to one log, read it by stream or as a whole.
//
// Domain-free: bytes, type names and metadata. Two implementations (memory, rocksdb) pass one
// contract suite (tests/contract/event_store_contract.h); the memory one is the oracle.
//
// Promises, for both:
//   * A reply means durable (memory: visible). All events of a request are there, or none.
//   * Positions 0, 1, 2, … in commit order, no gaps, never reused; revisions likewise per stream.
//   * (agency, request_id) is remembered for ever: the same fingerprint gives the first answer
//     again with `duplicate`, another fingerprint is refused with REQUEST_ID_REUSED. A refused
//     request is not remembered.
//   * record_time never goes back along the log.
//
// Thread-safe: every method may be called from any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "eventstore/core/event.h"
#include "eventstore/core/expected_revision.h"
#include "eventstore/core/ids.h"
#include "eventstore/core/log_reader.h"

namespace daybook::eventstore {

// Events for one stream. With no events it is a check only: the request fails unless `expected`
// holds, and nothing is written to that stream.
struct StreamWrite {
  std::string stream;
  ExpectedRevision expected = ExpectedRevision::Any();
  std::vector<NewEvent> events;
};

struct AppendRequest {
  std::string agency;  // required
  std::string actor;
  std::string request_id;  // required, unique per agency, chosen by the client
  Hash fingerprint{};      // of the validated command in canonical form (services/commands); of
                           // nothing that is sealed
  std::string correlation_id;
  std::string causation_id;
  std::vector<StreamWrite> writes;  // each stream at most once; at least one event in all
  std::string answer;               // opaque, kept with the request and handed back to a duplicate
  // Likewise: what the fingerprint leaves out because it is sealed, digested under its keys. Empty,
  // or 32 bytes.
  std::string sealed_digest = {};
};

struct StreamHead {
  std::string stream;
  Revision last_revision;
  friend bool operator==(const StreamHead&, const StreamHead&) = default;
};

struct AppendResult {
  Position first;
  Position last;                    // position of the request's last event
  std::vector<StreamHead> streams;  // the streams written to, in the order of the request
  Instant record_time;
  std::string answer;
  std::string sealed_digest = {};  // of a duplicate: as the first request had it
  bool duplicate = false;
  friend bool operator==(const AppendResult&, const AppendResult&) = default;
};

using AppendCallback = std::function<void(absl::StatusOr<AppendResult>)>;

class EventStore : public LogReader {
 public:
  ~EventStore() override = default;

  // Queues the request; `done` is called exactly once, on a thread of the store (or, for a request
  // refused at once, on the caller's), and must not block: it holds up the answers behind it.
  // Errors: REVISION_CONFLICT (ABORTED, with metadata "stream", "expected", "actual" for every
  // failing stream), REQUEST_ID_REUSED, QUEUE_FULL, TOO_LARGE, INVALID_ARGUMENT, OUTCOME_UNKNOWN,
  // STORE_STOPPED, CLOCK_JUMPED.
  virtual void AppendAsync(AppendRequest request, AppendCallback done) = 0;

  // The same, waiting for the answer. Not to be called on the committer's thread.
  absl::StatusOr<AppendResult> Append(AppendRequest request);

  // The answer already given to this request, or nullopt. REQUEST_ID_REUSED when it was given for
  // another fingerprint.
  virtual absl::StatusOr<std::optional<AppendResult>> FindRequest(std::string_view agency,
                                                                  std::string_view request_id,
                                                                  const Hash& fingerprint) = 0;

  // Delivers events of one stream from `from` (inclusive); nothing for a stream that does not
  // exist. Backward from UINT64_MAX starts at the last event.
  virtual absl::Status ReadStream(std::string_view stream, Revision from, Direction direction,
                                  std::uint64_t limit, const EventSink& sink) = 0;

  // Number of events in the stream; 0 when it does not exist.
  virtual absl::StatusOr<std::uint64_t> StreamEventCount(std::string_view stream) = 0;

  // Number of events with record_time <= `time`: the size of the log as it was then.
  virtual absl::StatusOr<std::uint64_t> SizeAt(Instant time) = 0;

  // Waits for nothing: 0 when the store takes writes, else why it does not.
  virtual absl::Status Health() = 0;
};

// Shape checks common to every implementation (limits, UTF-8 names, no stream twice, …).
absl::Status ValidateAppendRequest(const AppendRequest& request);

}  // namespace daybook::eventstore
