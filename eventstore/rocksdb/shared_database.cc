#include "eventstore/rocksdb/shared_database.h"

#include <string>
#include <utility>

#include "eventstore/core/error.h"

namespace daybook::eventstore::rocks {
namespace {

// The database that this thread took first and still has: whoever waits for its leases waits for
// this thread, which must not wait in turn.
thread_local const SharedDatabase* t_held = nullptr;

}  // namespace

void SharedDatabase::Return::operator()(Database* /*database*/) const {
  if (outermost) t_held = nullptr;
  const absl::MutexLock lock(&to->mutex_);
  --to->leases_;
}

absl::StatusOr<SharedDatabase::Lease> SharedDatabase::Use() {
  const absl::MutexLock lock(&mutex_);
  if (t_held != this) mutex_.Await(absl::Condition(this, &SharedDatabase::IsDecided));
  if (phase_ == Phase::kRefused) return refusal_;
  ++leases_;
  const bool outermost = t_held == nullptr;
  if (outermost) t_held = this;
  return Lease(database_.get(), {.to = this, .outermost = outermost});
}

absl::StatusOr<Database*> SharedDatabase::Open() {
  {
    const absl::MutexLock lock(&mutex_);
    phase_ = Phase::kOpening;
    mutex_.Await(absl::Condition(this, &SharedDatabase::IsFree));
  }
  database_.reset();
  absl::StatusOr<std::unique_ptr<Database>> opened = Database::Open(options_);
  if (!opened.ok()) {
    Withdraw(opened.status());
    return opened.status();
  }
  database_ = *std::move(opened);
  return database_.get();
}

void SharedDatabase::Publish() {
  const absl::MutexLock lock(&mutex_);
  phase_ = Phase::kOpen;
}

void SharedDatabase::Withdraw(absl::Status why) {
  const absl::MutexLock lock(&mutex_);
  phase_ = Phase::kRefused;
  refusal_ = MakeError(absl::StatusCode::kUnavailable,
                       "the store failed and could not be opened again: " + Message(why),
                       {.reason = std::string(reason::kStoreStopped),
                        .remedy = "Read again once the store is running.",
                        .fields = {},
                        .metadata = {}});
}

}  // namespace daybook::eventstore::rocks
