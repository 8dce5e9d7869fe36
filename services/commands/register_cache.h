// A register (organisations, areas, measures, …) kept folded in memory and brought up to date from
// the end of its stream whenever it is asked for.
//
// State is copyable and has `void Evolve(const google::protobuf::Message&)` and the name of its
// stream as `State::kStream`. Readers get an immutable snapshot that stays true to the moment of
// the call; new events are folded into a copy. Registers are small and change seldom: with 35,000
// entries one copy costs about 10 ms.
//
// Thread-safe. Does not own the store, which must outlive it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "eventstore/core/error.h"
#include "eventstore/core/event_store.h"
#include "services/commands/stream_loader.h"

namespace daybook::commands {

template <class State>
class RegisterCache {
 public:
  explicit RegisterCache(eventstore::EventStore& store) : store_(store) {}

  struct Snapshot {
    std::shared_ptr<const State> state;
    std::uint64_t event_count = 0;  // events of the stream that are in it
  };

  // Sees at least every event that was acknowledged before the call. Errors: those of the store.
  absl::StatusOr<Snapshot> Get() {
    // Most looks find nothing new, and many commands look at once.
    DAYBOOK_ASSIGN_OR_RETURN(const std::uint64_t now, store_.StreamEventCount(State::kStream));
    {
      absl::ReaderMutexLock lock(&mutex_);
      if (snapshot_.event_count == now) return snapshot_;
    }
    absl::MutexLock lock(&mutex_);
    const State& before = *snapshot_.state;
    std::optional<State> next;
    const auto evolve = [&](const google::protobuf::Message& event,
                            const eventstore::RecordedEvent&) {
      if (!next.has_value()) next.emplace(before);
      next->Evolve(event);
    };
    DAYBOOK_ASSIGN_OR_RETURN(const std::uint64_t count,
                             FoldFrom(store_, State::kStream, snapshot_.event_count, evolve));
    if (next.has_value()) {
      snapshot_ = {std::make_shared<const State>(*std::move(next)), count};
    }
    return snapshot_;
  }

  // For reading only: registers grow, so that what a command found in one stays found.
  absl::StatusOr<std::shared_ptr<const State>> Read() {
    DAYBOOK_ASSIGN_OR_RETURN(const Snapshot snapshot, Get());
    return snapshot.state;
  }

  // For a command that writes to the register: the append fails, and the command is decided again,
  // when somebody else wrote to it after this look.
  absl::StatusOr<std::shared_ptr<const State>> Load(StreamLoader& loader) {
    DAYBOOK_ASSIGN_OR_RETURN(const Snapshot snapshot, Get());
    loader.Remember(State::kStream, snapshot.event_count);
    return snapshot.state;
  }

 private:
  eventstore::EventStore& store_;
  absl::Mutex mutex_;
  Snapshot snapshot_ ABSL_GUARDED_BY(mutex_) = {std::make_shared<const State>(), 0};
};

}  // namespace daybook::commands
