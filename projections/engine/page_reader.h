// Pages of the log one after the other: while the caller decodes and applies one, a thread reads
// the next. That is about half of a fold each; at the end of the log, where there is no next page,
// nothing is handed over.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "eventstore/core/error.h"
#include "eventstore/core/log_reader.h"
#include "projections/engine/event_batch.h"
#include "projections/engine/type_table.h"

namespace daybook::projections {

// For one caller; owns one thread, made when there is something to read ahead for the first time.
class PageReader {
 public:
  // `events` and `types` must outlive it.
  PageReader(eventstore::LogReader& events, const TypeTable& types, std::size_t page_events = 1024);
  ~PageReader();
  PageReader(const PageReader&) = delete;
  PageReader& operator=(const PageReader&) = delete;

  // The events from `from` on, at least one and at most a page, none from `end` on (from < end).
  // Not decoded; good until the next call. DATA_LOSS when the log ends before or leaves a gap.
  absl::StatusOr<EventBatch*> Read(std::uint64_t from, std::uint64_t end);

 private:
  struct Range {
    std::uint64_t from = 0;
    std::uint64_t end = 0;
  };

  void ReadAhead();
  // Waits until the thread has nothing in hand, and says whether what it read is of use: then
  // `status` is how that went.
  bool TakeAhead(std::uint64_t from, std::uint64_t end, absl::Status& status);
  void StartAhead(Range range);

  eventstore::LogReader& events_;
  std::array<EventBatch, 2> pages_;
  std::size_t current_ = 0;  // of the caller; the other one is the thread's while it is wanted

  absl::Mutex mutex_;
  std::optional<Range> wanted_ ABSL_GUARDED_BY(mutex_);  // until it is read
  std::optional<Range> ready_ ABSL_GUARDED_BY(mutex_);   // in the other page
  absl::Status read_ ABSL_GUARDED_BY(mutex_);            // how that went
  bool stop_ ABSL_GUARDED_BY(mutex_) = false;
  std::jthread thread_;
};

// Calls `use` with every page of [from, end), in order. Errors of Read.
template <class Use>
absl::Status ForEachPage(PageReader& reader, std::uint64_t from, std::uint64_t end,
                         const Use& use) {
  while (from < end) {
    DAYBOOK_ASSIGN_OR_RETURN(EventBatch * page, reader.Read(from, end));
    use(*page);
    from += page->events().size();
  }
  return absl::OkStatus();
}

}  // namespace daybook::projections
