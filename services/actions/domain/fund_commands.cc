#include "services/actions/domain/fund_commands.h"

#include <utility>

#include "proto/values/decimal.h"
#include "proto/values/money.h"
#include "proto/values/period.h"
#include "services/actions/domain/plan_shape.h"
#include "services/commands/event_as.h"
#include "services/commands/fingerprint.h"
#include "services/commands/stream_name.h"
#include "services/partners/domain/refusals.h"

namespace daybook::actions {

namespace ev = events::v1;
using commands::InvalidField;
using commands::MissingField;
using commands::Outcome;
using commands::Problems;
using Moved = ev::FundsMoved;

namespace {

// Pence, more than 0; 0 and a problem for anything else.
std::uint64_t RequirePounds(std::string_view field, const std::string& amount, Problems& problems) {
  const auto pence = values::ParsePounds(amount);
  if (amount.empty()) {
    problems.push_back(MissingField(field));
  } else if (!pence || *pence == 0) {
    problems.push_back(InvalidField(field, "is no amount of money",
                                    "Write pounds with at most two decimals, for example 12337."));
  }
  return pence.value_or(0);
}

commands::Rejection UnknownFund(std::string_view field) {
  return commands::Refuse(absl::StatusCode::kNotFound, "UNKNOWN_FUND", field,
                          "the pot was never recorded", "Allocate the grant, or correct its id.");
}

Outcome SameOrTaken(const google::protobuf::Message& stands, const google::protobuf::Message& given,
                    std::string_view field, std::string_view what) {
  if (commands::SaysTheSame(stands, given)) return commands::Decision{};
  return commands::Refuse(absl::StatusCode::kAlreadyExists, "ALREADY_EXISTS", field, what,
                          "Send the content that stands, or choose another id.");
}

void CheckPercent(const std::string& percent, Problems& problems) {
  const auto number = values::Decimal::Parse(percent);
  const values::Decimal all(100);
  if (!number || number->IsNegative() || number->IsZero() || *number >= all) {
    problems.push_back(InvalidField("percent", "does not lie between 0 and 100",
                                    "Give the part that was taken, for example 12."));
  }
}

void CheckKind(const v1::MoveFundsRequest& request, Problems& problems) {
  if (!Moved::Kind_IsValid(request.kind())) {
    problems.push_back(
        commands::UnknownValue("kind", "committed, spent, reallocated or carried-forward"));
    return;
  }
  if (request.kind() == Moved::KIND_UNSPECIFIED) problems.push_back(MissingField("kind"));
  const bool carried = request.kind() == Moved::KIND_CARRIED_FORWARD;
  if (carried) {
    commands::RequireSlug("to_fund_id", request.to_fund_id(), problems);
    if (request.to_fund_id() == request.fund_id()) {
      problems.push_back(
          InvalidField("to_fund_id", "is the same pot", "Name the pot of the year that takes it."));
    }
  } else if (!request.to_fund_id().empty()) {
    problems.push_back(
        InvalidField("to_fund_id", "is one of what is carried forward", "Leave it empty."));
  }
  if (request.kind() != Moved::KIND_REALLOCATED && !request.to_purpose().empty()) {
    problems.push_back(InvalidField("to_purpose", "is one of a reallocation", "Leave it empty."));
  }
}

}  // namespace

std::string FundStream(std::string_view fund_id) { return commands::StreamName("fund", {fund_id}); }

void Evolve(FundState& state, const google::protobuf::Message& event) {
  if (const auto* allocated = commands::EventAs<ev::GrantAllocated>(event))
    state.allocated = *allocated;
  if (const auto* taken = commands::EventAs<ev::TopSliceApplied>(event)) state.top_slice = *taken;
  if (const auto* moved = commands::EventAs<Moved>(event))
    state.entries[moved->entry_id()] = *moved;
}

Outcome Decide(const FundState& fund, const partners::PartnershipRegister& partnerships,
               const v1::AllocateGrantRequest& request) {
  Problems problems;
  commands::RequireSlug("fund_id", request.fund_id(), problems);
  commands::RequireSlug("partnership_id", request.partnership_id(), problems);
  const auto year = RequirePlanYear("year", request.year(), problems);
  commands::RequireText("source", request.source(), commands::kNameBytesMax, problems);
  const std::uint64_t pence = RequirePounds("amount", request.amount(), problems);
  commands::CheckDay("date", request.date(), problems);
  if (!problems.empty()) return commands::RejectFields(std::move(problems));
  if (!partnerships.Contains(request.partnership_id())) {
    return partners::RejectPartnership("partnership_id");
  }

  ev::GrantAllocated event;
  event.set_fund_id(request.fund_id());
  event.set_partnership_id(request.partnership_id());
  *event.mutable_year() = request.year();
  event.set_source(request.source());
  event.set_pence(pence);
  event.set_after_top_slice(request.after_top_slice());
  event.set_date(request.date());
  if (!fund.allocated) return commands::OneEvent(FundStream(request.fund_id()), event, *year);
  return SameOrTaken(*fund.allocated, event, "fund_id",
                     "a pot with this id was recorded with other content");
}

Outcome Decide(const FundState& fund, const v1::ApplyTopSliceRequest& request) {
  Problems problems;
  commands::RequireSlug("fund_id", request.fund_id(), problems);
  commands::RequireText("purpose", request.purpose(), commands::kNameBytesMax, problems);
  std::uint64_t pence = 0;
  if (request.percent().empty()) {
    pence = RequirePounds("amount", request.amount(), problems);
  } else {
    CheckPercent(request.percent(), problems);
    if (!request.amount().empty()) {
      problems.push_back(InvalidField("amount", "stands beside a percentage", "Give one of them."));
    }
  }
  if (!problems.empty()) return commands::RejectFields(std::move(problems));
  if (!fund.allocated) return UnknownFund("fund_id");

  ev::TopSliceApplied event;
  event.set_fund_id(request.fund_id());
  event.set_percent(request.percent());
  event.set_pence(pence);
  event.set_purpose(request.purpose());
  if (!fund.top_slice) {
    return commands::OneEvent(FundStream(request.fund_id()), event,
                              values::EffectiveOf(fund.allocated->year()));
  }
  return SameOrTaken(*fund.top_slice, event, "fund_id", "the pot has another top slice already");
}

Outcome Decide(const FundState& fund, const FundState& to, eventstore::CivilDay today,
               const v1::MoveFundsRequest& request) {
  Problems problems;
  commands::RequireSlug("fund_id", request.fund_id(), problems);
  RequireId("entry_id", request.entry_id(), problems);
  CheckKind(request, problems);
  const std::uint64_t pence = RequirePounds("amount", request.amount(), problems);
  commands::CheckText("purpose", request.purpose(), kLabelBytesMax, problems);
  commands::CheckText("to_purpose", request.to_purpose(), kLabelBytesMax, problems);
  commands::CheckText("reason", request.reason(), kLabelBytesMax, problems);
  std::optional<eventstore::CivilDay> day;
  if (!request.date().empty()) {
    day = commands::RequirePastDay("date", request.date(), today, problems);
  }
  if (!problems.empty()) return commands::RejectFields(std::move(problems));
  if (!fund.allocated) return UnknownFund("fund_id");
  if (!request.to_fund_id().empty() && !to.allocated) return UnknownFund("to_fund_id");

  Moved event;
  event.set_entry_id(request.entry_id());
  event.set_fund_id(request.fund_id());
  event.set_kind(request.kind());
  event.set_pence(pence);
  event.set_purpose(request.purpose());
  event.set_to_purpose(request.to_purpose());
  event.set_to_fund_id(request.to_fund_id());
  event.set_date(request.date());
  event.set_reason(request.reason());
  const auto stands = fund.entries.find(request.entry_id());
  if (stands == fund.entries.end()) {
    return commands::OneEvent(
        FundStream(request.fund_id()), event,
        day ? commands::OnDay(*day) : values::EffectiveOf(fund.allocated->year()));
  }
  return SameOrTaken(stands->second, event, "entry_id",
                     "an entry with this id was recorded with other content");
}

}  // namespace daybook::actions
