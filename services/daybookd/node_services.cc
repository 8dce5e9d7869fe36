// The gRPC services of a node, and what they share.
#include <algorithm>
#include <filesystem>
#include <thread>
#include <vector>

#include "services/actions/grpc/action_service.h"
#include "services/admin/grpc/admin_service.h"
#include "services/daybookd/node_parts.h"
#include "services/enforcement/grpc/enforcement_service.h"
#include "services/eventlog/grpc/eventlog_service.h"
#include "services/incidents/grpc/incident_service.h"
#include "services/measures/grpc/measure_service.h"
#include "services/partners/grpc/partner_service.h"
#include "services/referrals/grpc/referral_service.h"
#include "services/reports/grpc/report_service.h"
#include "services/scrutiny/grpc/scrutiny_service.h"
#include "services/submissions/grpc/submission_service.h"
#include "spdlog/spdlog.h"

namespace daybook::daemon {
namespace {

namespace fs = std::filesystem;

// One a core: deciding a command is work for the processor, and with more threads each command
// wakes one up (measured on two cores: 8 threads 22,000 unary appends a second, 2 threads 26,000).
int CommandThreads() { return std::max(2, static_cast<int>(std::thread::hardware_concurrency())); }

}  // namespace

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
  senders = std::make_unique<partners::Senders>(*registers, config.operator_agency);
  if (const auto doubt = senders->DoubtAboutOperator(); doubt.ok() && !doubt->empty()) {
    spdlog::warn("{}; start daybookd with --operator and the id of a registered agency", *doubt);
  }
  env->takes_personal_data = config.personal_data;
  env->may_send = [this](const commands::Caller& caller) { return senders->MaySend(caller); };
  ledger_upkeep = std::make_unique<DiskLedgerUpkeep>(*store, *keys);
  upkeep = std::make_unique<admin::Upkeep>(*ledger_upkeep, fs::path(config.data) / "upkeep.json");
  measures = std::make_unique<measures::Measures>(*store);
  services.push_back(std::make_unique<partners::PartnerServiceImpl>(
      *env, *registers,
      [this](const commands::Caller& caller) { return senders->MayRegister(caller); }));
  services.push_back(
      std::make_unique<measures::MeasureServiceImpl>(*env, *measures, *registers, drain));
  services.push_back(std::make_unique<actions::ActionServiceImpl>(*env, *registers, *sealer));
  services.push_back(
      std::make_unique<enforcement::EnforcementServiceImpl>(*env, *registers, *sealer));
  services.push_back(std::make_unique<scrutiny::ScrutinyServiceImpl>(*env, *registers));
  incident_versions = std::make_unique<incidents::IncidentVersions>(*sealer);
  referral_versions = std::make_unique<referrals::ReferralVersions>(*sealer);
  versions = std::make_unique<submissions::VersionKeeper>(
      *store, *runner, *stage, env->clock,
      std::vector<const commands::VersionedRows*>{incident_versions.get(),
                                                  referral_versions.get()});
  services.push_back(std::make_unique<referrals::ReferralServiceImpl>(
      *env, *registers, *measures, *versions, *sealer, *sealer, drain));
  services.push_back(std::make_unique<incidents::IncidentServiceImpl>(*env, *registers, *versions,
                                                                      *sealer, drain));
  services.push_back(std::make_unique<submissions::SubmissionServiceImpl>(
      *env, *registers, *versions, *sealer, *sealer, *version_pool));
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

}  // namespace daybook::daemon
