#include "tests/bench/bench_client.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <thread>

#include "daybook/eventlog/v1/eventlog_service.grpc.pb.h"
#include "daybook/partners/v1/partners_service.grpc.pb.h"
#include "fmt/format.h"
#include "grpcpp/create_channel.h"

namespace daybook::bench {

void Identify(grpc::ClientContext& context) {
  context.AddMetadata("daybook-agency", "bench");
  context.AddMetadata("daybook-actor", "bench");
}

std::shared_ptr<grpc::Channel> Open(const std::string& address) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  arguments.SetMaxReceiveMessageSize(-1);
  return grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments);
}

void MustBeOk(const grpc::Status& status, const std::string& what) {
  if (status.ok()) return;
  fmt::print(stderr, "error: {}: {}\n", what, status.error_message());
  std::exit(1);
}

void RegisterForce(const std::string& address) {
  const auto stub = partners::v1::PartnerService::NewStub(Open(address));
  grpc::ClientContext context;
  Identify(context);
  partners::v1::RegisterOrganisationRequest request;
  request.mutable_head()->set_request_id("bench-force");
  request.set_organisation_id("bench-force");
  request.set_name("Bench force");
  request.set_kind("police");
  partners::v1::RegisterOrganisationResponse response;
  MustBeOk(stub->RegisterOrganisation(&context, request, &response), "registering the force");
}

void FillRow(std::uint64_t number, incidents::v1::IncidentRow& row) {
  row.set_row(static_cast<std::uint32_t>(number % 1'000'000 + 1));
  row.set_source_key(fmt::format("{:064x}", number));
  row.set_month("2024-01");
  row.set_type("violent-crime");
  row.set_force("bench-force");
  row.set_district("Colchester");
  row.set_lsoa_code("E01021237");
  row.set_outcome("under-investigation");
  row.set_longitude("0.901681");
  row.set_latitude("51.883063");
  row.set_location(std::string(20, 'x'));
}

namespace {

constexpr std::uint64_t kRows = 500;

void AppendShare(const std::string& address, std::atomic<std::uint64_t>& next, std::uint64_t end) {
  const auto stub = incidents::v1::IncidentService::NewStub(Open(address));
  grpc::ClientContext context;
  Identify(context);
  const auto stream = stub->SubmitIncidents(&context);
  incidents::v1::SubmitIncidentsRequest request;
  incidents::v1::SubmitIncidentsResponse response;
  for (std::uint64_t first = next.fetch_add(kRows); first < end; first = next.fetch_add(kRows)) {
    request.Clear();
    request.mutable_head()->set_request_id(fmt::format("m{}", first));
    request.set_dataset("police-uk-street");
    for (std::uint64_t i = first; i < std::min(first + kRows, end); ++i) {
      FillRow(i, *request.add_rows());
    }
    if (!stream->Write(request) || !stream->Read(&response)) break;
    if (response.has_error()) {
      MustBeOk({grpc::StatusCode::UNKNOWN, response.error().message()}, "a message of rows");
    }
  }
  stream->WritesDone();
  MustBeOk(stream->Finish(), "a session of rows");
}

}  // namespace

void AppendMany(const std::string& address, std::uint64_t first, std::uint64_t count) {
  constexpr std::uint64_t kSessions = 8;
  const std::uint64_t sessions = std::min(kSessions, (count + kRows - 1) / kRows);
  std::atomic<std::uint64_t> next = first;
  std::vector<std::jthread> threads;
  for (std::uint64_t i = 0; i < sessions; ++i) {
    threads.emplace_back([&] { AppendShare(address, next, first + count); });
  }
}

std::uint64_t LogSize(const std::string& address) {
  const auto stub = eventlog::v1::EventLogService::NewStub(Open(address));
  grpc::ClientContext context;
  Identify(context);
  context.set_wait_for_ready(true);
  eventlog::v1::GetHeadResponse response;
  MustBeOk(stub->GetHead(&context, {}, &response), "asking for the head");
  return response.head().size();
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

double Percentile(const std::vector<double>& sorted, double share) {
  if (sorted.empty()) return 0;
  return sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1))];
}

}  // namespace daybook::bench
