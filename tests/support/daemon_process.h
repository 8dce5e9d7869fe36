// daybookd as a process of its own, to be killed.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>

namespace daybook::testing {

// Not thread-safe. Kills what still runs when it goes.
class DaemonProcess {
 public:
  explicit DaemonProcess(std::filesystem::path directory) : directory_(std::move(directory)) {}
  ~DaemonProcess() { Kill(); }
  DaemonProcess(const DaemonProcess&) = delete;
  DaemonProcess& operator=(const DaemonProcess&) = delete;

  // Starts it on the data in the directory and waits until it serves; its address, or "" when it
  // ended instead (its output is in `log()`).
  std::string Start();
  // kill -9, and the end of it.
  void Kill();

  std::filesystem::path data() const { return directory_ / "data"; }
  std::string log() const;
  pid_t pid() const { return pid_; }

 private:
  const std::filesystem::path directory_;
  pid_t pid_ = -1;
};

}  // namespace daybook::testing
