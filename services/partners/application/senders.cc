#include "services/partners/application/senders.h"

#include <cstddef>
#include <utility>

#include "eventstore/core/error.h"
#include "fmt/format.h"
#include "services/partners/domain/refusals.h"

namespace daybook::partners {

namespace {

// With the nearest registered id; what is longer than a name is not repeated.
std::string Unregistered(std::string_view what, std::string_view given,
                         const OrganisationRegister& organisations) {
  constexpr std::size_t kShownMax = 120;
  std::string text = given.size() > kShownMax
                         ? fmt::format("no {} of this name is registered", what)
                         : fmt::format("no {} is registered as \"{}\"", what, given);
  if (const auto nearest = organisations.Nearest(given)) {
    text +=
        fmt::format("; the nearest is {} (\"{}\")", nearest->organisation_id, nearest->spelling);
  }
  return text;
}

}  // namespace

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
  rejection.problems.front().description = Unregistered("agency", caller.agency, *organisations);
  rejection.message = rejection.problems.front().description;
  rejection.remedy =
      "Correct the agency (--agency, DAYBOOK_AGENCY or metadata daybook-agency): it is the id of a "
      "registered organisation (`daybook list partners`). A new one is registered first.";
  if (organisations->size() == 0) {
    rejection.remedy = "No organisation is registered yet: the operator of the ledger, " +
                       operator_id_ +
                       ", registers the first. If that is you, send as that agency, or correct the "
                       "--operator of daybookd.";
  }
  rejection.problems.front().remedy = rejection.remedy;
  return ToStatus(rejection);
}

absl::Status Senders::MayRegister(const commands::Caller& caller) const {
  if (operator_id_.empty() || caller.agency == operator_id_) return absl::OkStatus();
  std::string remedy =
      "Ask " + operator_id_ + ", who runs this ledger, to register the organisation.";
  DAYBOOK_ASSIGN_OR_RETURN(const std::string doubt, DoubtAboutOperator());
  if (!doubt.empty()) {
    remedy += " If that is you: " + doubt + "; start daybookd with the id of your agency.";
  } else {
    DAYBOOK_ASSIGN_OR_RETURN(const auto organisations, registers_.organisations.Read());
    if (organisations->size() == 0) {
      remedy += " If that is you, daybookd was started with another id than " + caller.agency +
                ": correct its --operator.";
    }
  }
  return eventstore::MakeError(
      absl::StatusCode::kPermissionDenied, "organisations are registered by the operator",
      {.reason = "NOT_OPERATOR",
       .remedy = std::move(remedy),
       .fields = {{"daybook-agency", "is not the operator of this ledger"}},
       .metadata = {}});
}

absl::StatusOr<std::string> Senders::DoubtAboutOperator() const {
  if (operator_id_.empty()) return std::string();
  DAYBOOK_ASSIGN_OR_RETURN(const auto organisations, registers_.organisations.Read());
  if (organisations->size() == 0 || organisations->Find(operator_id_) != nullptr) {
    return std::string();
  }
  return "operator: " + Unregistered("agency", operator_id_, *organisations);
}

}  // namespace daybook::partners
