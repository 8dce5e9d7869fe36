// What a daemon of its own does with more than it can serve, and with clients that only hold on.
//
//   bench_limits DIR [--seconds N] [--connections N] [--streams N]
//
// Overload: the rate that 256 calls in flight reach is measured; then twice that many calls a
// second are sent, each at its own moment and whether or not earlier ones are answered. Holding on:
// resident memory of the daemon before, with and after idle connections, streams opened and
// dropped, and subscribers that never read.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "daybook/eventlog/v1/eventlog_service.grpc.pb.h"
#include "daybook/incidents/v1/incidents_service.grpc.pb.h"
#include "fmt/format.h"
#include "tests/bench/bench_client.h"
#include "tests/support/daemon_process.h"

namespace {

namespace v1 = daybook::incidents::v1;
namespace log1 = daybook::eventlog::v1;
using daybook::bench::Identify;
using daybook::bench::Open;
using daybook::bench::Percentile;
using daybook::bench::ResidentMiB;

struct Options {
  std::string directory;
  int seconds = 10;
  int connections = 1000;
  int streams = 10'000;
};

struct Outcome {
  std::vector<double> accepted_ms;
  std::uint64_t refused = 0;  // QUEUE_FULL
  std::uint64_t failed = 0;   // anything else
};

// Appends, one event a call, without waiting for one another.
class Appends {
 public:
  // Over several connections: on one, HTTP/2's limit of streams would hold calls in the client.
  explicit Appends(const std::string& address) {
    constexpr int kConnections = 16;
    for (int i = 0; i < kConnections; ++i) {
      stubs_.push_back(v1::IncidentService::NewStub(Open(address)));
    }
  }

  // `done` is called when the call is over, on a thread of gRPC.
  void Start(std::function<void()> done) {
    auto call = std::make_shared<Call>();
    Identify(call->context);
    const std::uint64_t number = next_.fetch_add(1);
    call->request.mutable_head()->set_request_id(fmt::format("b{}", number));
    call->request.set_dataset("police-uk-street");
    daybook::bench::FillRow(number, *call->request.mutable_incident());
    const absl::Time begin = absl::Now();
    auto* raw = call.get();
    stubs_[number % stubs_.size()]->async()->SubmitIncident(
        &raw->context, &raw->request, &raw->response,
        [this, call = std::move(call), begin, done = std::move(done)](const grpc::Status& status) {
          Note(status, absl::ToDoubleMilliseconds(absl::Now() - begin));
          done();
        });
  }

  Outcome Take() {
    const absl::MutexLock lock(&mutex_);
    return std::exchange(outcome_, {});
  }

 private:
  struct Call {
    grpc::ClientContext context;
    v1::SubmitIncidentRequest request;
    v1::SubmitIncidentResponse response;
  };

  void Note(const grpc::Status& status, double ms) {
    const absl::MutexLock lock(&mutex_);
    if (status.ok()) {
      outcome_.accepted_ms.push_back(ms);
    } else if (status.error_code() == grpc::StatusCode::RESOURCE_EXHAUSTED) {
      ++outcome_.refused;
    } else {
      ++outcome_.failed;
    }
  }

  std::vector<std::unique_ptr<v1::IncidentService::Stub>> stubs_;
  std::atomic<std::uint64_t> next_ = 1;
  absl::Mutex mutex_;
  Outcome outcome_ ABSL_GUARDED_BY(mutex_);
};

// Calls under way, to wait for their end.
class InFlight {
 public:
  void Add() {
    const absl::MutexLock lock(&mutex_);
    ++count_;
  }
  void Remove() {
    const absl::MutexLock lock(&mutex_);
    --count_;
  }
  void WaitForNone() {
    const absl::MutexLock lock(&mutex_);
    const auto none = [this]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return count_ == 0; };
    mutex_.Await(absl::Condition(&none));
  }

 private:
  absl::Mutex mutex_;
  int count_ ABSL_GUARDED_BY(mutex_) = 0;
};

double Capacity(Appends& appends, int seconds) {
  constexpr int kWidth = 256;
  InFlight calls;
  const absl::Time end = absl::Now() + absl::Seconds(seconds);
  std::function<void()> next = [&] {
    if (absl::Now() < end) {
      appends.Start(next);
    } else {
      calls.Remove();
    }
  };
  for (int i = 0; i < kWidth; ++i) {
    calls.Add();
    appends.Start(next);
  }
  calls.WaitForNone();
  return static_cast<double>(appends.Take().accepted_ms.size()) / seconds;
}

