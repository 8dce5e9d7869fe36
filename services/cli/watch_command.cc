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
#include <set>
#include <vector>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "eventstore/core/error.h"
#include "fmt/format.h"
#include "services/cli/import_batch.h"
#include "services/cli/output/whole_file.h"
#include "services/cli/rejects.h"

namespace daybook::cli {
namespace {

namespace fs = std::filesystem;

constexpr absl::Duration kPause = absl::Seconds(1);
constexpr absl::Duration kPauseMax = absl::Seconds(15);

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
    absl::Duration pause = kPause;
    while (!g_stop) {
      const std::vector<fs::path> complete = Complete();
      if (TakeAll(complete, worst)) {
        pause = kPause;
        if (options_.once && looks_.empty()) return worst;
        if (complete.empty()) absl::SleepFor(kPause);
      } else {
        // The others would meet the same; whoever is not there is not asked every second.
        absl::SleepFor(pause);
        pause = std::min(2 * pause, kPauseMax);
      }
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
    const fs::directory_iterator entries(directory_, error);
    if (error && readable_) Report(Unusable(error.message()));  // once, not every second
    readable_ = !error;
    for (const auto& entry : entries) {
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

  // Files that lie there together are sent together. False when some of them stay where they are,
  // to be tried again.
  bool TakeAll(const std::vector<fs::path>& paths, int& worst) {
    if (!readable_) return false;
    if (paths.empty()) return true;
    ImportOptions import_options = options_.import_options;
    import_options.receipts = directory_ / ".work";
    std::error_code error;
    fs::remove_all(import_options.receipts, error);
    fs::create_directories(import_options.receipts, error);
    bool moved = true;
    ImportBatch batch(connection_, import_options, [&](const FileImport& import, int code) {
      // What stays is tried again, and counts when it is done.
      if (PutAway(import)) {
        worst = std::max(worst, code);
      } else {
        moved = false;
      }
    });
    std::set<fs::path> names;  // of rejects: they are written under the file's name without its end
    for (const fs::path& path : paths) {
      if (g_stop) break;
      if (!names.insert(path.stem()).second && !batch.Complete()) return false;
      if (!batch.Add(FileOf(path, import_options))) return false;
    }
    return batch.Complete() && moved;
  }

  static ImportFile FileOf(const fs::path& path, const ImportOptions& options) {
    ImportFile file;
    file.path = path.string();
    file.dataset = options.dataset;
    file.agency = options.agency;
    file.scope = options.scope;
    return file;
  }

  // False when the file stays where it is.
  bool PutAway(const FileImport& import) {
    const fs::path path = import.path();
    if (import.fate() == FileFate::kUndecided) return false;
    const char* folder = import.fate() == FileFate::kTaken  ? "done"
                         : import.fate() == FileFate::kHeld ? "held"
                                                            : "rejected";
    if (const absl::Status moved = Move(path, folder, import.receipt()); !moved.ok()) {
      Report(moved);
      return false;
    }
    fmt::print("{} -> {}/\n", path.filename().string(), folder);
    std::fflush(stdout);
    looks_.erase(path);
    return true;
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
  bool readable_ = true;
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
