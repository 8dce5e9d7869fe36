// Closed loops of load and what they saw: so many requests in flight, until the time is over.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/time/time.h"

namespace daybook::cli {

// What one run saw. Latencies are of whole calls, or of messages and their answers.
struct LoadResult {
  double per_second = 0;  // events, or calls
  double p50_ms = 0;
  double p99_ms = 0;
  double p999_ms = 0;
  std::uint64_t failures = 0;
};

// Sorts `latencies_ms`.
LoadResult Summarise(std::vector<double>& latencies_ms, double events, absl::Duration time);

// The run in the middle of several, by throughput.
LoadResult MedianOf(std::vector<LoadResult> runs);

// Starts one call and calls back, on any thread, when it is answered.
using AsyncCall = std::function<void(std::function<void(bool ok)>)>;

// `width` calls at a time for `time`; each ends before the next begins.
LoadResult RunCalls(const AsyncCall& call, int width, absl::Duration time);

}  // namespace daybook::cli
