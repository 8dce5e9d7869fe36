// The database that readers share while one writer fills it, and that is opened anew when it
// failed.
//
// RocksDB 7.8 cannot be trusted after an error in the background: its Resume waits for ever for a
// flush that nobody does (facebook/rocksdb#11872), or says OK and leaves in memory what the next
// flush then passes over. So a database that failed is closed, and a new start of it, with the
// journal, takes the same way as a start of the process.
#pragma once

#include <memory>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "eventstore/rocksdb/database.h"

namespace daybook::eventstore::rocks {

// Thread-safe; Open, Publish, Withdraw and writer() are for the one that writes.
class SharedDatabase {
 public:
  struct Return {
    SharedDatabase* to = nullptr;
    bool outermost = false;
    void operator()(Database* database) const;
  };
  // While it lives the database stays open. To be given back by the thread that took it.
  using Lease = std::unique_ptr<Database, Return>;

  explicit SharedDatabase(DatabaseOptions options) : options_(std::move(options)) {}

  // The database to read. Waits while it is being opened; UNAVAILABLE after that failed. A thread
  // that has a lease gets another at once.
  absl::StatusOr<Lease> Use() ABSL_LOCKS_EXCLUDED(mutex_);

  // Waits for all leases, closes what is open, and opens it. Readers wait until Publish or
  // Withdraw.
  absl::StatusOr<Database*> Open();
  // What Open gave is whole: readers may have it.
  void Publish();
  // It could not be made whole: readers are refused with `why` until it is opened again.
  void Withdraw(absl::Status why) ABSL_LOCKS_EXCLUDED(mutex_);

  // What Open gave last; null when it gave nothing.
  Database* writer() const { return database_.get(); }

 private:
  enum class Phase { kOpening, kOpen, kRefused };
  bool IsFree() const ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return leases_ == 0; }
  bool IsDecided() const ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return phase_ != Phase::kOpening; }

  const DatabaseOptions options_;
  // Not guarded: changed by the one that writes, while there are no leases and no new ones.
  std::unique_ptr<Database> database_;
  absl::Mutex mutex_;
  Phase phase_ ABSL_GUARDED_BY(mutex_) = Phase::kOpening;
  absl::Status refusal_ ABSL_GUARDED_BY(mutex_);
  std::size_t leases_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace daybook::eventstore::rocks
