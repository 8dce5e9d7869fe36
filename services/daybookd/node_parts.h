// What a node owns. For node.cc and node_services.cc only.
#pragma once

#include <memory>
#include <vector>

#include "eventstore/notify/feed_pump.h"
#include "eventstore/rocksdb/rocks_event_store.h"
#include "eventstore/sealing/key_provider.h"
#include "eventstore/staging/row_stage.h"
#include "grpcpp/impl/service_type.h"
#include "services/commands/command_runner.h"
#include "services/daybookd/key_part_sealer.h"
#include "services/daybookd/ledger_upkeep.h"
#include "services/daybookd/log_text_opener.h"
#include "services/daybookd/node.h"
#include "services/incidents/application/incident_versions.h"
#include "services/measures/application/register.h"
#include "services/partners/application/registers.h"
#include "services/partners/application/senders.h"
#include "services/referrals/application/referral_versions.h"
#include "services/reports/application/report_reader.h"
#include "services/reports/grpc/release_desk.h"
#include "services/runtime/config.h"
#include "services/runtime/drain.h"
#include "services/runtime/metrics_server.h"
#include "services/runtime/server.h"
#include "services/runtime/stored_views.h"
#include "services/runtime/unary_call.h"
#include "services/runtime/worker_pool.h"
#include "services/submissions/application/version_keeper.h"

namespace daybook::daemon {

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
  std::unique_ptr<incidents::IncidentVersions> incident_versions;
  std::unique_ptr<referrals::ReferralVersions> referral_versions;
  std::unique_ptr<submissions::VersionKeeper> versions;
  std::unique_ptr<runtime::CallEnvironment> env;
  std::unique_ptr<partners::Registers> registers;
  std::unique_ptr<partners::Senders> senders;
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

}  // namespace daybook::daemon
