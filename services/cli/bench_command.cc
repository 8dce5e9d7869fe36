#include "services/cli/bench_command.h"

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <deque>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "daybook/admin/v1/admin_service.grpc.pb.h"
#include "daybook/eventlog/v1/eventlog_service.grpc.pb.h"
#include "daybook/incidents/v1/incidents_service.grpc.pb.h"
#include "daybook/partners/v1/partners_service.grpc.pb.h"
#include "fmt/format.h"
#include "services/cli/connection.h"
#include "services/cli/private_daemon.h"

namespace daybook::cli {
namespace {

constexpr int kBatchRows = 500;
constexpr char kAgency[] = "bench";

// What one run saw.
struct Run {
  double per_second = 0;
  double p50_ms = 0;
  double p99_ms = 0;
};

Run Median(std::vector<Run> runs) {
  std::sort(runs.begin(), runs.end(),
            [](const Run& a, const Run& b) { return a.per_second < b.per_second; });
  return runs[runs.size() / 2];
}

// One new incident, a stream of its own; about 250 bytes as an event.
void FillRow(std::uint64_t number, incidents::v1::IncidentRow* row) {
  row->set_row(static_cast<std::uint32_t>(number % 1'000'000 + 1));
  row->set_source_key(fmt::format("{:064x}", number));
  row->set_month("2024-01");
  row->set_type("violent-crime");
  row->set_force("bench-force");
  row->set_district("Colchester");
  row->set_lsoa_code("E01021237");
  row->set_outcome("under-investigation");
  row->set_longitude("0.901681");
  row->set_latitude("51.883063");
  row->set_location("On or near A Street");
}

std::atomic<std::uint64_t> next_incident{1};
std::atomic<std::uint64_t> failures{0};  // calls, messages and streams that failed

// Calls that are in flight, `width` at a time, until the time is over.
class UnaryLoad {
 public:
  // Starts one call and calls back when it is answered.
  using Call = std::function<void(std::function<void(bool ok)>)>;

  UnaryLoad(Call call, int width, absl::Duration time)
      : call_(std::move(call)), end_(absl::Now() + time), running_(width) {}

  Run Go() {
    const absl::Time begin = absl::Now();
    const int width = running_;
    for (int i = 0; i < width; ++i) Next();
    {
      absl::MutexLock lock(&mutex_);
      mutex_.Await(absl::Condition(
          +[](int* running) { return *running == 0; }, &running_));
    }
    const double seconds = absl::ToDoubleSeconds(absl::Now() - begin);
    std::sort(latencies_ms_.begin(), latencies_ms_.end());
    if (latencies_ms_.empty()) return {};
    return {static_cast<double>(latencies_ms_.size()) / seconds,
            latencies_ms_[latencies_ms_.size() / 2],
            latencies_ms_[latencies_ms_.size() * 99 / 100]};
  }

 private:
  void Next() {
    const absl::Time begin = absl::Now();
    call_([this, begin](bool ok) {
      const absl::Time now = absl::Now();
      bool more = ok && now < end_;
      {
        absl::MutexLock lock(&mutex_);
        if (!ok) ++failures;
        if (ok) latencies_ms_.push_back(absl::ToDoubleMilliseconds(now - begin));
        if (!more) --running_;
      }
      if (more) Next();
    });
  }

  const Call call_;
  const absl::Time end_;
  absl::Mutex mutex_;
  int running_ ABSL_GUARDED_BY(mutex_);
  std::vector<double> latencies_ms_ ABSL_GUARDED_BY(mutex_);
};

// One call with everything that it must keep alive.
template <class Request, class Response>
struct OneCall {
  grpc::ClientContext context;
  Request request;
  Response response;
};

class Bench {
 public:
  Bench(Connection connection, const BenchOptions& options)
      : connection_(std::move(connection)),
        options_(options),
        incidents_(incidents::v1::IncidentService::NewStub(connection_.channel)),
        admin_(admin::v1::AdminService::NewStub(connection_.channel)) {}

  bool RegisterForce() {
    auto stub = partners::v1::PartnerService::NewStub(connection_.channel);
    partners::v1::RegisterOrganisationRequest request;
    request.mutable_head()->set_request_id("bench-force");
    request.set_organisation_id("bench-force");
    request.set_name("Bench force");
    request.set_kind("police");
    grpc::ClientContext context;
    Prepare(context, connection_, kAgency);
    partners::v1::RegisterOrganisationResponse response;
    return stub->RegisterOrganisation(&context, request, &response).ok();
  }

  void Append() {
    fmt::print("{:<34} {:>12} {:>12} {:>8} {:>10} {:>10}\n", "append", "events/s", "empty calls/s",
               "ratio", "p50 ms", "p99 ms");
    for (const int width : {1, 64}) Unary(width);
    Batches();
  }

  void Read() {
    const std::uint64_t begin = next_incident;
    while (next_incident - begin < options_.events) SendBatches(absl::Milliseconds(200));
    std::vector<Run> runs;
    for (int i = 0; i < options_.rounds; ++i) runs.push_back(ReadOnce());
    fmt::print("{:<34} {:>12.0f} events/s\n", "read everything over gRPC", Median(runs).per_second);
  }

 private:
  absl::Duration time() const { return absl::Seconds(options_.seconds); }

  UnaryLoad::Call AppendCall() {
    return [this](std::function<void(bool)> done) {
      auto call = std::make_shared<
          OneCall<incidents::v1::SubmitIncidentRequest, incidents::v1::SubmitIncidentResponse>>();
      FillRequest(&call->request);
      Prepare(call->context, connection_, kAgency);
      auto* raw = call.get();
      incidents_->async()->SubmitIncident(
          &raw->context, &raw->request, &raw->response,
          [call, done = std::move(done)](const grpc::Status& status) { done(status.ok()); });
    };
  }

