#include "tests/support/daemon_process.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <iterator>
#include <thread>

namespace daybook::testing {
namespace {

std::string ReadFile(const std::filesystem::path& path) {
  std::ifstream in(path);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

}  // namespace

std::string DaemonProcess::Start() {
  const std::string address_file = (directory_ / "address").string();
  const std::string log_file = (directory_ / "log").string();
  const std::string data_directory = data().string();
  std::filesystem::remove(address_file);
  pid_ = ::fork();
  if (pid_ == 0) {
    const int log = ::open(log_file.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    ::dup2(log, STDOUT_FILENO);
    ::dup2(log, STDERR_FILENO);
    ::execl(DAYBOOKD_PROGRAM, DAYBOOKD_PROGRAM, "--data", data_directory.c_str(), "--listen",
            "127.0.0.1:0", "--feed", "off", "--metrics", "off", "--address-file",
            address_file.c_str(), nullptr);
    ::_exit(127);
  }
  // The file is renamed into its place, so it is there as a whole.
  while (!std::filesystem::exists(address_file)) {
    if (::waitpid(pid_, nullptr, WNOHANG) == pid_) {
      pid_ = -1;
      return "";
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  const std::string addresses = ReadFile(address_file);
  return addresses.substr(0, addresses.find('\n'));
}

void DaemonProcess::Kill() {
  if (pid_ < 0) return;
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
  pid_ = -1;
}

std::string DaemonProcess::log() const { return ReadFile(directory_ / "log"); }

}  // namespace daybook::testing
