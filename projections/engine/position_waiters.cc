#include "projections/engine/position_waiters.h"

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "eventstore/core/error.h"
#include "projections/core/view_set.h"

namespace daybook::projections {
namespace {

absl::Status Behind(std::uint64_t wanted, std::uint64_t reached) {
  return eventstore::MakeError(absl::StatusCode::kDeadlineExceeded,
                               "the views did not reach the position in time",
                               {.reason = std::string(reason::kViewBehind),
                                .remedy = "Ask again, or with a longer deadline.",
                                .fields = {},
                                .metadata = {{"wanted_size", std::to_string(wanted)},
                                             {"views_size", std::to_string(reached)}}});
}

absl::Status ShuttingDown() {
  return eventstore::MakeError(absl::StatusCode::kUnavailable, "the server is shutting down",
                               {.reason = std::string(reason::kShuttingDown),
                                .remedy = "Ask again later.",
                                .fields = {},
                                .metadata = {}});
}

}  // namespace

PositionWaiters::PositionWaiters(std::uint64_t size)
    : reached_(size), deadlines_([this] { WatchDeadlines(); }) {}

PositionWaiters::~PositionWaiters() { Close(); }

void PositionWaiters::Wait(std::uint64_t size, Deadline deadline, Callback done) {
  absl::Status now;
  {
    absl::MutexLock lock(&mutex_);
    if (reached_ < size && !closed_ && deadline > std::chrono::steady_clock::now()) {
      const std::uint64_t id = next_id_++;
      waiters_.emplace(id, Waiter{size, deadline, std::move(done)});
      by_size_.emplace(size, id);
      const auto place = by_deadline_.emplace(deadline, id).first;
      if (place == by_deadline_.begin()) earliest_changed_.Signal();
      return;
    }
    if (reached_ < size) now = closed_ ? ShuttingDown() : Behind(size, reached_);
  }
  done(now);
}

void PositionWaiters::Reached(std::uint64_t size) {
  std::vector<Callback> done;
  {
    absl::MutexLock lock(&mutex_);
    reached_ = size;
    while (!by_size_.empty() && by_size_.begin()->first <= size) {
      done.push_back(Take(waiters_.find(by_size_.begin()->second)));
    }
  }
  for (const Callback& callback : done) callback(absl::OkStatus());
}

void PositionWaiters::Close() {
  ById refused;
  {
    absl::MutexLock lock(&mutex_);
    closed_ = true;
    refused.swap(waiters_);
    by_size_.clear();
    by_deadline_.clear();
    earliest_changed_.Signal();
  }
  for (const auto& [id, waiter] : refused) waiter.done(ShuttingDown());
}

PositionWaiters::Callback PositionWaiters::Take(ById::iterator waiter) {
  const auto& [id, what] = *waiter;
  by_size_.erase({what.size, id});
  by_deadline_.erase({what.deadline, id});
  Callback done = std::move(waiter->second.done);
  waiters_.erase(waiter);
  return done;
}

void PositionWaiters::WatchDeadlines() {
  std::vector<std::pair<Callback, absl::Status>> late;
  while (true) {
    {
      absl::MutexLock lock(&mutex_);
      const auto now = std::chrono::steady_clock::now();
      while (!by_deadline_.empty() && by_deadline_.begin()->first <= now) {
        const auto waiter = waiters_.find(by_deadline_.begin()->second);
        absl::Status behind = Behind(waiter->second.size, reached_);
        late.emplace_back(Take(waiter), std::move(behind));
      }
      if (late.empty()) {
        if (closed_) return;
        if (by_deadline_.empty()) {
          earliest_changed_.Wait(&mutex_);
        } else {
          // A wait that ends early or late only looks again.
          earliest_changed_.WaitWithTimeout(&mutex_,
                                            absl::FromChrono(by_deadline_.begin()->first - now));
        }
      }
    }
    for (const auto& [done, status] : late) done(status);
    late.clear();
  }
}

}  // namespace daybook::projections
