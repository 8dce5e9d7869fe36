// The reference twin of the event store: everything in memory, simple, obviously right.
//
// The contract suite and the random tests take it as the oracle; tests of everything above the
// store use it as the store. Nothing survives the object, and it is not made to be fast.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "eventstore/core/clock.h"
#include "eventstore/core/commit_listeners.h"
#include "eventstore/core/event_store.h"
#include "eventstore/core/record_clock.h"
#include "eventstore/merkle/frontier.h"
#include "eventstore/merkle/nodes.h"

namespace daybook::eventstore {

// A random log id, incarnation 1.
LogIdentity NewLogIdentity();

// Thread-safe. An append happens on the caller's thread, one at a time: while its listeners run
// that thread is "the committer's". A listener must not append; a done callback may. `clock` must
// outlive the store.
class MemoryEventStore final : public EventStore {
 public:
  explicit MemoryEventStore(const Clock& clock = SystemClock(), LogIdentity log = NewLogIdentity());

  void AppendAsync(AppendRequest request, AppendCallback done) override;
  absl::StatusOr<std::optional<AppendResult>> FindRequest(std::string_view agency,
                                                          std::string_view request_id,
                                                          const Hash& fingerprint) override;
  absl::Status ReadStream(std::string_view stream, Revision from, Direction direction,
                          std::uint64_t limit, const EventSink& sink) override;
  absl::Status ReadAll(const ReadAllOptions& options, const EventSink& sink) override;
  absl::StatusOr<std::uint64_t> StreamEventCount(std::string_view stream) override;
  Checkpoint Head() override;
  absl::StatusOr<Hash> RootAt(std::uint64_t size) override;
  absl::StatusOr<std::uint64_t> SizeAt(Instant time) override;
  [[nodiscard]] std::unique_ptr<Listener> OnCommit(
      std::function<void(std::uint64_t size)> listener) override;
  absl::Status Health() override;

 private:
  struct AcceptedRequest {
    Hash fingerprint{};
    AppendResult result;
  };
  using RequestKey = std::pair<std::string, std::string>;  // agency, request id

  // Checks, stamps and applies a valid request.
  absl::StatusOr<AppendResult> Commit(AppendRequest& request) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  absl::StatusOr<std::optional<AppendResult>> Find(const RequestKey& key,
                                                   const Hash& fingerprint) const
      ABSL_SHARED_LOCKS_REQUIRED(mutex_);
  absl::Status CheckExpected(const AppendRequest& request) const ABSL_SHARED_LOCKS_REQUIRED(mutex_);
  std::uint64_t EventCount(std::string_view stream) const ABSL_SHARED_LOCKS_REQUIRED(mutex_);
  AppendResult Apply(AppendRequest& request, Instant record_time)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void AppendEvent(const AppendRequest& request, const std::string& stream, NewEvent event,
                   Instant record_time) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  std::optional<RecordedEvent> EventAt(std::uint64_t position) const ABSL_LOCKS_EXCLUDED(mutex_);
  std::optional<std::uint64_t> PositionIn(std::string_view stream, std::uint64_t revision) const
      ABSL_LOCKS_EXCLUDED(mutex_);

  const LogIdentity log_;
  // guards: an append as a whole, its listeners included, so that these hear of commits in order
  absl::Mutex append_mutex_ ABSL_ACQUIRED_BEFORE(mutex_);
  mutable absl::Mutex mutex_;
  RecordClock record_clock_ ABSL_GUARDED_BY(mutex_);
  std::vector<RecordedEvent> events_ ABSL_GUARDED_BY(mutex_);
  std::map<std::string, std::vector<std::uint64_t>, std::less<>> streams_ ABSL_GUARDED_BY(mutex_);
  std::map<RequestKey, AcceptedRequest> requests_ ABSL_GUARDED_BY(mutex_);
  merkle::Frontier frontier_ ABSL_GUARDED_BY(mutex_);
  merkle::NodeTable nodes_ ABSL_GUARDED_BY(mutex_);
  CommitListeners listeners_;
};

}  // namespace daybook::eventstore
