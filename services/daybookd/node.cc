#include "services/daybookd/node.h"

#include <algorithm>
#include <filesystem>
#include <thread>
#include <utility>
#include <vector>

#include "eventstore/core/error.h"
#include "eventstore/notify/feed_pump.h"
#include "eventstore/rocksdb/rocks_event_store.h"
#include "eventstore/sealing/local_key_provider.h"
#include "eventstore/staging/row_stage.h"
#include "services/actions/grpc/action_service.h"
#include "services/admin/grpc/admin_service.h"
#include "services/commands/command_runner.h"
#include "services/daybookd/key_part_sealer.h"
#include "services/daybookd/ledger_metrics.h"
#include "services/daybookd/ledger_upkeep.h"
#include "services/daybookd/log_text_opener.h"
#include "services/enforcement/grpc/enforcement_service.h"
#include "services/eventlog/grpc/eventlog_service.h"
#include "services/incidents/application/incident_versions.h"
#include "services/incidents/grpc/incident_service.h"
#include "services/measures/application/register.h"
#include "services/measures/grpc/measure_service.h"
#include "services/partners/application/registers.h"
#include "services/partners/grpc/partner_service.h"
#include "services/referrals/application/referral_versions.h"
#include "services/referrals/grpc/referral_service.h"
#include "services/reports/grpc/report_service.h"
#include "services/runtime/drain.h"
#include "services/runtime/metrics_server.h"
#include "services/runtime/server.h"
#include "services/runtime/stored_views.h"
#include "services/runtime/unary_call.h"
#include "services/runtime/worker_pool.h"
#include "services/scrutiny/grpc/scrutiny_service.h"
#include "services/submissions/application/version_keeper.h"
#include "services/submissions/grpc/submission_service.h"
#include "spdlog/spdlog.h"

namespace daybook::daemon {
namespace {

namespace fs = std::filesystem;

// One a core: deciding a command is work for the processor, and with more threads each command
// wakes one up (measured on two cores: 8 threads 22,000 unary appends a second, 2 threads 26,000).
int CommandThreads() { return std::max(2, static_cast<int>(std::thread::hardware_concurrency())); }

// What the store found at its start, as lifecycle lines.
void LogRecovery(const eventstore::RocksEventStore& store, const eventstore::Checkpoint& head) {
  spdlog::info("log {} incarnation {} opened with {} events", head.log.log_id, head.log.incarnation,
               head.size);
  const eventstore::RecoveryReport report = store.report();
  if (report.events_replayed > 0) {
    spdlog::info("recovery: {} groups with {} events replayed from the journal",
                 report.groups_replayed, report.events_replayed);
  }
  if (report.torn) {
    spdlog::warn("recovery: a write that was never acknowledged was cut off the journal's end");
  }
}

}  // namespace

// Declared in the order of construction; destroyed in reverse, so nothing outlives what it uses.
struct Node::Parts {
  runtime::Config config;
  std::unique_ptr<eventstore::RocksEventStore> store;
  std::unique_ptr<sealing::KeyProvider> keys;
  runtime::StoredViews stored;
  std::unique_ptr<notify::FeedPump> feed;
  std::unique_ptr<KeyPartSealer> sealer;
  std::unique_ptr<LogTextOpener> texts;
  runtime::DrainSignal drain;
  std::unique_ptr<runtime::WorkerPool> pool;
  std::unique_ptr<runtime::WorkerPool> history_pool;  // reports as known on a day
  std::unique_ptr<runtime::WorkerPool> command_pool;
  std::unique_ptr<runtime::WorkerPool> version_pool;  // one thread: one file at a time
  std::unique_ptr<commands::CommandRunner> runner;
  std::unique_ptr<staging::RowStage> stage;
  incidents::IncidentVersions incident_versions;
  referrals::ReferralVersions referral_versions;
  std::unique_ptr<submissions::VersionKeeper> versions;
  std::unique_ptr<runtime::CallEnvironment> env;
  std::unique_ptr<partners::Registers> registers;
  std::unique_ptr<DiskLedgerUpkeep> ledger_upkeep;
  std::unique_ptr<admin::Upkeep> upkeep;
  std::unique_ptr<measures::Measures> measures;
  std::unique_ptr<reporting::ReportReader> report_reader;
  std::unique_ptr<reporting::LedgerReleaseDesk> release_desk;
  std::vector<std::unique_ptr<grpc::Service>> services;
  std::unique_ptr<runtime::Server> server;
  std::unique_ptr<runtime::MetricsServer> metrics;
  bool drained = false;

