// Which agencies may send. Until identity is a piece of its own an agency is believed to be whom it
// says; but it must be one that the partnership knows, so that a slip of the pen does not become a
// source, and a row of its own in a committee's table.
#pragma once

#include <string>
#include <string_view>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "services/commands/caller.h"
#include "services/partners/application/registers.h"

namespace daybook::partners {

// Thread-safe. The registers must outlive it.
class Senders {
 public:
  // `operator_id`: the agency that runs the ledger, which may send before it is registered, and
  // alone registers organisations; empty: any agency registers, itself first.
  Senders(Registers& registers, std::string operator_id)
      : registers_(registers), operator_id_(std::move(operator_id)) {}

  // UNKNOWN_ORGANISATION with the nearest registered id, for an agency that is not registered.
  // While no organisation is, and there is no operator, every agency may send. An agency that was
  // registered stays so: it is looked up once.
  absl::Status MaySend(const commands::Caller& caller);
  // NOT_OPERATOR for anybody else than the operator, where there is one.
  absl::Status MayRegister(const commands::Caller& caller) const;
  // Why the operator's id may be misspelt: others are registered and it is not, with the nearest;
  // empty where nothing is odd. For the log of a start.
  absl::StatusOr<std::string> DoubtAboutOperator() const;

 private:
  Registers& registers_;
  const std::string operator_id_;
  absl::Mutex mutex_;
  absl::flat_hash_set<std::string> registered_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace daybook::partners
