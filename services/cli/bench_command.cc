#include "services/cli/bench_command.h"

#include <atomic>
#include <cstdio>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "daybook/admin/v1/admin_service.grpc.pb.h"
#include "daybook/eventlog/v1/eventlog_service.grpc.pb.h"
#include "daybook/incidents/v1/incidents_service.grpc.pb.h"
#include "daybook/partners/v1/partners_service.grpc.pb.h"
#include "fmt/format.h"
#include "services/cli/bench_load.h"
#include "services/cli/bench_sessions.h"
#include "services/cli/connection.h"
#include "services/cli/error_output.h"
#include "services/cli/private_daemon.h"

namespace daybook::cli {
namespace {

constexpr char kAgency[] = "bench";
constexpr int kBatchesInFlight = 8;
constexpr int kFillRows = 500;

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
    Fill();
    fmt::print("{:<36} {:>10} {:>13} {:>6} {:>9} {:>9} {:>9}\n", "append", "events/s",
               "empty calls/s", "ratio", "p50 ms", "p99 ms", "p99.9 ms");
    for (const int width : options_.in_flight) Unary(width);
    for (const int width : options_.in_flight) {
      if (width > 1) Sessions(width, 1);
    }
    for (const int rows : options_.rows) Sessions(kBatchesInFlight, rows);
  }

  void Read() {
    Fill();
    std::vector<LoadResult> runs;
    for (int i = 0; i < options_.rounds; ++i) runs.push_back(ReadOnce());
    fmt::print("{:<36} {:>10.0f}\n", "read everything over gRPC", MedianOf(runs).per_second);
  }

  std::uint64_t failures() const { return failures_; }

 private:
  absl::Duration time() const { return absl::Seconds(options_.seconds); }

  // One new incident, a stream of its own.
  void FillRow(std::uint64_t number, incidents::v1::IncidentRow* row) const {
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
    row->set_location(std::string(static_cast<std::size_t>(options_.location_bytes), 'x'));
  }

  void FillRequest(incidents::v1::SubmitIncidentRequest* request) {
    const std::uint64_t number = next_incident_.fetch_add(1);
    request->mutable_head()->set_request_id(absl::StrCat("b", number));
    request->set_dataset("police-uk-street");
    FillRow(number, request->mutable_incident());
  }

  FillMessage MessageFiller() {
    return [this](int rows, incidents::v1::SubmitIncidentsRequest* request) {
      const std::uint64_t first = next_incident_.fetch_add(static_cast<std::uint64_t>(rows));
      request->mutable_head()->set_request_id(absl::StrCat("s", first));
      request->set_dataset("police-uk-street");
      for (int i = 0; i < rows; ++i) {
        FillRow(first + static_cast<std::uint64_t>(i), request->add_rows());
      }
    };
  }

