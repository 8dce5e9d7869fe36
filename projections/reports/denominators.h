// What rates are taken of: the newest figure of a measure such as the population, an area each.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "projections/reports/dates.h"
#include "projections/reports/figure.h"
#include "projections/views/series_book.h"

namespace daybook::reports {

struct Denominator {
  Decimal value;          // above 0
  bool is_about = false;  // as the source says
  Period period;          // ends on the reference date
  std::string source_id;
  std::string extract;
};

class Denominators {
 public:
  // Figures of `measure_id` at a date (a state, not what was counted in a period) that is not after
  // `day`, ISO 8601. A figure that says
  // "about" is taken as its number, ranges and floors are none. Of several the one with the newest
  // date holds, of those the one recorded last.
  Denominators(const views::SeriesBook& book, std::string_view measure_id, std::string_view day);

  // Null where there is none.
  const Denominator* Of(std::string_view area_id) const;
  // The first reference date after the day, where only such are held.
  std::optional<std::string> LaterDateOf(std::string_view area_id) const;

 private:
  std::map<std::string, Denominator, std::less<>> of_;
  std::map<std::string, std::string, std::less<>> later_;
};

}  // namespace daybook::reports
