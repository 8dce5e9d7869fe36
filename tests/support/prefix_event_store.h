// A log that shows only its first events, and grows when it is told to: what a reader of a live log
// sees, one step at a time.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "eventstore/core/commit_listeners.h"
#include "eventstore/core/event_store.h"

namespace daybook::testing {

// Reads only; appends are refused. Thread-safe. `log` must outlive it and not grow meanwhile.
class PrefixEventStore final : public eventstore::EventStore {
 public:
  explicit PrefixEventStore(eventstore::EventStore& log, std::uint64_t size = 0)
      : log_(log), size_(size) {}

  // Shows `size` events from now on, and tells the listeners.
  void Grow(std::uint64_t size) {
    size_ = size;
    listeners_.Notify(size);
  }

  // Through ReadAll, by everybody, so far.
  std::uint64_t events_read() const { return events_read_; }

  void AppendAsync(eventstore::AppendRequest, eventstore::AppendCallback done) override {
    done(absl::UnimplementedError("this log is for reading"));
  }
  absl::StatusOr<std::optional<eventstore::AppendResult>> FindRequest(
      std::string_view, std::string_view, const eventstore::Hash&) override {
    return absl::UnimplementedError("this log is for reading all");
  }
  absl::Status ReadStream(std::string_view, eventstore::Revision, eventstore::Direction,
                          std::uint64_t, const eventstore::EventSink&) override {
    return absl::UnimplementedError("this log is for reading all");
  }
  absl::Status ReadAll(const eventstore::ReadAllOptions& options,
                       const eventstore::EventSink& sink) override {
    const std::uint64_t size = size_;
    return log_.ReadAll(options, [&](eventstore::RecordedEvent& event) {
      if (event.position.value >= size) return false;
      ++events_read_;
      return sink(event);
    });
  }
  absl::StatusOr<std::uint64_t> StreamEventCount(std::string_view) override {
    return absl::UnimplementedError("this log is for reading all");
  }
  eventstore::Checkpoint Head() override {
    eventstore::Checkpoint head = log_.Head();
    head.size = size_;
    head.root = log_.RootAt(size_).value();
    return head;
  }
  absl::StatusOr<eventstore::Hash> RootAt(std::uint64_t size) override {
    if (size > size_) return absl::OutOfRangeError("beyond what is shown");
    return log_.RootAt(size);
  }
  absl::StatusOr<std::uint64_t> SizeAt(eventstore::Instant time) override {
    const absl::StatusOr<std::uint64_t> size = log_.SizeAt(time);
    if (!size.ok()) return size;
    return std::min<std::uint64_t>(*size, size_);
  }
  std::unique_ptr<Listener> OnCommit(std::function<void(std::uint64_t)> listener) override {
    return listeners_.Add(std::move(listener));
  }
  absl::Status Health() override { return absl::OkStatus(); }

 private:
  eventstore::EventStore& log_;
  std::atomic<std::uint64_t> size_;
  std::atomic<std::uint64_t> events_read_ = 0;
  eventstore::CommitListeners listeners_;
};

}  // namespace daybook::testing
