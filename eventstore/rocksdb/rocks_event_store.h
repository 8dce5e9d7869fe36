// The event store on disk: one ledger, one directory, one log.
//
// A journal of our own gives the durable order, RocksDB holds everything folded from it; FORMAT.md
// describes every byte, README.md how the parts work together. Thread-safe, but for Close.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "eventstore/core/clock.h"
#include "eventstore/core/commit_listeners.h"
#include "eventstore/core/event_store.h"
#include "eventstore/core/limits.h"
#include "eventstore/rocksdb/backup.h"
#include "eventstore/rocksdb/committer.h"
#include "eventstore/rocksdb/directory_lock.h"
#include "eventstore/rocksdb/files.h"
#include "eventstore/rocksdb/journal.h"
#include "eventstore/rocksdb/new_ledger.h"
#include "eventstore/rocksdb/reader.h"
#include "eventstore/rocksdb/recovery.h"
#include "eventstore/rocksdb/reviver.h"
#include "eventstore/rocksdb/shared_database.h"
#include "eventstore/rocksdb/statistics.h"
#include "eventstore/rocksdb/upgrade_steps.h"

namespace daybook::eventstore {

struct RocksEventStoreOptions {
  std::filesystem::path directory;  // made when it is missing
  // Under everything that the store writes; another one is for tests.
  rocksdb::Env* env = rocks::LocalEnv();
  const Clock* clock = &SystemClock();  // must outlive the store
  // What it reads, upgrades and writes; another one is for tests. Must outlive the store.
  const rocks::FormatSupport* formats = &rocks::ProductFormats();
  std::uint64_t segment_bytes = rocks::kSegmentBytes;  // of one journal file; at least 4 KiB
  std::size_t full_segments_max = 8;  // appends wait when the store beneath is this far behind
  std::size_t block_cache_bytes = 256U << 20;
  std::size_t queue_requests_max = limits::kAppendQueueRequestsMax;
  std::size_t queue_bytes_max = limits::kAppendQueueBytesMax;
  // How long after a failed write the store first tries to take requests again by itself; infinite:
  // only when Recover is called.
  absl::Duration recover_after = absl::Seconds(1);
  // One line for the operator for each step of an upgrade, when the store stops and when it goes
  // on. Any thread.
  std::function<void(std::string_view line)> log = nullptr;
  rocks::FaultHook fault = nullptr;  // for tests
};

using rocks::RecoveryReport;

class RocksEventStore final : public EventStore {
 public:
  // Opens or makes the ledger in `options.directory` and recovers it. DIRECTORY_IN_USE,
  // DIRECTORY_UNUSABLE, LOG_DAMAGED (with metadata "file", "offset", "first_position").
  static absl::StatusOr<std::unique_ptr<RocksEventStore>> Open(RocksEventStoreOptions options);

  // Closes as Close does. No other call may be running.
  ~RocksEventStore() override;

  // Answers what waits, writes the closing group and everything that is in memory only. A status
  // that is not OK loses nothing: the next start recovers. Idempotent.
  absl::Status Close();

  // After a failed write (OUTCOME_UNKNOWN, STORE_STOPPED, DISK_FULL): reads the journal's end
  // again, applies what turns out to be durable and takes requests again. OK when nothing had
  // failed. Appends and reads may be under way; when it was RocksDB that failed, it is opened anew,
  // and reads wait meanwhile. The store calls it by itself (`recover_after`).
  absl::Status Recover();

  // Copies the log as of now into `directory` (backup.h), while appends go on; then removes all but
  // the last `keep` backups there, none for 0. One at a time; the others wait.
  absl::StatusOr<BackupInfo> Backup(const std::filesystem::path& directory, std::uint32_t keep = 0);

  // What the last start or Recover found.
  RecoveryReport report() const;

  // Counted since Open, over every Recover.
  const StoreStatistics& statistics() const { return statistics_; }

  // Requests that wait for the committer.
  std::size_t waiting() const { return committer()->waiting(); }

  // For a test: lets go of everything as a killed process would. Only destruction may follow.
  void AbandonForTest();

  void AppendAsync(AppendRequest request, AppendCallback done) override;
  absl::StatusOr<std::optional<AppendResult>> FindRequest(std::string_view agency,
                                                          std::string_view request_id,
                                                          const Hash& fingerprint) override;
  absl::Status ReadStream(std::string_view stream, Revision from, Direction direction,
                          std::uint64_t limit, const EventSink& sink) override;
  absl::Status ReadAll(const ReadAllOptions& options, const EventSink& sink) override;
  absl::StatusOr<std::uint64_t> StreamEventCount(std::string_view stream) override;
  Checkpoint Head() override;
  absl::StatusOr<Hash> RootAt(std::uint64_t size) override;
  absl::StatusOr<std::uint64_t> SizeAt(Instant time) override;
  [[nodiscard]] std::unique_ptr<Listener> OnCommit(
      std::function<void(std::uint64_t size)> listener) override;
  absl::Status Health() override;

 private:
  RocksEventStore(RocksEventStoreOptions options, rocks::DirectoryLock lock, LogIdentity log);
  absl::Status OpenAndStart() ABSL_EXCLUSIVE_LOCKS_REQUIRED(recovering_);
  absl::Status Start(rocks::Database& database) ABSL_EXCLUSIVE_LOCKS_REQUIRED(recovering_);
  absl::Status CheckRoom() const;
  void Publish(const rocks::LogTail& tail) ABSL_LOCKS_EXCLUDED(mutex_);
  absl::Status Revive() ABSL_LOCKS_EXCLUDED(recovering_);
  void Log(std::string_view line) const;
  std::shared_ptr<rocks::Committer> committer() const ABSL_LOCKS_EXCLUDED(mutex_);

  const RocksEventStoreOptions options_;
  const rocks::Files files_;
  const rocks::DirectoryLock lock_;
  const LogIdentity log_;
  rocks::SharedDatabase database_;
  rocks::Reader reader_;
  CommitListeners listeners_;
  StoreStatistics statistics_;
  std::atomic<bool> closed_ = false;
  bool abandoned_ = false;

  absl::Mutex recovering_ ABSL_ACQUIRED_BEFORE(backing_up_);  // guards: opening, one at a time
  // guards: a backup, one at a time, and RocksDB from being reopened at the same time
  absl::Mutex backing_up_ ABSL_ACQUIRED_BEFORE(mutex_);
  std::atomic<std::uint64_t> size_ = 0;
  mutable absl::Mutex mutex_;
  Checkpoint head_ ABSL_GUARDED_BY(mutex_);
  RecoveryReport report_ ABSL_GUARDED_BY(mutex_);
  std::shared_ptr<rocks::Committer> committer_ ABSL_GUARDED_BY(mutex_);
  std::string revived_line_;  // the reviver's: said last, not to be said again
  rocks::Reviver reviver_;    // last: uses everything above
};

}  // namespace daybook::eventstore
