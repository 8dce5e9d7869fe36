// A daybookd of our own in a temporary directory: what a benchmark writes never reaches a real
// ledger, from which nothing can be taken out again.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <memory>
#include <string>

#include "absl/status/statusor.h"

namespace daybook::cli {

// Stops the daemon and removes its directory when destroyed.
class PrivateDaemon {
 public:
  // Starts the daybookd that stands beside this program. `parent` is where the directory is made;
  // the disk beneath it is the one that is measured. UNAVAILABLE when it does not serve within 30
  // seconds.
  static absl::StatusOr<std::unique_ptr<PrivateDaemon>> Start(const std::filesystem::path& parent);
  ~PrivateDaemon();
  PrivateDaemon(const PrivateDaemon&) = delete;
  PrivateDaemon& operator=(const PrivateDaemon&) = delete;

  const std::string& address() const { return address_; }
  const std::filesystem::path& directory() const { return directory_; }

 private:
  PrivateDaemon(std::filesystem::path directory, pid_t pid)
      : directory_(std::move(directory)), pid_(pid) {}

  std::filesystem::path directory_;
  pid_t pid_;
  std::string address_;
};

}  // namespace daybook::cli