void Overload(Appends& appends, int seconds) {
  const double capacity = Capacity(appends, seconds);
  const double rate = 2 * capacity;
  InFlight calls;
  const absl::Time begin = absl::Now();
  std::uint64_t sent = 0;
  while (absl::Now() - begin < absl::Seconds(seconds)) {
    const auto due = static_cast<std::uint64_t>(absl::ToDoubleSeconds(absl::Now() - begin) * rate);
    for (; sent < due; ++sent) {
      calls.Add();
      appends.Start([&calls] { calls.Remove(); });
    }
    std::this_thread::sleep_for(std::chrono::microseconds(500));
  }
  calls.WaitForNone();
  Outcome outcome = appends.Take();
  std::sort(outcome.accepted_ms.begin(), outcome.accepted_ms.end());
  fmt::print("256 in flight: {:.0f} appends/s\n", capacity);
  fmt::print(
      "twice that, {:.0f}/s sent for {} s: {:.0f}/s accepted, p50 {:.1f} ms, p99 {:.1f} ms; "
      "{:.0f}/s refused (QUEUE_FULL), {} failed otherwise\n",
      static_cast<double>(sent) / seconds, seconds,
      static_cast<double>(outcome.accepted_ms.size()) / seconds,
      Percentile(outcome.accepted_ms, 0.5), Percentile(outcome.accepted_ms, 0.99),
      static_cast<double>(outcome.refused) / seconds, outcome.failed);
}

class Subscriber {
 public:
  explicit Subscriber(const std::shared_ptr<grpc::Channel>& channel, std::uint64_t from)
      : stub_(log1::EventLogService::NewStub(channel)) {
    Identify(context_);
    log1::SubscribeRequest request;
    request.set_from_position(from);
    stream_ = stub_->Subscribe(&context_, request);
  }
  ~Subscriber() {
    context_.TryCancel();
    log1::SubscribeResponse left;
    while (stream_->Read(&left)) {
    }
    stream_->Finish();
  }
  bool ReadOne() {
    log1::SubscribeResponse message;
    return stream_->Read(&message);
  }

 private:
  const std::unique_ptr<log1::EventLogService::Stub> stub_;
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReader<log1::SubscribeResponse>> stream_;
};

// Freed pages go back to the system after ten seconds (jemalloc's decay).
void Settle() { absl::SleepFor(absl::Seconds(15)); }

void Memory(const Options& options, const std::string& address, pid_t pid) {
  Settle();
  const std::uint64_t head = daybook::bench::LogSize(address);
  const double before = ResidentMiB(pid);
  fmt::print("resident memory of the daemon, {} events: {:.1f} MiB\n", head, before);
  const auto said = [&](const std::string& what) {
    fmt::print("  {:<56} {:+8.1f} MiB\n", what, ResidentMiB(pid) - before);
  };
  {
    std::vector<std::unique_ptr<Subscriber>> idle;
    for (int i = 0; i < options.connections; ++i) {
      idle.push_back(std::make_unique<Subscriber>(Open(address), head));
      idle.back()->ReadOne();  // it is live
    }
    said(fmt::format("{} idle connections, each with a live subscription", options.connections));
  }
  Settle();
  said("  gone");
  const auto channel = Open(address);
  for (int i = 0; i < options.streams; ++i) const Subscriber dropped(channel, head);
  said(fmt::format("{} streams opened and dropped", options.streams));
  Settle();
  said("  a moment later");
  {
    std::vector<std::unique_ptr<Subscriber>> slow;
    for (int i = 0; i < 8; ++i) {
      slow.push_back(std::make_unique<Subscriber>(Open(address), 0));
      slow.back()->ReadOne();
    }
    absl::SleepFor(absl::Seconds(2));
    said("8 subscribers of the whole log that stopped reading");
  }
  Settle();
  said("  gone");
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Overload, and clients that only hold on.");
  Options options;
  app.add_option("directory", options.directory)->required()->check(CLI::ExistingDirectory);
  app.add_option("--seconds", options.seconds)->check(CLI::PositiveNumber);
  app.add_option("--connections", options.connections)->check(CLI::PositiveNumber);
  app.add_option("--streams", options.streams)->check(CLI::PositiveNumber);
  CLI11_PARSE(app, argc, argv);
  daybook::testing::DaemonProcess daemon(options.directory);
  const std::string address = daemon.Start();
  if (address.empty()) {
    fmt::print(stderr, "error: daybookd did not start\n{}\n", daemon.log());
    return 1;
  }
  daybook::bench::RegisterForce(address);
  Appends appends(address);
  Capacity(appends, options.seconds);  // something to read
  Settle();
  Memory(options, address, daemon.pid());
  Overload(appends, options.seconds);
  return 0;
}
