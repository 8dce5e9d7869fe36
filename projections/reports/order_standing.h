// How an order stands on a day: what its reviews made of it by then.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "daybook/views/v1/enforcement_rows.pb.h"

namespace daybook::reports {

struct OrderStanding {
  std::string expires_date;        // last day on which it holds; empty = until discharged
  std::string discharged_date;     // empty while it is not
  std::string last_reviewed_date;  // empty without a review
  std::set<std::string> prohibitions;

  // Whether it holds on a day (ISO 8601) from `made_date` on.
  bool HoldsOn(std::string_view made_date, std::string_view day) const;
};

// As on `day` (ISO 8601): reviews after it count for nothing yet.
OrderStanding StandingOn(const views::v1::OrderRow& order, std::string_view day);

// "in force", "in force, review due by 2024-11-01" within 90 days of its end, "lapsed 2024-11-01
// without a review", "discharged 2024-05-07", "not yet in force".
std::string StateOn(const views::v1::OrderRow& order, std::string_view day);

}  // namespace daybook::reports
