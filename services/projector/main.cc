// daybook-projector: the views of a ledger elsewhere, and reports on them.
#include <unistd.h>

#include <csignal>
#include <string>

#include "CLI/CLI.hpp"
#include "absl/synchronization/mutex.h"
#include "services/projector/projector.h"
#include "services/runtime/config.h"
#include "services/runtime/logging.h"
#include "services/runtime/program.h"
#include "services/runtime/version.h"
#include "spdlog/spdlog.h"

namespace {

using daybook::projector::Projector;
using daybook::projector::ProjectorConfig;

// What the daemon's configuration checks of the same settings: above all that it listens on
// loopback only, for there is no identity yet.
absl::Status Validate(const ProjectorConfig& config, const std::string& level) {
  daybook::runtime::Config same;
  same.data = config.data;
  same.listen = config.listen;
  same.feed = config.feed;
  same.metrics = "off";
  same.log_level = level;
  same.workers = config.workers;
  same.drain_seconds = config.drain_seconds;
  return daybook::runtime::ValidateConfig(same);
}

// Serves until a signal; SIGUSR1 is our own and says that the ledger is another one now.
int Serve(const ProjectorConfig& config, const std::string& address_file, const sigset_t& signals) {
  while (true) {
    auto projector = Projector::Start(config, [] { kill(getpid(), SIGUSR1); });
    if (!projector.ok()) return daybook::runtime::FailToStart(projector.status());
    if (!address_file.empty() &&
        !daybook::runtime::WriteAddressFile(address_file, {(*projector)->address()})) {
      return daybook::runtime::kRefusedToStart;
    }
    int signal = 0;
    sigwait(&signals, &signal);
    (*projector)->Drain();
    if (signal != SIGUSR1) return 0;
    spdlog::warn("the ledger has another log than before; the views are made anew");
  }
}

}  // namespace

int main(int argc, char** argv) {
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
  // Blocked before any thread exists, so that every thread inherits it and sigwait gets it.
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : {SIGTERM, SIGINT, SIGUSR1}) sigaddset(&signals, signal);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);

  CLI::App app("Follows a ledger, keeps views of its own and serves reports on them.");
  ProjectorConfig config;
  std::string level = "info";
  std::string address_file;
  app.add_option("--ledger", config.ledger, "gRPC address of daybookd")->capture_default_str();
  app.add_option("--feed", config.feed, "ZeroMQ address of its feed, or off")
      ->capture_default_str();
  app.add_option("--data", config.data, "directory of the views")->capture_default_str();
  app.add_option("--listen", config.listen, "gRPC address, port 0 = any free one")
      ->capture_default_str();
  std::int64_t wait = 30;
  app.add_option("--wait", wait, "seconds to wait for a ledger that does not answer, at the start")
      ->check(CLI::Range(0, 3600))
      ->capture_default_str();
  app.add_option("--workers", config.workers, "threads that render")->capture_default_str();
  app.add_option("--log-level", level, "trace, debug, info, warn, error")->capture_default_str();
  app.add_option("--address-file", address_file, "write the bound address here once serving");
  app.set_version_flag("--version", daybook::runtime::VersionText("daybook-projector"));
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : daybook::runtime::kWrongUsage;
  }
  config.patience = std::chrono::seconds(wait);
  if (const absl::Status valid = Validate(config, level); !valid.ok())
    return daybook::runtime::FailToStart(valid);
  daybook::runtime::InitLogging(level);
  spdlog::info("{}", daybook::runtime::VersionText("daybook-projector"));
  return Serve(config, address_file, signals);
}
