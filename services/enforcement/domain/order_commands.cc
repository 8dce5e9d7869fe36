// Orders of a place, and how they are looked at again.
#include <set>
#include <string>
#include <utility>

#include "fmt/format.h"
#include "proto/values/civil.h"
#include "services/commands/door.h"
#include "services/commands/fingerprint.h"
#include "services/enforcement/domain/enforcement_commands.h"
#include "services/enforcement/domain/unknown_order.h"
#include "services/partners/domain/refusals.h"

namespace daybook::enforcement {

namespace ev = events::v1;
using commands::InvalidField;
using commands::Outcome;
using commands::Problems;

namespace {

constexpr int kProhibitionsMax = 50;
constexpr std::uint32_t kBreachMax = 100;
constexpr int kPublicSpacesYearsMax = 3;  // Act of 2014, section 60(1)

void CheckProhibitions(const google::protobuf::RepeatedPtrField<std::string>& prohibitions,
                       Problems& problems) {
  std::set<std::string> seen;
  for (int i = 0; i < prohibitions.size(); ++i) {
    const std::string field = fmt::format("prohibitions[{}]", i);
    commands::RequireSlug(field, prohibitions[i], problems);
    if (!seen.insert(prohibitions[i]).second) {
      problems.push_back(InvalidField(field, "stands there before", "Name each once."));
    }
  }
  if (prohibitions.size() > kProhibitionsMax) {
    problems.push_back(InvalidField("prohibitions",
                                    fmt::format("are more than {}", kProhibitionsMax),
                                    "Name what the order forbids in fewer words."));
  }
}

void RequireProhibitions(const google::protobuf::RepeatedPtrField<std::string>& prohibitions,
                         Problems& problems) {
  if (prohibitions.empty()) problems.push_back(commands::MissingField("prohibitions"));
  CheckProhibitions(prohibitions, problems);
}

void CheckTerm(const v1::MakeOrderRequest& request, std::optional<eventstore::CivilDay> made,
               Problems& problems) {
  const auto expires = commands::CheckDay("expires_date", request.expires_date(), problems);
  if (made && expires && *expires < *made) {
    problems.push_back(InvalidField("expires_date", "lies before the order",
                                    "Give the last day on which it holds."));
  }
  if (request.kind() != ev::OrderMade::KIND_PUBLIC_SPACES) return;
  if (request.expires_date().empty()) {
    problems.push_back(commands::MissingField("expires_date"));
  } else if (made && expires && *expires > values::AddMonths(*made, 12 * kPublicSpacesYearsMax)) {
    problems.push_back(InvalidField(
        "expires_date", fmt::format("is more than {} years after the order", kPublicSpacesYearsMax),
        "Such an order holds for at most that long; extend it by a review."));
  }
}

void CheckLadder(const v1::MakeOrderRequest& request, Problems& problems) {
  const auto check = [&](std::string_view field, std::uint32_t breach) {
    if (breach > kBreachMax) {
      problems.push_back(InvalidField(field, fmt::format("is more than {}", kBreachMax),
                                      "Give the number of the breach, for example 2."));
    } else if (breach > 0 && request.kind() != ev::OrderMade::KIND_INJUNCTION) {
      problems.push_back(InvalidField(field, "is one of an injunction",
                                      "Leave it empty for an order of another kind."));
    }
  };
  check("referral_from", request.referral_from());
  check("committal_from", request.committal_from());
}

void CheckOutcome(const v1::ReviewOrderRequest& request, Problems& problems) {
  using Reviewed = ev::OrderReviewed;
  const auto outcome = request.outcome();
  if (!Reviewed::Outcome_IsValid(outcome)) {
    problems.push_back(
        commands::UnknownValue("outcome", "continued, extended, varied or discharged"));
    return;
  }
  if (outcome == Reviewed::OUTCOME_UNSPECIFIED)
    problems.push_back(commands::MissingField("outcome"));
  const auto expires = commands::CheckDay("expires_date", request.expires_date(), problems);
  if (outcome == Reviewed::OUTCOME_EXTENDED) {
    if (request.expires_date().empty()) problems.push_back(commands::MissingField("expires_date"));
    if (expires && request.expires_date() < request.reviewed_date()) {
      problems.push_back(InvalidField("expires_date", "lies before the review",
                                      "Give the new last day on which it holds."));
    }
  } else if (!request.expires_date().empty()) {
    problems.push_back(InvalidField("expires_date", "is one of an extension", "Leave it empty."));
  }
  if (outcome == Reviewed::OUTCOME_VARIED) {
    RequireProhibitions(request.prohibitions(), problems);
  } else if (!request.prohibitions().empty()) {
    problems.push_back(InvalidField("prohibitions", "are those of a variation", "Leave them out."));
  }
}

}  // namespace

Outcome Decide(const OrderState& order, const Circumstances& circumstances,
               const v1::MakeOrderRequest& request) {
  Problems problems;
  commands::RequireSlug("order_id", request.order_id(), problems);
  commands::RequireSlug("partnership_id", request.partnership_id(), problems);
  if (!ev::OrderMade::Kind_IsValid(request.kind())) {
    problems.push_back(commands::UnknownValue("kind", "injunction, public-spaces or other"));
  } else if (request.kind() == ev::OrderMade::KIND_UNSPECIFIED) {
    problems.push_back(commands::MissingField("kind"));
  }
  commands::RequireText("label", request.label(), commands::kNameBytesMax, problems);
  commands::RequireText("power", request.power(), commands::kNameBytesMax, problems);
  RequireProhibitions(request.prohibitions(), problems);
  const auto made = commands::RequireDay("made_date", request.made_date(), problems);
  CheckTerm(request, made, problems);
  CheckLadder(request, problems);
  if (!problems.empty()) return commands::RejectFields(std::move(problems));
  if (!circumstances.partnerships.Contains(request.partnership_id())) {
    return partners::RejectPartnership("partnership_id");
  }
  if (!request.area_id().empty() && circumstances.areas.Find(request.area_id()) == nullptr) {
    return partners::RejectArea("area_id", request.area_id(), circumstances.areas);
  }

  ev::OrderMade event;
  event.set_order_id(request.order_id());
  event.set_partnership_id(request.partnership_id());
  event.set_kind(request.kind());
  event.set_label(request.label());
  event.set_power(request.power());
  event.set_area_id(request.area_id());
  *event.mutable_prohibitions() = request.prohibitions();
  event.set_made_date(request.made_date());
  event.set_expires_date(request.expires_date());
  event.set_referral_from(request.referral_from());
  event.set_committal_from(request.committal_from());
  if (!order.made) {
    return commands::OneEvent(OrderStream(request.order_id()), event, commands::OnDay(*made));
  }
  if (commands::SaysTheSame(*order.made, event)) return commands::Decision{};
  return commands::Refuse(absl::StatusCode::kAlreadyExists, "ALREADY_EXISTS", "order_id",
                          "an order with this id was recorded with other content",
                          "Choose another id, or record a review of the one that stands.");
}

Outcome Decide(const OrderState& order, const Circumstances& circumstances,
               const v1::ReviewOrderRequest& request) {
  if (request.order_id().empty()) {
    return commands::RejectFields({commands::MissingField("order_id")});
  }
  if (!order.made) return UnknownOrder();
  Problems problems;
  const auto day = commands::RequirePastDay("reviewed_date", request.reviewed_date(),
                                            circumstances.today, problems);
  if (day && request.reviewed_date() < order.made->made_date()) {
    problems.push_back(
        InvalidField("reviewed_date", "lies before the order", "Give the day of the review."));
  }
  CheckOutcome(request, problems);
  if (!problems.empty()) return commands::RejectFields(std::move(problems));

  ev::OrderReviewed event;
  event.set_order_id(request.order_id());
  event.set_reviewed_date(request.reviewed_date());
  event.set_outcome(request.outcome());
  event.set_expires_date(request.expires_date());
  *event.mutable_prohibitions() = request.prohibitions();
  for (const ev::OrderReviewed& stands : order.reviews) {
    if (commands::SaysTheSame(stands, event)) return commands::Decision{};
  }
  for (const ev::OrderReviewed& stands : order.reviews) {
    if (stands.outcome() != ev::OrderReviewed::OUTCOME_DISCHARGED) continue;
    return commands::Refuse(absl::StatusCode::kFailedPrecondition, "WRONG_STATE", "order_id",
                            "the order was discharged", "Record a new order.");
  }
  return commands::OneEvent(OrderStream(request.order_id()), event, commands::OnDay(*day));
}

}  // namespace daybook::enforcement