  AsyncCall AppendCall() {
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

  // The same request to a call that does nothing.
  AsyncCall EmptyCall() {
    return [this](std::function<void(bool)> done) {
      auto call = std::make_shared<OneCall<admin::v1::PingRequest, admin::v1::PingResponse>>();
      incidents::v1::SubmitIncidentRequest request;
      FillRequest(&request);
      admin::v1::PingRequest& ping = call->request;
      ping.set_request_id(request.head().request_id());
      const auto& row = request.incident();
      for (const std::string* text :
           {&request.dataset(), &row.source_key(), &row.month(), &row.type(), &row.force(),
            &row.district(), &row.lsoa_code(), &row.outcome(), &row.longitude(), &row.latitude(),
            &row.location()}) {
        ping.add_texts(*text);
      }
      Prepare(call->context, connection_, kAgency);
      auto* raw = call.get();
      admin_->async()->Ping(
          &raw->context, &raw->request, &raw->response,
          [call, done = std::move(done)](const grpc::Status& status) { done(status.ok()); });
    };
  }

  LoadResult Noted(LoadResult result) {
    failures_ += result.failures;
    return result;
  }

  void Unary(int width) {
    std::vector<LoadResult> appends;
    std::vector<LoadResult> empties;
    for (int i = 0; i < options_.rounds; ++i) {
      empties.push_back(Noted(RunCalls(EmptyCall(), width, time())));
      appends.push_back(Noted(RunCalls(AppendCall(), width, time())));
    }
    const LoadResult append = MedianOf(appends);
    const LoadResult empty = MedianOf(empties);
    fmt::print("{:<36} {:>10.0f} {:>13.0f} {:>6.2f} {:>9.3f} {:>9.3f} {:>9.3f}\n",
               fmt::format("unary, {} in flight", width), append.per_second, empty.per_second,
               append.per_second / empty.per_second, append.p50_ms, append.p99_ms, append.p999_ms);
    if (width == 1) {
      fmt::print("{:<36} {:>10} {:>13} {:>6} {:>9.3f} {:>9.3f} {:>9.3f}\n", "  its empty call", "",
                 "", "", empty.p50_ms, empty.p99_ms, empty.p999_ms);
    }
  }

  void Sessions(int in_flight, int rows) {
    std::vector<LoadResult> runs;
    for (int i = 0; i < options_.rounds; ++i) {
      runs.push_back(Noted(RunSessions(*incidents_, connection_,
                                       {.in_flight = in_flight, .rows = rows, .time = time()},
                                       MessageFiller())));
    }
    const LoadResult run = MedianOf(runs);
    fmt::print("{:<36} {:>10.0f} {:>13} {:>6} {:>9.3f} {:>9.3f} {:>9.3f}\n",
               fmt::format("session, {} messages of {} in flight", in_flight, rows), run.per_second,
               "", "", run.p50_ms, run.p99_ms, run.p999_ms);
  }

  // As many events as were asked for, before anything is measured.
  void Fill() {
    const std::uint64_t begin = next_incident_;
    while (next_incident_ - begin < options_.events && failures_ == 0) {
      Noted(RunSessions(
          *incidents_, connection_,
          {.in_flight = kBatchesInFlight, .rows = kFillRows, .time = absl::Milliseconds(500)},
          MessageFiller()));
    }
  }

  LoadResult ReadOnce() {
    auto stub = eventlog::v1::EventLogService::NewStub(connection_.channel);
    grpc::ClientContext context;
    Prepare(context, connection_, kAgency, std::chrono::seconds(0));
    const absl::Time begin = absl::Now();
    auto reader = stub->ReadAll(&context, {});
    std::uint64_t events = 0;
    eventlog::v1::ReadAllResponse response;
    while (reader->Read(&response)) events += static_cast<std::uint64_t>(response.events_size());
    if (!reader->Finish().ok()) ++failures_;
    LoadResult result;
    result.per_second = static_cast<double>(events) / absl::ToDoubleSeconds(absl::Now() - begin);
    return result;
  }

  const Connection connection_;
  const BenchOptions& options_;
  std::unique_ptr<incidents::v1::IncidentService::Stub> incidents_;
  std::unique_ptr<admin::v1::AdminService::Stub> admin_;
  std::atomic<std::uint64_t> next_incident_{1};
  std::uint64_t failures_ = 0;  // calls, messages and streams that failed
};

}  // namespace

int RunBench(const BenchOptions& options) {
  auto daemon = PrivateDaemon::Start(options.directory);
  if (!daemon.ok()) return Report(daemon.status());
  Bench bench(Connect((*daemon)->address(), kAgency), options);
  if (!bench.RegisterForce()) {
    PrintError("error: the benchmark's daemon refused its first command\n");
    return kRefused;
  }
  fmt::print(
      "A ledger of its own in {}; {} events there before; {} rounds of {} s, medians; client and "
      "server share this machine's {} cores.\n\n",
      (*daemon)->directory().string(), options.events, options.rounds, options.seconds,
      std::thread::hardware_concurrency());
  options.what == "read" ? bench.Read() : bench.Append();
  if (bench.failures() == 0) return kDone;
  PrintError("error: {} calls failed; the figures above leave them out\n", bench.failures());
  return kRefused;
}

}  // namespace daybook::cli
