#include "services/partners/application/senders.h"

#include "eventstore/core/error.h"
#include "services/partners/domain/refusals.h"

namespace daybook::partners {

absl::Status Senders::MaySend(const commands::Caller& caller) {
  if (!operator_id_.empty() && caller.agency == operator_id_) return absl::OkStatus();
  {
    const absl::MutexLock lock(&mutex_);
    if (registered_.contains(caller.agency)) return absl::OkStatus();
  }
  DAYBOOK_ASSIGN_OR_RETURN(const auto organisations, registers_.organisations.Read());
  if (organisations->Find(caller.agency) != nullptr) {
    const absl::MutexLock lock(&mutex_);
    registered_.insert(caller.agency);
    return absl::OkStatus();
  }
  if (organisations->size() == 0 && operator_id_.empty()) return absl::OkStatus();
  commands::Rejection rejection =
      RejectOrganisation("daybook-agency", caller.agency, *organisations);
  rejection.remedy =
      "Correct the agency (--agency, DAYBOOK_AGENCY or metadata daybook-agency): it is the id of a "
      "registered organisation (`daybook list partners`). A new one is registered first.";
  rejection.problems.front().remedy = rejection.remedy;
  return ToStatus(rejection);
}

absl::Status Senders::MayRegister(const commands::Caller& caller) const {
  if (operator_id_.empty() || caller.agency == operator_id_) return absl::OkStatus();
  return eventstore::MakeError(
      absl::StatusCode::kPermissionDenied, "organisations are registered by the operator",
      {.reason = "NOT_OPERATOR",
       .remedy = "Ask " + operator_id_ + ", who runs this ledger, to register the organisation.",
       .fields = {{"daybook-agency", "is not the operator of this ledger"}},
       .metadata = {}});
}

}  // namespace daybook::partners
