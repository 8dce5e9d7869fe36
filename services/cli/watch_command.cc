#include "services/cli/watch_command.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <map>
#include <vector>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "eventstore/core/error.h"
#include "fmt/format.h"
#include "services/cli/file_import.h"
#include "services/cli/rejects.h"

namespace daybook::cli {
namespace {

namespace fs = std::filesystem;

constexpr absl::Duration kPause = absl::Seconds(1);

std::atomic<bool> g_stop = false;
void Stop(int) { g_stop = true; }

bool IsUnfinished(const std::string& name) {
  return name.starts_with('.') || name.starts_with("~$") || name.ends_with(".part") ||
         name.ends_with(".tmp") || name.ends_with(".crdownload");
}

// What a file was like when it was last looked at.
struct Look {
  std::uintmax_t size = 0;
  fs::file_time_type changed;
  absl::Time since;  // it has been like this
};

// The lock of a folder, given back with the process.
class FolderLock {
 public:
  explicit FolderLock(const fs::path& directory)
      : file_(::open((directory / ".daybook-watch.lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC,
                     0644)) {}
  ~FolderLock() {
    if (file_ >= 0) ::close(file_);
  }
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;
  bool Take() const { return file_ >= 0 && ::flock(file_, LOCK_EX | LOCK_NB) == 0; }

 private:
  int file_;
};

class Watcher {
 public:
  Watcher(const Connection& connection, const WatchOptions& options)
      : connection_(connection), options_(options), directory_(options.directory) {}

  absl::Status MakeFolders() const {
    for (const char* name : {"done", "held", "rejected"}) {
      std::error_code error;
      fs::create_directories(directory_ / name, error);
      if (error) return Unusable(error.message());
    }
    return absl::OkStatus();
  }

  int Run() {
    int worst = kDone;
    while (!g_stop) {
      const std::vector<fs::path> complete = Complete();
      for (const fs::path& path : complete) {
        if (g_stop) break;
        const int code = Take(path);
        if (code == kUnreachable) {
          absl::SleepFor(kPause);
          break;  // the others would meet the same
        }
        worst = std::max(worst, code);
      }
      if (options_.once && looks_.empty()) return worst;
      if (complete.empty()) absl::SleepFor(kPause);
    }
    return worst;
  }

 private:
  absl::Status Unusable(const std::string& why) const {
    return eventstore::MakeError(
        absl::StatusCode::kFailedPrecondition, options_.directory + " cannot be watched: " + why,
        {.reason = "DIRECTORY_UNUSABLE",
         .remedy = "Name a folder in which this user may make and move files.",
         .fields = {},
         .metadata = {}});
  }

  // Files that did not change for the time that they are given, the oldest first.
  std::vector<fs::path> Complete() {
    std::map<fs::path, Look> looks;
    std::vector<std::pair<fs::file_time_type, fs::path>> complete;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(directory_, error)) {
      std::error_code gone;  // files come and go
      if (!entry.is_regular_file(gone) || IsUnfinished(entry.path().filename().string())) continue;
      Look look{entry.file_size(gone), entry.last_write_time(gone), absl::Now()};
      if (gone) continue;
      const auto before = looks_.find(entry.path());
      if (before != looks_.end() && before->second.size == look.size &&
          before->second.changed == look.changed) {
        look.since = before->second.since;
      }
      if (absl::Now() - look.since >= absl::Seconds(options_.settle_seconds)) {
        complete.emplace_back(look.changed, entry.path());
      }
      looks.emplace(entry.path(), look);
    }
    looks_ = std::move(looks);
    std::sort(complete.begin(), complete.end());
    std::vector<fs::path> paths;
    for (auto& [changed, path] : complete) paths.push_back(std::move(path));
    return paths;
  }

  int Take(const fs::path& path) {
    ImportOptions import_options = options_.import_options;
    import_options.receipts = directory_ / ".work";
    std::error_code error;
    fs::remove_all(import_options.receipts, error);
    fs::create_directories(import_options.receipts, error);
    ImportFile file;
    file.path = path.string();
    file.dataset = import_options.dataset;
    file.agency = import_options.agency;
    file.scope = import_options.scope;
    FileImport import(connection_, import_options, std::move(file));
    int code = import.Send();
    if (import.is_sent()) code = std::max(code, import.Complete());
    if (import.fate() == FileFate::kUndecided) return kUnreachable;
    const char* folder = import.fate() == FileFate::kTaken  ? "done"
                         : import.fate() == FileFate::kHeld ? "held"
                                                            : "rejected";
    if (const absl::Status moved = Move(path, folder, import.receipt()); !moved.ok()) {
      Report(moved);
      return kUnreachable;  // it stays, and is tried again
    }
    fmt::print("{} -> {}/\n", path.filename().string(), folder);
    std::fflush(stdout);
    looks_.erase(path);
    return code;
  }

  // First what belongs to it, the file last: as long as it lies where it was, it is taken again.
  absl::Status Move(const fs::path& path, const std::string& folder, const std::string& receipt) {
    const fs::path to = directory_ / folder;
    std::string name = path.filename().string();
    if (fs::exists(to / name)) {
      name = absl::FormatTime("%Y%m%dT%H%M%SZ-", absl::Now(), absl::UTCTimeZone()) + name;
    }
    DAYBOOK_RETURN_IF_ERROR(WriteWhole((to / (name + ".receipt.txt")).string(), receipt));
    std::error_code error;
    const fs::path rejects = RejectsPath(path.string(), directory_ / ".work");
    if (fs::exists(rejects)) fs::rename(rejects, RejectsPath((to / name).string(), ""), error);
    if (!error) fs::rename(path, to / name, error);
    return error ? Unusable(error.message()) : absl::OkStatus();
  }

  const Connection& connection_;
  const WatchOptions& options_;
  const fs::path directory_;
  std::map<fs::path, Look> looks_;
};

}  // namespace

int RunWatch(const Connection& connection, const WatchOptions& options) {
  Watcher watcher(connection, options);
  if (const absl::Status made = watcher.MakeFolders(); !made.ok()) return Report(made);
  const FolderLock lock(options.directory);
  if (!lock.Take()) {
    return Report(eventstore::MakeError(
        absl::StatusCode::kFailedPrecondition, options.directory + " is watched already",
        {.reason = "DIRECTORY_IN_USE",
         .remedy = "Stop the other `daybook watch`, or watch another folder.",
         .fields = {},
         .metadata = {}}));
  }
  std::signal(SIGTERM, &Stop);
  std::signal(SIGINT, &Stop);
  return watcher.Run();
}

}  // namespace daybook::cli
