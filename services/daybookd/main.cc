// daybookd: everything of one ledger in one process.
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include "CLI/CLI.hpp"
#include "absl/synchronization/mutex.h"
#include "eventstore/core/error.h"
#include "services/daybookd/node.h"
#include "services/runtime/config.h"
#include "services/runtime/logging.h"

// Read by jemalloc, where the program is linked with it: what a burst of clients needed goes back
// to the system within seconds, also when nothing is allocated afterwards.
extern "C" {
extern const char* malloc_conf;
const char* malloc_conf = "background_thread:true,dirty_decay_ms:500,muzzy_decay_ms:0,narenas:4";
}

namespace {

using daybook::runtime::Config;

constexpr int kRefused = 1;
constexpr int kUsage = 2;

int Fail(const absl::Status& status) {
  std::fprintf(stderr, "error: %s\n", daybook::eventstore::Message(status).c_str());
  if (const auto detail = daybook::eventstore::GetErrorDetail(status)) {
    std::fprintf(stderr, "       reason  %s\n", detail->reason.c_str());
    for (const auto& field : detail->fields) {
      std::fprintf(stderr, "       field   %s: %s\n", field.field.c_str(),
                   field.description.c_str());
    }
    if (!detail->remedy.empty())
      std::fprintf(stderr, "       do      %s\n", detail->remedy.c_str());
  }
  return kRefused;
}

// Three lines, gRPC, feed and metrics, put in place at once so that a reader never sees half.
bool WriteAddresses(const std::string& path, const daybook::daemon::Node& node) {
  const std::string temporary = path + ".tmp";
  {
    std::ofstream out(temporary);
    out << node.address() << '\n' << node.feed_address() << '\n' << node.metrics_address() << '\n';
    if (!out.flush()) return false;
  }
  std::error_code error;
  std::filesystem::rename(temporary, path, error);
  return !error;
}

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
  auto* level = app.add_option("--log-level", flags.log_level, "trace, debug, info, warn, error")
                    ->capture_default_str();
  app.add_option("--address-file", address_file, "write the bound addresses here once serving");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : kUsage;
  }

  Config config;
  if (!config_file.empty()) {
    auto loaded = daybook::runtime::LoadConfig(config_file);
    if (!loaded.ok()) return Fail(loaded.status());
    config = *loaded;
  }
  if (data->count() > 0) config.data = flags.data;
  if (listen->count() > 0) config.listen = flags.listen;
  if (feed->count() > 0) config.feed = flags.feed;
  if (metrics->count() > 0) config.metrics = flags.metrics;
  if (level->count() > 0) config.log_level = flags.log_level;
  if (auto valid = daybook::runtime::ValidateConfig(config); !valid.ok()) return Fail(valid);

  daybook::runtime::InitLogging(config.log_level);
  auto node = daybook::daemon::Node::Start(config);
  if (!node.ok()) return Fail(node.status());
  if (!address_file.empty() && !WriteAddresses(address_file, **node)) {
    std::fprintf(stderr, "error: cannot write %s\n", address_file.c_str());
    return kRefused;
  }
  int signal = 0;
  sigwait(&stop_signals, &signal);
  (*node)->Drain();
  return 0;
}
