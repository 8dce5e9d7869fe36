#include "services/cli/private_daemon.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <utility>

#include "absl/time/clock.h"
#include "absl/time/time.h"

extern char** environ;

namespace daybook::cli {
namespace {

namespace fs = std::filesystem;

constexpr absl::Duration kStartMax = absl::Seconds(30);

absl::StatusOr<pid_t> Spawn(const fs::path& program, const fs::path& directory) {
  const std::string log = (directory / "daybookd.log").string();
  const std::string data = (directory / "data").string();
  const std::string address = (directory / "address").string();
  const char* const argv[] = {program.c_str(), "--data",         data.c_str(),    "--listen",
                              "127.0.0.1:0",   "--feed",         "off",           "--metrics",
                              "off",           "--address-file", address.c_str(), nullptr};
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, log.c_str(), O_WRONLY | O_CREAT, 0600);
  pid_t pid = 0;
  const int error = posix_spawn(&pid, program.c_str(), &actions, nullptr,
                                const_cast<char* const*>(argv), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) return absl::UnavailableError("cannot start " + program.string());
  return pid;
}

}  // namespace

absl::StatusOr<std::unique_ptr<PrivateDaemon>> PrivateDaemon::Start(const fs::path& parent) {
  std::error_code error;
  const fs::path self = fs::read_symlink("/proc/self/exe", error);
  std::string pattern = (parent / "daybook-bench-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) {
    return absl::UnavailableError("cannot make a directory in " + parent.string());
  }
  const auto pid = Spawn(self.parent_path() / "daybookd", pattern);
  if (!pid.ok()) return pid.status();
  std::unique_ptr<PrivateDaemon> daemon(new PrivateDaemon(pattern, *pid));
  const absl::Time deadline = absl::Now() + kStartMax;
  while (absl::Now() < deadline) {
    std::ifstream in(daemon->directory_ / "address");
    if (std::getline(in, daemon->address_) && !daemon->address_.empty()) return daemon;
    if (waitpid(daemon->pid_, nullptr, WNOHANG) == daemon->pid_) {
      daemon->pid_ = 0;
      break;
    }
    absl::SleepFor(absl::Milliseconds(20));
  }
  return absl::UnavailableError("the daybookd of the benchmark did not serve");
}

PrivateDaemon::~PrivateDaemon() {
  if (pid_ > 0) {
    kill(pid_, SIGTERM);
    waitpid(pid_, nullptr, 0);
  }
  std::error_code ignored;
  fs::remove_all(directory_, ignored);
}

}  // namespace daybook::cli