  absl::Status OpenLedger();
  absl::Status OpenViews();
  absl::Status OpenFeed();
  absl::Status OpenStage();
  void MakeServices();
  absl::Status Serve();
  absl::Status ServeMetrics();
};

absl::Status Node::Parts::OpenLedger() {
  const fs::path data = config.data;
  DAYBOOK_ASSIGN_OR_RETURN(store, eventstore::RocksEventStore::Open(
                                      {.directory = data / "log", .log = [](std::string_view line) {
                                         spdlog::warn("{}", line);
                                       }}));
  const eventstore::Checkpoint head = store->Head();
  LogRecovery(*store, head);
  DAYBOOK_ASSIGN_OR_RETURN(auto local, sealing::OpenLocalKeys(data / "keys"));
  keys = std::move(local.keys);
  if (local.created_now && head.size > 0) {
    return eventstore::MakeError(
        absl::StatusCode::kDataLoss,
        "the log holds events and there were no keys in " + (data / "keys").string(),
        {.reason = std::string(sealing::reason::kPartDamaged),
         .remedy =
             "Bring the keys back from their backup. To go on without the sealed parts, start "
             "again: the new keys that were made now are kept.",
         .fields = {},
         .metadata = {}});
  }
  return absl::OkStatus();
}

absl::Status Node::Parts::OpenViews() {
  DAYBOOK_ASSIGN_OR_RETURN(stored,
                           runtime::OpenStoredViews(*store, fs::path(config.data) / "views"));
  return absl::OkStatus();
}

absl::Status Node::Parts::OpenFeed() {
  if (config.feed == "off") return absl::OkStatus();
  DAYBOOK_ASSIGN_OR_RETURN(feed, notify::FeedPump::Start(*store, config.feed));
  spdlog::info("feed published at {}", feed->endpoint());
  return absl::OkStatus();
}

absl::Status Node::Parts::OpenStage() {
  DAYBOOK_ASSIGN_OR_RETURN(stage, staging::RowStage::Open(fs::path(config.data) / "staging"));
  return absl::OkStatus();
}

void Node::Parts::MakeServices() {
  sealer = std::make_unique<KeyPartSealer>(*keys);
  texts = std::make_unique<LogTextOpener>(*store, *keys);
  pool = std::make_unique<runtime::WorkerPool>(static_cast<int>(config.workers));
  history_pool = std::make_unique<runtime::WorkerPool>(runtime::kHistoryThreads);
  command_pool = std::make_unique<runtime::WorkerPool>(CommandThreads());
  version_pool = std::make_unique<runtime::WorkerPool>(1);
  runner = std::make_unique<commands::CommandRunner>(*store, *sealer, *command_pool);
  env = std::make_unique<runtime::CallEnvironment>(
      runtime::CallEnvironment{*store, *runner, *pool, *command_pool, eventstore::SystemClock()});
  registers = std::make_unique<partners::Registers>(*store);
  ledger_upkeep = std::make_unique<DiskLedgerUpkeep>(*store, *keys);
  upkeep = std::make_unique<admin::Upkeep>(*ledger_upkeep, fs::path(config.data) / "upkeep.json");
  measures = std::make_unique<measures::Measures>(*store);
  services.push_back(std::make_unique<partners::PartnerServiceImpl>(*env, *registers));
  services.push_back(
      std::make_unique<measures::MeasureServiceImpl>(*env, *measures, *registers, drain));
  services.push_back(std::make_unique<actions::ActionServiceImpl>(*env, *registers));
  services.push_back(std::make_unique<enforcement::EnforcementServiceImpl>(*env, *registers));
  services.push_back(std::make_unique<scrutiny::ScrutinyServiceImpl>(*env, *registers));
  versions = std::make_unique<submissions::VersionKeeper>(
      *store, *runner, *stage, env->clock,
      std::vector<const commands::VersionedRows*>{&incident_versions, &referral_versions});
  services.push_back(
      std::make_unique<referrals::ReferralServiceImpl>(*env, *registers, *versions, drain));
  services.push_back(
      std::make_unique<incidents::IncidentServiceImpl>(*env, *registers, *versions, drain));
  services.push_back(
      std::make_unique<submissions::SubmissionServiceImpl>(*env, *versions, *version_pool));
  services.push_back(std::make_unique<eventlog::EventLogServiceImpl>(*env, drain));
  report_reader = std::make_unique<reporting::ReportReader>(*stored.views, *store, *texts,
                                                            eventstore::SystemClock());
  release_desk = std::make_unique<reporting::LedgerReleaseDesk>(*env, *history_pool, *stored.views,
                                                                *report_reader);
  services.push_back(std::make_unique<reporting::ReportServiceImpl>(
      runtime::ReadsOf(*env), *history_pool, *stored.views, *report_reader, *release_desk));
  services.push_back(std::make_unique<admin::AdminServiceImpl>(*env, *stored.views, *upkeep,
                                                               fs::absolute(config.data)));
}

absl::Status Node::Parts::Serve() {
  std::vector<grpc::Service*> all;
  for (const auto& service : services) all.push_back(service.get());
  DAYBOOK_ASSIGN_OR_RETURN(server, runtime::Server::Start(config.listen, all, drain));
  spdlog::info("serving at {}", server->address());
  return absl::OkStatus();
}

absl::Status Node::Parts::ServeMetrics() {
  if (config.metrics == "off") return absl::OkStatus();
  auto source = std::make_shared<LedgerMetrics>(*store, *stored.views, *upkeep, config.data,
                                                eventstore::SystemClock());
  DAYBOOK_ASSIGN_OR_RETURN(metrics,
                           runtime::MetricsServer::Start(config.metrics, std::move(source)));
  spdlog::info("metrics at http://{}/metrics", metrics->address());
  return absl::OkStatus();
}

Node::Node(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

absl::StatusOr<std::unique_ptr<Node>> Node::Start(const runtime::Config& config) {
  DAYBOOK_RETURN_IF_ERROR(runtime::ValidateConfig(config));
  auto parts = std::make_unique<Parts>();
  parts->config = config;
  DAYBOOK_RETURN_IF_ERROR(parts->OpenLedger());
  DAYBOOK_RETURN_IF_ERROR(parts->OpenViews());
  DAYBOOK_RETURN_IF_ERROR(parts->OpenFeed());
  DAYBOOK_RETURN_IF_ERROR(parts->OpenStage());
  parts->MakeServices();
  DAYBOOK_RETURN_IF_ERROR(parts->Serve());
  DAYBOOK_RETURN_IF_ERROR(parts->ServeMetrics());
  return std::unique_ptr<Node>(new Node(std::move(parts)));
}

Node::~Node() {
  parts_->config.drain_seconds = 0;
  Drain();
}

const std::string& Node::address() const { return parts_->server->address(); }

std::string Node::feed_address() const { return parts_->feed ? parts_->feed->endpoint() : ""; }

std::string Node::metrics_address() const {
  return parts_->metrics ? parts_->metrics->address() : "";
}

void Node::Drain() {
  if (parts_->drained) return;
  parts_->drained = true;
  spdlog::info("draining for at most {} s", parts_->config.drain_seconds);
  {
    // Its library takes a second and a half to stop.
    const std::jthread stop_metrics([this] { parts_->metrics.reset(); });
    parts_->server->Drain(std::chrono::seconds(parts_->config.drain_seconds));
  }
  parts_->version_pool->Stop();
  parts_->command_pool->Stop();
  parts_->history_pool->Stop();
  parts_->pool->Stop();
  parts_->feed.reset();
  runtime::Stop(parts_->stored);
  if (const auto closed = parts_->store->Close(); !closed.ok()) {
    spdlog::warn("the log was not closed in good order, the next start recovers it: {}",
                 eventstore::Message(closed));
  }
  spdlog::info("stopped");
}

}  // namespace daybook::daemon
