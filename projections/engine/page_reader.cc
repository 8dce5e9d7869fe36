#include "projections/engine/page_reader.h"

#include <utility>

#include "eventstore/core/error.h"
#include "eventstore/core/thread_name.h"

namespace daybook::projections {

PageReader::PageReader(eventstore::LogReader& events, const TypeTable& types,
                       std::size_t page_events)
    : events_(events), pages_{EventBatch(types, page_events), EventBatch(types, page_events)} {}

PageReader::~PageReader() {
  const absl::MutexLock lock(&mutex_);
  stop_ = true;
}

absl::StatusOr<EventBatch*> PageReader::Read(std::uint64_t from, std::uint64_t end) {
  absl::Status status;
  if (TakeAhead(from, end, status)) {
    current_ = 1 - current_;
  } else {
    status = pages_[current_].Read(events_, from, end);
  }
  DAYBOOK_RETURN_IF_ERROR(status);
  EventBatch& page = pages_[current_];
  if (page.events().empty()) return absl::DataLossError("the log ends before its head");
  const std::uint64_t next = from + page.events().size();
  if (next < end) StartAhead({next, end});
  return &page;
}

bool PageReader::TakeAhead(std::uint64_t from, std::uint64_t end, absl::Status& status) {
  const absl::MutexLock lock(&mutex_);
  const auto idle = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return !wanted_.has_value(); };
  mutex_.Await(absl::Condition(&idle));
  const bool taken = ready_.has_value() && ready_->from == from && ready_->end <= end;
  if (taken) status = read_;
  ready_.reset();
  return taken;
}

void PageReader::StartAhead(Range range) {
  {
    const absl::MutexLock lock(&mutex_);
    wanted_ = range;
  }
  if (!thread_.joinable()) thread_ = std::jthread([this] { ReadAhead(); });
}

void PageReader::ReadAhead() {
  eventstore::NameThread("view-reader");
  const auto called = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return stop_ || wanted_.has_value();
  };
  while (true) {
    Range range;
    EventBatch* page = nullptr;
    {
      const absl::MutexLock lock(&mutex_);
      mutex_.Await(absl::Condition(&called));
      if (stop_) return;
      range = *wanted_;
      page = &pages_[1 - current_];
    }
    absl::Status read = page->Read(events_, range.from, range.end);
    const absl::MutexLock lock(&mutex_);
    read_ = std::move(read);
    ready_ = range;
    wanted_.reset();
  }
}

}  // namespace daybook::projections
