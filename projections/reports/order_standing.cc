#include "projections/reports/order_standing.h"

#include "proto/values/civil.h"

namespace daybook::reports {

using enforcement::events::v1::OrderReviewed;

namespace {

constexpr int kReviewDays = 90;

}  // namespace

bool OrderStanding::HoldsOn(std::string_view made_date, std::string_view day) const {
  if (day < made_date) return false;
  if (!expires_date.empty() && day > expires_date) return false;
  return discharged_date.empty() || day < discharged_date;
}

OrderStanding StandingOn(const views::v1::OrderRow& order, std::string_view day) {
  OrderStanding standing;
  standing.expires_date = order.fact().expires_date();
  standing.prohibitions = {order.fact().prohibitions().begin(), order.fact().prohibitions().end()};
  for (const OrderReviewed& review : order.reviews()) {
    if (review.reviewed_date() > day) break;  // they are in order of their days
    standing.last_reviewed_date = review.reviewed_date();
    if (review.outcome() == OrderReviewed::OUTCOME_EXTENDED) {
      standing.expires_date = review.expires_date();
    } else if (review.outcome() == OrderReviewed::OUTCOME_VARIED) {
      standing.prohibitions = {review.prohibitions().begin(), review.prohibitions().end()};
    } else if (review.outcome() == OrderReviewed::OUTCOME_DISCHARGED) {
      standing.discharged_date = review.reviewed_date();
    }
  }
  return standing;
}

std::string StateOn(const views::v1::OrderRow& order, std::string_view day) {
  const OrderStanding standing = StandingOn(order, day);
  if (!standing.discharged_date.empty()) return "discharged " + standing.discharged_date;
  if (day < order.fact().made_date()) return "not yet in force";
  if (standing.expires_date.empty()) return "in force";
  if (day > standing.expires_date) return "lapsed " + standing.expires_date + " without a review";
  const auto last = values::ParseDay(standing.expires_date);
  const auto today = values::ParseDay(day);
  if (last && today && last->days - today->days <= kReviewDays) {
    return "in force, review due by " + standing.expires_date;
  }
  return "in force";
}

}  // namespace daybook::reports
