#include "services/daybookd/node.h"

#include <filesystem>
#include <thread>
#include <utility>
#include <vector>

#include "eventstore/core/error.h"
#include "eventstore/sealing/local_key_provider.h"
#include "services/daybookd/ledger_metrics.h"
#include "services/daybookd/node_parts.h"
#include "spdlog/spdlog.h"

namespace daybook::daemon {
namespace {

namespace fs = std::filesystem;

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

// Keys without their log: its disk is not mounted, or it was moved. A new log would be begun, and
// everything that was recorded would seem not to exist.
absl::Status RefuseLostLog(const fs::path& data) {
  std::error_code error;
  if (fs::exists(data / "log", error) && !fs::is_empty(data / "log", error))
    return absl::OkStatus();
  const auto has_keys = sealing::CheckLocalKeys(data / "keys");
  if (!has_keys.ok() || !*has_keys) return absl::OkStatus();
  return eventstore::MakeError(
      absl::StatusCode::kDataLoss,
      "the keys of a ledger are in " + (data / "keys").string() + ", and its log is not in " +
          (data / "log").string(),
      {.reason = std::string(sealing::reason::kPartDamaged),
       .remedy =
           "See whether its disk is mounted, bring it back, or restore the latest backup into "
           "a new directory. For a new ledger name a directory of its own.",
       .fields = {},
       .metadata = {}});
}

}  // namespace

absl::Status Node::Parts::OpenLedger() {
  const fs::path data = config.data;
  DAYBOOK_RETURN_IF_ERROR(RefuseLostLog(data));
  DAYBOOK_ASSIGN_OR_RETURN(store, eventstore::RocksEventStore::Open(
                                      {.directory = data / "log", .log = [](std::string_view line) {
                                         spdlog::warn("{}", line);
                                       }}));
  const eventstore::Checkpoint head = store->Head();
  LogRecovery(*store, head);
  const bool may_make = head.size == 0 || config.accept_lost_keys;
  DAYBOOK_ASSIGN_OR_RETURN(keys, sealing::OpenLocalKeys(data / "keys",
                                                        may_make ? sealing::MissingKeys::kMake
                                                                 : sealing::MissingKeys::kRefuse,
                                                        head.log.log_id));
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
