// One ledger that grows: how its rate, its disk and its memory go with it, how soon an append is
// visible in a view, how long a report takes, and how long a start after kill -9.
//
//   bench_ledger DIR [--events N] [--seconds N]
#include <algorithm>
#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "daybook/admin/v1/admin_service.grpc.pb.h"
#include "daybook/reports/v1/reports_service.grpc.pb.h"
#include "fmt/format.h"
#include "tests/bench/bench_client.h"
#include "tests/support/daemon_process.h"

namespace {

using daybook::bench::Identify;
using daybook::bench::MustBeOk;
using daybook::bench::Open;
using daybook::bench::Percentile;

constexpr std::uint64_t kMillion = 1'000'000;

double Since(absl::Time begin) { return absl::ToDoubleMilliseconds(absl::Now() - begin); }

void Print(const std::string& what, std::vector<double> ms) {
  std::sort(ms.begin(), ms.end());
  fmt::print("{:<52} p50 {:8.2f} ms  p99 {:8.2f} ms  ({} times)\n", what, Percentile(ms, 0.5),
             Percentile(ms, 0.99), ms.size());
}

std::uintmax_t BytesUnder(const std::filesystem::path& directory) {
  std::uintmax_t bytes = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(directory)) {
    if (entry.is_regular_file()) bytes += entry.file_size();
  }
  return bytes;
}

// The number of the next incident.
std::uint64_t Grow(const std::string& address, std::uint64_t events) {
  double early = 0;
  double late = 0;
  std::uint64_t next = 1;
  for (std::uint64_t left = events; left > 0;) {
    const std::uint64_t count = std::min(left, kMillion);
    const absl::Time begin = absl::Now();
    daybook::bench::AppendMany(address, next, count);
    late = static_cast<double>(count) / absl::ToDoubleSeconds(absl::Now() - begin);
    if (next <= kMillion + 1) early = late;  // of the second million, where there is one
    next += count;
    left -= count;
  }
  fmt::print(
      "appended {} events, 8 sessions of 500 rows: {:.0f}/s early, {:.0f}/s in the end, {:.2f}\n",
      events, early, late, late / early);
  return next;
}

// Appends one event and waits until the views have it, again and again, beside 5,000 events a
// second.
void Visible(const std::string& address, std::uint64_t next, int seconds) {
  constexpr std::uint64_t kPerSecond = 5'000;
  std::atomic<bool> over = false;
  const std::jthread load([&] {
    std::uint64_t number = next + kMillion;
    const absl::Time begin = absl::Now();
    for (std::uint64_t sent = 0; !over; sent += 500) {
      daybook::bench::AppendMany(address, number + sent, 500);
      absl::SleepFor(begin + absl::Milliseconds((sent + 500) * 1000 / kPerSecond) - absl::Now());
    }
  });
  const auto channel = Open(address);
  const auto incidents = daybook::incidents::v1::IncidentService::NewStub(channel);
  const auto admin = daybook::admin::v1::AdminService::NewStub(channel);
  std::vector<double> appended;
  std::vector<double> visible;
  const absl::Time end = absl::Now() + absl::Seconds(seconds);
  while (absl::Now() < end) {
    daybook::incidents::v1::SubmitIncidentRequest request;
    request.mutable_head()->set_request_id(fmt::format("v{}", next));
    request.set_dataset("police-uk-street");
    daybook::bench::FillRow(next++, *request.mutable_incident());
    daybook::incidents::v1::SubmitIncidentResponse response;
    grpc::ClientContext context;
    Identify(context);
    const absl::Time begin = absl::Now();
    MustBeOk(incidents->SubmitIncident(&context, request, &response), "an append");
    appended.push_back(Since(begin));
    daybook::admin::v1::GetViewStatusRequest wait;
    wait.set_min_position(response.receipt().position());
    daybook::admin::v1::GetViewStatusResponse status;
    grpc::ClientContext waiting;
    Identify(waiting);
    MustBeOk(admin->GetViewStatus(&waiting, wait, &status), "waiting for the views");
    visible.push_back(Since(begin));
    absl::SleepFor(absl::Milliseconds(5));
  }
  over = true;
  Print("append, beside 5,000 events/s", std::move(appended));
  Print("append until visible in every view", std::move(visible));
}

void Reports(const std::string& address, std::uint64_t size) {
  const auto stub = daybook::reports::v1::ReportService::NewStub(Open(address));
  const auto render = [&](std::uint64_t as_recorded) {
    daybook::reports::v1::RenderReportRequest request;
    request.set_name("incident-places");
    (*request.mutable_parameters())["force"] = "bench-force";
    (*request.mutable_parameters())["from"] = "2024-01";
    (*request.mutable_parameters())["to"] = "2024-01";
    if (as_recorded > 0) request.mutable_as_of()->set_recorded_size(as_recorded);
    daybook::reports::v1::RenderReportResponse response;
    grpc::ClientContext context;
    Identify(context);
    const absl::Time begin = absl::Now();
    MustBeOk(stub->RenderReport(&context, request, &response), "a report");
    return Since(begin);
  };
  std::vector<double> now;
  for (int i = 0; i < 1000; ++i) now.push_back(render(0));
  Print(fmt::format("report now, of {} events", size), std::move(now));
  std::vector<double> past;
  std::mt19937_64 random(1);
  for (int i = 0; i < 100; ++i) past.push_back(render(1 + random() % size));
  Print("report as of any past position", std::move(past));
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("One ledger that grows.");
  std::string directory;
  std::uint64_t events = kMillion;
  int seconds = 10;
  app.add_option("directory", directory)->required()->check(CLI::ExistingDirectory);
  app.add_option("--events", events)->check(CLI::PositiveNumber);
  app.add_option("--seconds", seconds)->check(CLI::PositiveNumber);
  CLI11_PARSE(app, argc, argv);
  daybook::testing::DaemonProcess daemon(directory);
  std::string address = daemon.Start();
  if (address.empty()) {
    fmt::print(stderr, "error: daybookd did not start\n{}\n", daemon.log());
    return 1;
  }
  daybook::bench::RegisterForce(address);
  const std::uint64_t next = Grow(address, events);
  Visible(address, next, seconds);
  Reports(address, daybook::bench::LogSize(address));
  const std::uint64_t size = daybook::bench::LogSize(address);
  const auto per_event = [size](std::uintmax_t bytes) {
    return static_cast<double>(bytes) / static_cast<double>(size);
  };
  fmt::print("memory of the daemon: {:.0f} MiB; disk: log {:.0f} bytes an event, views {:.0f}\n",
             daybook::bench::ResidentMiB(daemon.pid()),
             per_event(BytesUnder(daemon.data() / "log")),
             per_event(BytesUnder(daemon.data() / "views")));
  daemon.Kill();
  const absl::Time begin = absl::Now();
  address = daemon.Start();
  const bool whole = !address.empty() && daybook::bench::LogSize(address) == size;
  fmt::print("start after kill -9: {:.1f} s{}\n", Since(begin) / 1000,
             whole ? "" : ", AND EVENTS ARE MISSING");
  return whole ? 0 : 1;
}