  // The same bytes to a call that does nothing.
  UnaryLoad::Call EmptyCall() {
    return [this](std::function<void(bool)> done) {
      auto call = std::make_shared<OneCall<admin::v1::PingRequest, admin::v1::PingResponse>>();
      incidents::v1::SubmitIncidentRequest request;
      FillRequest(&request);
      call->request.set_payload(request.SerializeAsString());
      Prepare(call->context, connection_, kAgency);
      auto* raw = call.get();
      admin_->async()->Ping(
          &raw->context, &raw->request, &raw->response,
          [call, done = std::move(done)](const grpc::Status& status) { done(status.ok()); });
    };
  }

  static void FillRequest(incidents::v1::SubmitIncidentRequest* request) {
    const std::uint64_t number = next_incident.fetch_add(1);
    request->mutable_head()->set_request_id(absl::StrCat("b", number));
    request->set_dataset("police-uk-street");
    FillRow(number, request->mutable_incident());
  }

  void Unary(int width) {
    std::vector<Run> appends;
    std::vector<Run> empties;
    for (int i = 0; i < options_.rounds; ++i) {
      empties.push_back(UnaryLoad(EmptyCall(), width, time()).Go());
      appends.push_back(UnaryLoad(AppendCall(), width, time()).Go());
    }
    const Run append = Median(appends);
    const Run empty = Median(empties);
    fmt::print("{:<34} {:>12.0f} {:>12.0f} {:>8.2f} {:>10.3f} {:>10.3f}\n",
               fmt::format("unary, {} in flight", width), append.per_second, empty.per_second,
               append.per_second / empty.per_second, append.p50_ms, append.p99_ms);
  }

  void Batches() {
    std::vector<Run> runs;
    for (int i = 0; i < options_.rounds; ++i) runs.push_back(SendBatches(time()));
    fmt::print("{:<34} {:>12.0f}\n", "session, 500 rows a message", Median(runs).per_second);
  }

  // One append session, eight messages in flight.
  Run SendBatches(absl::Duration time) {
    grpc::ClientContext context;
    Prepare(context, connection_, kAgency, std::chrono::seconds(0));
    auto stream = incidents_->SubmitIncidents(&context);
    constexpr int kInFlight = 8;
    std::atomic<int> in_flight{0};
    std::atomic<bool> over{false};  // the server ended the session
    std::uint64_t answered = 0;
    std::jthread receiver([&] {
      incidents::v1::SubmitIncidentsResponse response;
      while (stream->Read(&response)) {
        if (response.has_error()) ++failures;
        answered += static_cast<std::uint64_t>(response.results_size());
        in_flight.fetch_sub(1);
        in_flight.notify_one();
      }
      over = true;
      in_flight = 0;
      in_flight.notify_one();
    });
    const absl::Time begin = absl::Now();
    incidents::v1::SubmitIncidentsRequest request;
    while (absl::Now() - begin < time && !over) {
      request.Clear();
      const std::uint64_t first = next_incident.fetch_add(kBatchRows);
      request.mutable_head()->set_request_id(absl::StrCat("s", first));
      request.set_dataset("police-uk-street");
      for (std::uint64_t n = first; n < first + kBatchRows; ++n) FillRow(n, request.add_rows());
      for (int now = in_flight; now >= kInFlight; now = in_flight) in_flight.wait(now);
      in_flight.fetch_add(1);
      if (!stream->Write(request)) break;
    }
    stream->WritesDone();
    receiver.join();
    if (!stream->Finish().ok()) ++failures;
    return {static_cast<double>(answered) / absl::ToDoubleSeconds(absl::Now() - begin), 0, 0};
  }

  Run ReadOnce() {
    auto stub = eventlog::v1::EventLogService::NewStub(connection_.channel);
    grpc::ClientContext context;
    Prepare(context, connection_, kAgency, std::chrono::seconds(0));
    const absl::Time begin = absl::Now();
    auto reader = stub->ReadAll(&context, {});
    std::uint64_t events = 0;
    eventlog::v1::ReadAllResponse response;
    while (reader->Read(&response)) events += static_cast<std::uint64_t>(response.events_size());
    if (!reader->Finish().ok()) ++failures;
    return {static_cast<double>(events) / absl::ToDoubleSeconds(absl::Now() - begin), 0, 0};
  }

  const Connection connection_;
  const BenchOptions& options_;
  std::unique_ptr<incidents::v1::IncidentService::Stub> incidents_;
  std::unique_ptr<admin::v1::AdminService::Stub> admin_;
};

}  // namespace

int RunBench(const BenchOptions& options) {
  auto daemon = PrivateDaemon::Start(options.directory);
  if (!daemon.ok()) return Report(daemon.status());
  Bench bench(Connect((*daemon)->address(), kAgency), options);
  if (!bench.RegisterForce()) {
    fmt::print(stderr, "error: the benchmark's daemon refused its first command\n");
    return kRefused;
  }
  fmt::print(
      "A ledger of its own in {}; {} rounds of {} s, medians; client and server share this "
      "machine's {} cores.\n\n",
      (*daemon)->directory().string(), options.rounds, options.seconds,
      std::thread::hardware_concurrency());
  options.what == "read" ? bench.Read() : bench.Append();
  if (failures == 0) return kDone;
  fmt::print(stderr, "error: {} calls failed; the figures above leave them out\n", failures.load());
  return kRefused;
}

}  // namespace daybook::cli
