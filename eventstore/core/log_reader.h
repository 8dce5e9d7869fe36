// The log as whoever follows it sees it: events in order, checkpoints, word of what is new. An
// event store is one; so is a copy of, or a connection to, a store elsewhere.
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
#include "eventstore/core/ids.h"

namespace daybook::eventstore {

enum class Direction : std::uint8_t { kForward, kBackward };

// Empty lists mean "all". An event passes when its type is in `types` or its context (the part of
// the type before the dot) is in `contexts`.
struct Filter {
  std::vector<std::string> types = {};
  std::vector<std::string> contexts = {};
  bool PassesAll() const { return types.empty() && contexts.empty(); }
  bool Passes(std::string_view type) const;
};

struct ReadAllOptions {
  // First position to look at. Backward with nullopt starts at the head.
  std::optional<Position> from = std::nullopt;
  Direction direction = Direction::kForward;
  Filter filter = {};
  std::uint64_t limit = UINT64_MAX;  // events delivered, not looked at
};

// Called once an event in order; return false to stop. The event may be moved from. It may read the
// store, and must not wait for another thread that does.
using EventSink = std::function<bool(RecordedEvent&)>;

class LogReader {
 public:
  virtual ~LogReader() = default;

  // Delivers events of the log in order. Sees at least everything acknowledged before the call and
  // never an event that is not durable.
  virtual absl::Status ReadAll(const ReadAllOptions& options, const EventSink& sink) = 0;

  // Everything acknowledged so far: log, incarnation, number of events, Merkle root.
  virtual Checkpoint Head() = 0;

  // Root of the tree over the first `size` events. BEYOND_HEAD when there are fewer.
  virtual absl::StatusOr<Hash> RootAt(std::uint64_t size) = 0;

  // Calls `listener` with the new number of events after every commit, on a thread of the log; it
  // must not block. Returns a handle; destroying it stops the calls (and waits for a running one).
  class Listener {
   public:
    virtual ~Listener() = default;
  };
  [[nodiscard]] virtual std::unique_ptr<Listener> OnCommit(
      std::function<void(std::uint64_t size)> listener) = 0;
};

// Refuses a checkpoint that this log cannot have issued: LOG_DIVERGED when log or root differ, or
// it is of a later incarnation, BEYOND_HEAD when it is ahead. One of an earlier incarnation (before
// a restore) is good as long as it has seen nothing else than this log: its root says so. A
// checkpoint of this incarnation with an all-zero root is not checked by root.
absl::Status CheckCheckpoint(LogReader& log, const Checkpoint& checkpoint);

}  // namespace daybook::eventstore
