#include "projections/reports/period_value.h"

#include <algorithm>
#include <iterator>
#include <span>
#include <utility>

#include "projections/views/register_view.h"

namespace daybook::reports {
namespace {

using measures::events::v1::ObservationRecorded;
using views::v1::ObservationRow;

const ObservationRow* PointOf(const Series& series, const Period& period) {
  const auto it =
      std::find_if(series.points.begin(), series.points.end(), [&](const ObservationRow* row) {
        return SamePeriod(row->fact().period(), period) && !IsPlanned(row->fact());
      });
  return it == series.points.end() ? nullptr : *it;
}

// What can be added for the months from the first of `left` on: their quarter where it was returned
// as one, else the month.
struct Part {
  const ObservationRow* row = nullptr;
  Decimal number;
  std::size_t months = 1;
};

Part PartOf(const Series& series, std::span<const std::string> left) {
  constexpr std::size_t kQuarter = 3;
  const Period month = MonthPeriod(left.front());
  const Period quarter = QuarterOf(left.front());
  const bool begins = left.size() >= kQuarter && quarter.start_date() == month.start_date();
  for (const Period& period : {quarter, month}) {
    if (period.kind() == Period::KIND_QUARTER && !begins) continue;
    const ObservationRow* row = PointOf(series, period);
    if (row == nullptr || row->fact().period().kind() != period.kind()) continue;
    if (const auto number = ExactNumber(FigureOf(row->fact()))) {
      return {row, *number, period.kind() == Period::KIND_QUARTER ? kQuarter : 1};
    }
  }
  return {};
}

PeriodValue SumOfMonths(const views::RegisterView& names, const Series& series,
                        const Period& period) {
  PeriodValue value;
  Decimal sum(0);
  const ObservationRow* before = nullptr;
  std::vector<std::string> missing;
  const std::vector<std::string> months = MonthsOf(period);
  std::size_t taken = 0;
  while (taken < months.size()) {
    const Part part = PartOf(series, std::span(months).subspan(taken));
    if (part.row == nullptr) missing.push_back(months[taken]);
    taken += part.months;
    if (part.row == nullptr) continue;
    const ObservationRecorded& fact = part.row->fact();
    value.broken |= before != nullptr &&
                    (before->fact().measure_version() != fact.measure_version() ||
                     IsBroken(names, series.measure_id, before->fact().period(), fact.period()));
    before = part.row;
    sum = sum + part.number;
    value.version = fact.measure_version();
    value.back_loaded |= part.row->origin().back_loaded();
    value.positions.push_back(part.row->origin().position());
  }
  if (before == nullptr) return {};
  value.missing = std::move(missing);
  if (!value.missing.empty() || value.broken) return value;
  value.exact = sum;
  value.words = sum.ToString();
  return value;
}

}  // namespace

PeriodValue ValueOf(const views::RegisterView& names, const Series& series, const Period& period) {
  if (const ObservationRow* row = PointOf(series, period)) {
    const Figure figure = FigureOf(row->fact());
    PeriodValue value;
    value.words = Words(figure);
    value.exact = ExactNumber(figure);
    value.version = row->fact().measure_version();
    value.back_loaded = row->origin().back_loaded();
    value.positions = {row->origin().position()};
    return value;
  }
  if (series.basis != ObservationRecorded::BASIS_IN_PERIOD) return {};
  return SumOfMonths(names, series, period);
}

PeriodValue CountedValue(std::uint64_t count, std::vector<std::string> missing) {
  PeriodValue value;
  value.missing = std::move(missing);
  if (!value.missing.empty()) return value;
  value.words = std::to_string(count);
  value.exact = NumberOf(value.words);
  return value;
}

std::vector<std::string> MissingMonths(const std::vector<std::string>& months,
                                       const std::set<std::string>& held) {
  std::vector<std::string> missing;
  std::copy_if(months.begin(), months.end(), std::back_inserter(missing),
               [&](const std::string& month) { return !held.contains(month); });
  return missing;
}

bool IsBrokenBetween(const views::RegisterView& names, std::string_view measure_id,
                     const Period& earlier, const PeriodValue& before, const Period& later,
                     const PeriodValue& after) {
  return before.version != after.version || IsBroken(names, measure_id, earlier, later);
}

}  // namespace daybook::reports
