#include "services/projector/projector.h"

#include <filesystem>
#include <utility>
#include <vector>

#include "eventstore/core/clock.h"
#include "eventstore/core/error.h"
#include "eventstore/core/limits.h"
#include "grpcpp/create_channel.h"
#include "services/projector/remote_ledger.h"
#include "services/projector/remote_log.h"
#include "services/projector/view_admin.h"
#include "services/reports/application/report_reader.h"
#include "services/reports/grpc/report_service.h"
#include "services/runtime/drain.h"
#include "services/runtime/server.h"
#include "services/runtime/stored_views.h"
#include "services/runtime/worker_pool.h"
#include "spdlog/spdlog.h"

namespace daybook::projector {

namespace fs = std::filesystem;

// Declared in the order of construction; destroyed in reverse, so nothing outlives what it uses.
struct Projector::Parts {
  ProjectorConfig config;
  std::shared_ptr<grpc::Channel> channel;
  std::unique_ptr<RemoteLog> log;
  runtime::StoredViews stored;
  std::unique_ptr<RemoteTextOpener> texts;
  std::unique_ptr<RemoteReleaseDesk> desk;
  std::unique_ptr<reporting::ReportReader> reader;
  runtime::DrainSignal drain;
  std::unique_ptr<runtime::WorkerPool> pool;
  std::unique_ptr<runtime::WorkerPool> history_pool;  // reports as known on a day
  std::vector<std::unique_ptr<grpc::Service>> services;
  std::unique_ptr<runtime::Server> server;
  bool drained = false;

  absl::Status Connect(std::function<void()> on_another_log);
  absl::Status OpenViews();
  absl::Status Serve();
};

absl::Status Projector::Parts::Connect(std::function<void()> on_another_log) {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(4 * static_cast<int>(eventstore::limits::kMessageBytesMax));
  // A ledger that comes back is found again within seconds.
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 2000);
  channel = grpc::CreateCustomChannel(config.ledger, grpc::InsecureChannelCredentials(), arguments);
  RemoteLogOptions options;
  options.feed = config.feed;
  options.poll = config.poll;
  options.on_another_log = std::move(on_another_log);
  DAYBOOK_ASSIGN_OR_RETURN(log, RemoteLog::Open(channel, std::move(options), config.patience));
  const eventstore::Checkpoint head = log->Head();
  spdlog::info("following log {} incarnation {} of {}, {} events", head.log.log_id,
               head.log.incarnation, config.ledger, head.size);
  return absl::OkStatus();
}

absl::Status Projector::Parts::OpenViews() {
  std::error_code error;
  fs::create_directories(config.data, error);
  if (error) {
    return eventstore::MakeError(
        absl::StatusCode::kFailedPrecondition,
        "the directory " + config.data + " cannot be made: " + error.message(),
        {.reason = std::string(eventstore::reason::kDirectoryUnusable),
         .remedy = "Choose another one with --data, or make it and let this user write to it."});
  }
  DAYBOOK_ASSIGN_OR_RETURN(stored, runtime::OpenStoredViews(*log, fs::path(config.data) / "views"));
  return absl::OkStatus();
}

absl::Status Projector::Parts::Serve() {
  texts = std::make_unique<RemoteTextOpener>(channel);
  desk = std::make_unique<RemoteReleaseDesk>(channel);
  reader = std::make_unique<reporting::ReportReader>(*stored.views, *log, *texts,
                                                     eventstore::SystemClock());
  pool = std::make_unique<runtime::WorkerPool>(static_cast<int>(config.workers));
  history_pool = std::make_unique<runtime::WorkerPool>(runtime::kHistoryThreads);
  const runtime::ReadEnvironment env{*pool, eventstore::SystemClock()};
  services.push_back(std::make_unique<reporting::ReportServiceImpl>(env, *history_pool,
                                                                    *stored.views, *reader, *desk));
  services.push_back(std::make_unique<ViewAdmin>(env, *stored.views));
  std::vector<grpc::Service*> all;
  for (const auto& service : services) all.push_back(service.get());
  DAYBOOK_ASSIGN_OR_RETURN(server, runtime::Server::Start(config.listen, all, drain));
  spdlog::info("serving reports at {}", server->address());
  return absl::OkStatus();
}

Projector::Projector(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Projector::~Projector() { Drain(); }

absl::StatusOr<std::unique_ptr<Projector>> Projector::Start(const ProjectorConfig& config,
                                                            std::function<void()> on_another_log) {
  auto parts = std::make_unique<Parts>();
  parts->config = config;
  DAYBOOK_RETURN_IF_ERROR(parts->Connect(std::move(on_another_log)));
  DAYBOOK_RETURN_IF_ERROR(parts->OpenViews());
  DAYBOOK_RETURN_IF_ERROR(parts->Serve());
  return std::unique_ptr<Projector>(new Projector(std::move(parts)));
}

const std::string& Projector::address() const { return parts_->server->address(); }

void Projector::Drain() {
  if (parts_->drained) return;
  parts_->drained = true;
  parts_->server->Drain(std::chrono::seconds(parts_->config.drain_seconds));
  parts_->history_pool->Stop();
  parts_->pool->Stop();
  runtime::Stop(parts_->stored);
  spdlog::info("stopped");
}

}  // namespace daybook::projector
