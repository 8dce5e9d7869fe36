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
#include "services/cli/questions.h"
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
  bool IsLike(const Look& other) const { return size == other.size && changed == other.changed; }
};

// Editors of Windows end every name in .txt.
constexpr std::string_view kTextEnd = ".txt";

bool IsAnswers(const std::string& name) {
  return name.ends_with(kAnswersEnd) || name.ends_with(std::string(kAnswersEnd) + ".txt");
}

// The file that answers questions about another; empty where there is none.
fs::path AnswersOf(const fs::path& path) {
  for (const std::string_view end : {std::string_view(), kTextEnd}) {
    fs::path answers = path;
    answers += kAnswersEnd;
    answers += end;
    std::error_code error;
    if (fs::is_regular_file(answers, error)) return answers;
  }
  return {};
}

fs::path QuestionsOf(fs::path path) {
  path += kQuestionsEnd;
  return path;
}

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
    std::error_code gone;
    fs::remove_all(directory_ / ".work", gone);  // of a watcher that was killed
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
        if (options_.once && std::ranges::all_of(looks_, [&](const auto& look) {
              return IsAsked(look.first, look.second) || IsAnswers(look.first.string());
            })) {
          return worst;
        }
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
      const std::string name = entry.path().filename().string();
      if (!entry.is_regular_file(gone) || IsUnfinished(name) || name.ends_with(kQuestionsEnd)) {
        continue;
      }
      Look look{entry.file_size(gone), entry.last_write_time(gone), absl::Now()};
      if (gone) continue;
      const auto before = looks_.find(entry.path());
      if (before != looks_.end() && before->second.IsLike(look)) look.since = before->second.since;
      looks.emplace(entry.path(), look);
    }
    looks_ = std::move(looks);
    for (const auto& [path, look] : looks_) {
      if (IsSettled(path) && !IsAnswers(path.string()) && !IsAsked(path, look)) {
        complete.emplace_back(look.changed, path);
      }
    }
    std::sort(complete.begin(), complete.end());
    std::vector<fs::path> paths;
    for (auto& [changed, path] : complete) paths.push_back(std::move(path));
    return paths;
  }

  // It has not changed for long enough, nor have the answers to questions about it.
  bool IsSettled(const fs::path& path) const {
    const auto look = looks_.find(path);
    if (look == looks_.end()) return true;
    const bool settled = absl::Now() - look->second.since >= absl::Seconds(options_.settle_seconds);
    return settled && (IsAnswers(path.string()) || IsSettled(AnswersOf(path)));
  }

  // It waits for answers, and neither it nor they have changed since.
  bool IsAsked(const fs::path& path, const Look& look) const {
    const auto asked = asked_.find(path);
    if (asked == asked_.end() || !asked->second.file.IsLike(look)) return false;
    const auto answers = looks_.find(AnswersOf(path));
    return answers == looks_.end() || asked->second.answers.IsLike(answers->second);
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
      const auto file = FileOf(path, import_options);
      if (!file.ok()) {
        WriteQuestions(path, ErrorText(file.status()));
        worst = std::max(worst, kRefused);
        continue;
      }
      if (!batch.Add(*file)) return false;
    }
    const bool complete = batch.Complete();
    fs::remove_all(import_options.receipts, error);  // each file has taken what belongs to it
    return complete && moved;
  }

  // With the answers beside it.
  static absl::StatusOr<ImportFile> FileOf(const fs::path& path, const ImportOptions& options) {
    ImportFile file;
    file.path = path.string();
    file.dataset = options.dataset;
    file.agency = options.agency;
    file.scope = options.scope;
    if (const fs::path answers = AnswersOf(path); !answers.empty()) {
      DAYBOOK_ASSIGN_OR_RETURN(AnswersFile read, ReadAnswersFile(answers.string()));
      file.answers = std::move(read.answers);
      file.keep_answers = read.keep;
    }
    return file;
  }

  // The file stays where it is until something is answered, or it is another one.
  void WriteQuestions(const fs::path& path, const std::string& text) {
    Asked& asked = asked_[path];
    asked.file = looks_[path];
    const auto answers = looks_.find(AnswersOf(path));
    asked.answers = answers == looks_.end() ? Look{} : answers->second;
    if (const absl::Status written = WriteWhole(QuestionsOf(path).string(), text); !written.ok()) {
      Report(written);
    }
    fmt::print("{} waits: {}\n", path.filename().string(), QuestionsOf(path).filename().string());
    std::fflush(stdout);
  }

  // False when the file stays where it is.
  bool PutAway(const FileImport& import) {
    const fs::path path = import.path();
    if (import.fate() == FileFate::kUndecided) return false;
    if (import.fate() == FileFate::kAsked) {
      WriteQuestions(path, QuestionsText(path.string(), import.questions(), true));
      return true;
    }
    const char* folder = import.is_refused_whole()           ? "rejected"
                         : import.fate() == FileFate::kTaken ? "done"
                         : import.fate() == FileFate::kHeld  ? "held"
                                                             : "rejected";
    if (const absl::Status moved = Move(path, folder, import.receipt()); !moved.ok()) {
      Report(moved);
      return false;
    }
    fmt::print("{} -> {}/\n", path.filename().string(), folder);
    std::fflush(stdout);
    looks_.erase(path);
    asked_.erase(path);
    return true;
  }

  // First what belongs to it, the file last: as long as it lies where it was, it is taken again.
  absl::Status Move(const fs::path& path, const std::string& folder, const std::string& receipt) {
    const fs::path to = directory_ / folder;
    std::string name = path.filename().string();
    const fs::path rejects = RejectsPath(path.string(), directory_ / ".work");
    // "a.csv" and "a.tsv" give their refused rows the same name.
    const bool rejects_taken =
        fs::exists(rejects) && fs::exists(RejectsPath((to / name).string(), ""));
    if (fs::exists(to / name) || rejects_taken) {
      name = absl::FormatTime("%Y%m%dT%H%M%SZ-", absl::Now(), absl::UTCTimeZone()) + name;
    }
    DAYBOOK_RETURN_IF_ERROR(WriteWhole((to / (name + ".receipt.txt")).string(), receipt));
    std::error_code error;
    if (fs::exists(rejects)) fs::rename(rejects, RejectsPath((to / name).string(), ""), error);
    // Answers without their file would count for the next one of its name: they are there until it
    // is gone.
    const fs::path answers = AnswersOf(path);
    if (!error && !answers.empty()) {
      fs::copy_file(answers, to / (name + std::string(kAnswersEnd)),
                    fs::copy_options::overwrite_existing, error);
    }
    if (!error) fs::rename(path, to / name, error);
    if (error) return Unusable(error.message());
    fs::remove(QuestionsOf(path), error);
    if (!answers.empty()) {
      fs::remove(answers, error);
      looks_.erase(answers);
    }
    return absl::OkStatus();
  }

  const Connection& connection_;
  const WatchOptions& options_;
  const fs::path directory_;
  std::map<fs::path, Look> looks_;
  struct Asked {
    Look file;
    Look answers;
  };
  std::map<fs::path, Asked> asked_;  // files that wait for answers, as they were
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
