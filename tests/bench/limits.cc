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
#include <filesystem>
#include <fstream>
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
#include "daybook/partners/v1/partners_service.grpc.pb.h"
#include "fmt/format.h"
#include "grpcpp/create_channel.h"
#include "tests/support/daemon_process.h"

namespace {

namespace v1 = daybook::incidents::v1;
namespace log1 = daybook::eventlog::v1;

struct Options {
  std::string directory;
  int seconds = 10;
  int connections = 1000;
  int streams = 10'000;
};

void Identify(grpc::ClientContext& context) {
  context.AddMetadata("daybook-agency", "bench");
  context.AddMetadata("daybook-actor", "bench");
}

std::shared_ptr<grpc::Channel> Open(const std::string& address) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);  // a connection of its own
  return grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments);
}

double ResidentMiB(pid_t pid) {
  std::ifstream status(fmt::format("/proc/{}/status", pid));
  std::string word;
  while (status >> word) {
    if (word != "VmRSS:") continue;
    double kib = 0;
    status >> kib;
    return kib / 1024;
  }
  return 0;
}

void RegisterForce(const std::string& address) {
  const auto stub = daybook::partners::v1::PartnerService::NewStub(Open(address));
  grpc::ClientContext context;
  Identify(context);
  daybook::partners::v1::RegisterOrganisationRequest request;
  request.mutable_head()->set_request_id("bench-force");
  request.set_organisation_id("bench-force");
  request.set_name("Bench force");
  request.set_kind("police");
  daybook::partners::v1::RegisterOrganisationResponse response;
  if (!stub->RegisterOrganisation(&context, request, &response).ok()) std::exit(1);
}

struct Outcome {
  std::vector<double> accepted_ms;
  std::uint64_t refused = 0;  // QUEUE_FULL
  std::uint64_t failed = 0;   // anything else
};

// Appends, one event a call, without waiting for one another.
class Appends {
 public:
  explicit Appends(const std::string& address)
      : stub_(v1::IncidentService::NewStub(Open(address))) {}

  // `done` is called when the call is over, on a thread of gRPC.
  void Start(std::function<void()> done) {
    auto call = std::make_shared<Call>();
    Identify(call->context);
    const std::uint64_t number = next_.fetch_add(1);
    call->request.mutable_head()->set_request_id(fmt::format("b{}", number));
    call->request.set_dataset("police-uk-street");
    auto& row = *call->request.mutable_incident();
    row.set_row(1);
    row.set_source_key(fmt::format("{:064x}", number));
    row.set_month("2024-01");
    row.set_type("violent-crime");
    row.set_force("bench-force");
    row.set_district("Colchester");
    row.set_outcome("under-investigation");
    row.set_location(std::string(60, 'x'));
    const absl::Time begin = absl::Now();
    auto* raw = call.get();
    stub_->async()->SubmitIncident(
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

  const std::unique_ptr<v1::IncidentService::Stub> stub_;
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
    mutex_.Await(absl::Condition(
        +[](int* count) { return *count == 0; }, &count_));
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

void Overload(const std::string& address, int seconds) {
  Appends appends(address);
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
  const auto at = [&outcome](double share) {
    if (outcome.accepted_ms.empty()) return 0.0;
    return outcome.accepted_ms[static_cast<std::size_t>(
        share * static_cast<double>(outcome.accepted_ms.size() - 1))];
  };
  fmt::print("256 in flight: {:.0f} appends/s\n", capacity);
  fmt::print(
      "twice that, {:.0f}/s sent for {} s: {:.0f}/s accepted, p50 {:.1f} ms, p99 {:.1f} ms; "
      "{:.0f}/s refused (QUEUE_FULL), {} failed otherwise\n\n",
      static_cast<double>(sent) / seconds, seconds,
      static_cast<double>(outcome.accepted_ms.size()) / seconds, at(0.5), at(0.99),
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

std::uint64_t Size(const std::string& address) {
  const auto stub = log1::EventLogService::NewStub(Open(address));
  grpc::ClientContext context;
  Identify(context);
  log1::GetHeadResponse response;
  stub->GetHead(&context, {}, &response);
  return response.head().size();
}

// Freed pages go back to the system after ten seconds (jemalloc's decay).
void Settle() { absl::SleepFor(absl::Seconds(15)); }

void Memory(const Options& options, const std::string& address, pid_t pid) {
  Settle();
  const std::uint64_t head = Size(address);
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
  RegisterForce(address);
  Overload(address, options.seconds);
  Memory(options, address, daemon.pid());
  return 0;
}
