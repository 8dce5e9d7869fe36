// daybookd: everything of one ledger in one process.
#include <csignal>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/synchronization/mutex.h"
#include "services/daybookd/node.h"
#include "services/runtime/config.h"
#include "services/runtime/logging.h"
#include "services/runtime/program.h"
#include "services/runtime/version.h"
#include "spdlog/spdlog.h"

// Read by jemalloc, where the program is linked with it: what a burst of clients needed goes back
// to the system within seconds, also when nothing is allocated afterwards.
extern "C" {
extern const char* malloc_conf;
const char* malloc_conf = "background_thread:true,dirty_decay_ms:500,muzzy_decay_ms:0,narenas:4";
}

namespace {

using daybook::runtime::Config;

}  // namespace

int main(int argc, char** argv) {
  // Debian's absl, gRPC's mutexes with it, is built with the search for deadlocks that the tests
  // run with; a server pays a fifth of its time for it.
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
  // Blocked before any thread exists, so that every thread inherits it and sigwait below gets it.
  sigset_t stop_signals;
  sigemptyset(&stop_signals);
  sigaddset(&stop_signals, SIGTERM);
  sigaddset(&stop_signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &stop_signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);

  CLI::App app("The event ledger of a Community Safety Partnership. No configuration is needed.");
  std::string config_file;
  std::string address_file;
  Config flags;
  app.add_option("--config", config_file, "TOML file; flags win over it");
  auto* data = app.add_option("--data", flags.data, "data directory")->capture_default_str();
  auto* listen = app.add_option("--listen", flags.listen, "gRPC address, port 0 = any free one")
                     ->capture_default_str();
  auto* feed = app.add_option("--feed", flags.feed, "ZeroMQ address of the feed, or off")
                   ->capture_default_str();
  auto* metrics = app.add_option("--metrics", flags.metrics, "HTTP address of the metrics, or off")
                      ->capture_default_str();
  auto* operator_agency =
      app.add_option("--operator", flags.operator_agency,
                     "id of the agency that runs the ledger and alone registers organisations");
  auto* personal = app.add_flag("--personal-data", flags.personal_data,
                                "take cells about persons; refused without it");
  auto* level = app.add_option("--log-level", flags.log_level, "trace, debug, info, warn, error")
                    ->capture_default_str();
  app.add_option("--address-file", address_file, "write the bound addresses here once serving");
  auto* lost_keys = app.add_flag("--accept-lost-keys", flags.accept_lost_keys,
                                 "make new keys where those of the log are gone: nothing sealed "
                                 "until now can be opened again");
  app.set_version_flag("--version", daybook::runtime::VersionText("daybookd"));
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : daybook::runtime::kWrongUsage;
  }

  Config config;
  if (!config_file.empty()) {
    auto loaded = daybook::runtime::LoadConfig(config_file);
    if (!loaded.ok()) return daybook::runtime::FailToStart(loaded.status());
    config = *loaded;
  }
  if (data->count() > 0) config.data = flags.data;
  if (listen->count() > 0) config.listen = flags.listen;
  if (feed->count() > 0) config.feed = flags.feed;
  if (metrics->count() > 0) config.metrics = flags.metrics;
  if (lost_keys->count() > 0) config.accept_lost_keys = flags.accept_lost_keys;
  if (operator_agency->count() > 0) config.operator_agency = flags.operator_agency;
  if (personal->count() > 0) config.personal_data = flags.personal_data;
  if (level->count() > 0) config.log_level = flags.log_level;
  if (auto valid = daybook::runtime::ValidateConfig(config); !valid.ok())
    return daybook::runtime::FailToStart(valid);

  daybook::runtime::InitLogging(config.log_level);
  spdlog::info("{}", daybook::runtime::VersionText("daybookd"));
  auto node = daybook::daemon::Node::Start(config);
  if (!node.ok()) return daybook::runtime::FailToStart(node.status());
  const std::vector<std::string> addresses = {(*node)->address(), (*node)->feed_address(),
                                              (*node)->metrics_address()};
  if (!address_file.empty() && !daybook::runtime::WriteAddressFile(address_file, addresses)) {
    return daybook::runtime::kRefusedToStart;
  }
  int signal = 0;
  sigwait(&stop_signals, &signal);
  (*node)->Drain();
  return 0;
}
