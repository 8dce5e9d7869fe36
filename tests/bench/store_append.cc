// How fast the event store on disk takes events, in process: the ack is the callback, so everything
// counted is synced and readable.
//
//   bench_store DIR [seconds [events already there]]
//
// Two lines: requests of 500 events with 8 in flight, and requests of one event with 64 in flight.
// Every event begins a new stream and says so (NoStream); the payload has 250 bytes.
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <memory>
#include <string>
#include <tuple>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "eventstore/core/error.h"
#include "eventstore/rocksdb/rocks_event_store.h"
#include "fmt/format.h"

namespace {

using daybook::eventstore::AppendRequest;
using daybook::eventstore::AppendResult;
using daybook::eventstore::ExpectedRevision;
using daybook::eventstore::RecordedEvent;
using daybook::eventstore::RocksEventStore;
using Steady = std::chrono::steady_clock;

double SecondsSince(Steady::time_point start) {
  return std::chrono::duration<double>(Steady::now() - start).count();
}

std::uint64_t Mix(std::uint64_t value) {  // stream names in no order, as real ids are
  value ^= value >> 31;
  value *= 0x9E3779B97F4A7C15U;
  return value ^ (value >> 29);
}

class Load {
 public:
  explicit Load(RocksEventStore& store)
      : store_(store), run_(static_cast<std::uint64_t>(getpid())) {}

  // Returns events acknowledged per second.
  double Run(double seconds, std::uint64_t events_max, std::size_t batch, std::uint64_t depth) {
    const Steady::time_point start = Steady::now();
    std::uint64_t sent = 0;
    while (SecondsSince(start) < seconds && sent < events_max) {
      Acquire(depth);
      store_.AppendAsync(Request(batch), [this](absl::StatusOr<AppendResult> result) {
        if (!result.ok()) {
          fmt::print(stderr, "append failed: {}\n", daybook::eventstore::Message(result.status()));
          std::exit(1);
        }
        Release();
      });
      sent += batch;
    }
    AwaitIdle();
    return static_cast<double>(sent) / SecondsSince(start);
  }

 private:
  AppendRequest Request(std::size_t batch) {
    AppendRequest request;
    request.agency = "bench";
    request.actor = "load";
    request.request_id = fmt::format("{:x}-{:x}", run_, next_);
    for (std::size_t i = 0; i < batch; ++i) {
      daybook::eventstore::NewEvent event;
      event.id = fmt::format("{:016x}-{:016x}", Mix(next_), run_);
      event.type = "incidents.IncidentRecorded";
      event.payload.assign(250, 'p');
      request.writes.push_back({.stream = "incidents/" + event.id,
                                .expected = ExpectedRevision::NoStream(),
                                .events = {}});
      request.writes.back().events.push_back(std::move(event));
      ++next_;
    }
    return request;
  }

  void Acquire(std::uint64_t depth) {
    const auto room = [&]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return in_flight_ < depth; };
    const absl::MutexLock lock(&mutex_, absl::Condition(&room));
    ++in_flight_;
  }
  void Release() {
    const absl::MutexLock lock(&mutex_);
    --in_flight_;
  }
  void AwaitIdle() {
    const auto idle = [this]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return in_flight_ == 0; };
    const absl::MutexLock lock(&mutex_, absl::Condition(&idle));
  }

  RocksEventStore& store_;
  const std::uint64_t run_;
  std::uint64_t next_ = 0;
  absl::Mutex mutex_;
  std::uint64_t in_flight_ ABSL_GUARDED_BY(mutex_) = 0;
};

double CpuSeconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    fmt::print(stderr, "usage: {} DIR [seconds [events already there]]\n", argv[0]);
    return 2;
  }
  const double seconds = argc > 2 ? std::atof(argv[2]) : 5;
  const std::uint64_t before = argc > 3 ? std::strtoull(argv[3], nullptr, 10) : 0;
  auto store = RocksEventStore::Open({.directory = argv[1]});
  if (!store.ok()) {
    fmt::print(stderr, "{}\n", daybook::eventstore::Message(store.status()));
    return 1;
  }
  Load load(**store);
  if (before > 0) load.Run(1e9, before, 500, 8);
  for (const auto& [name, batch, depth] :
       {std::tuple{"batches of 500, 8 in flight", std::size_t{500}, std::uint64_t{8}},
        std::tuple{"unary, 64 in flight", std::size_t{1}, std::uint64_t{64}}}) {
    const double cpu = CpuSeconds();
    const Steady::time_point start = Steady::now();
    const double rate = load.Run(seconds, UINT64_MAX, batch, depth);
    const double used = CpuSeconds() - cpu;
    fmt::print("{:32} {:9.0f} events/s  {:6.2f} us CPU/event  {:.2f} cores\n", name, rate,
               used * 1e6 / (rate * SecondsSince(start)), used / SecondsSince(start));
  }
  const Steady::time_point start = Steady::now();
  std::uint64_t count = 0;
  const absl::Status read =
      (*store)->ReadAll({}, [&](RecordedEvent&) { return ++count < 2'000'000; });
  fmt::print("{:32} {:9.0f} events/s ({} events, {})\n", "replay",
             static_cast<double>(count) / SecondsSince(start), count, read.ok() ? "ok" : "FAILED");
  return 0;
}
