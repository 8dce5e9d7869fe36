#include "services/cli/bench_load.h"

#include <algorithm>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"

namespace daybook::cli {
namespace {

class CallLoad {
 public:
  CallLoad(const AsyncCall& call, int width, absl::Duration time)
      : call_(call), width_(width), end_(absl::Now() + time), running_(width) {}

  LoadResult Go() {
    const absl::Time begin = absl::Now();
    for (int i = 0; i < width_; ++i) Next();
    absl::MutexLock lock(&mutex_);
    const auto idle = [this]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return running_ == 0; };
    mutex_.Await(absl::Condition(&idle));
    LoadResult result =
        Summarise(latencies_ms_, static_cast<double>(latencies_ms_.size()), absl::Now() - begin);
    result.failures = failures_;
    return result;
  }

 private:
  void Next() {
    const absl::Time begin = absl::Now();
    call_([this, begin](bool ok) {
      const absl::Time now = absl::Now();
      const bool more = ok && now < end_;
      {
        absl::MutexLock lock(&mutex_);
        if (!ok) ++failures_;
        if (ok) latencies_ms_.push_back(absl::ToDoubleMilliseconds(now - begin));
        if (!more) --running_;
      }
      if (more) Next();
    });
  }

  const AsyncCall& call_;
  const int width_;
  const absl::Time end_;
  absl::Mutex mutex_;
  int running_ ABSL_GUARDED_BY(mutex_);
  std::uint64_t failures_ ABSL_GUARDED_BY(mutex_) = 0;
  std::vector<double> latencies_ms_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace

LoadResult Summarise(std::vector<double>& latencies_ms, double events, absl::Duration time) {
  LoadResult result;
  if (latencies_ms.empty()) return result;
  std::sort(latencies_ms.begin(), latencies_ms.end());
  const auto at = [&latencies_ms](double share) {
    return latencies_ms[static_cast<std::size_t>(share *
                                                 static_cast<double>(latencies_ms.size() - 1))];
  };
  result.per_second = events / absl::ToDoubleSeconds(time);
  result.p50_ms = at(0.5);
  result.p99_ms = at(0.99);
  result.p999_ms = at(0.999);
  return result;
}

LoadResult MedianOf(std::vector<LoadResult> runs) {
  std::sort(runs.begin(), runs.end(),
            [](const LoadResult& a, const LoadResult& b) { return a.per_second < b.per_second; });
  return runs[runs.size() / 2];
}

LoadResult RunCalls(const AsyncCall& call, int width, absl::Duration time) {
  return CallLoad(call, width, time).Go();
}

}  // namespace daybook::cli
