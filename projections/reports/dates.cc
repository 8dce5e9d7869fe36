#include "projections/reports/dates.h"

#include "projections/calendar/calendar.h"
#include "proto/values/civil.h"
#include "proto/values/period.h"

namespace daybook::reports {
namespace {

constexpr std::size_t kMonthsShownMax = 1200;

Period OfMonth(std::string_view month, values::Period (*period_of)(values::CivilDay)) {
  const auto first = values::ParseMonth(month);
  return first ? values::PeriodToProto(period_of(*first)) : Period();
}

}  // namespace

std::string IsoDay(eventstore::CivilDay day) { return values::FormatDay(day); }

std::string PeriodLabel(const Period& period) {
  const auto parsed = values::PeriodFromProto(period);
  return parsed ? values::PeriodLabel(*parsed) : period.start_date() + ".." + period.end_date();
}

std::optional<Period> ParsePeriod(std::string_view text) {
  const auto parsed = values::ParsePeriod(text);
  if (!parsed) return std::nullopt;
  return values::PeriodToProto(*parsed);
}

bool IsValidPeriod(const Period& period) { return values::PeriodFromProto(period).has_value(); }

bool SamePeriod(const Period& a, const Period& b) {
  return a.start_date() == b.start_date() && a.end_date() == b.end_date();
}

bool Contains(const Period& outer, const Period& inner) {
  return outer.start_date() <= inner.start_date() && inner.end_date() <= outer.end_date();
}

std::optional<Period> PreviousPeriod(const Period& period) {
  const auto parsed = values::PeriodFromProto(period);
  if (!parsed) return std::nullopt;
  return values::PeriodToProto(calendar::PreviousOf(*parsed));
}

std::vector<std::string> MonthsOf(const Period& period) {
  std::vector<std::string> names;
  const auto parsed = values::PeriodFromProto(period);
  if (!parsed) return names;
  const auto months = calendar::MonthsOf(*parsed);
  if (!months) return names;
  for (const values::Period& month : *months) names.push_back(values::FormatMonth(month.start));
  return names;
}

std::vector<std::string> MonthsFromTo(std::string_view from, std::string_view to) {
  std::vector<std::string> names;
  const auto first = values::ParseMonth(from);
  const auto last = values::ParseMonth(to);
  if (!first || !last) return names;
  for (auto month = *first; month <= *last && names.size() < kMonthsShownMax;
       month = values::AddMonths(month, 1)) {
    names.push_back(values::FormatMonth(month));
  }
  return names;
}

bool IsMonth(std::string_view text) { return values::ParseMonth(text).has_value(); }

Period MonthPeriod(std::string_view month) { return OfMonth(month, calendar::MonthOf); }
Period QuarterOf(std::string_view month) { return OfMonth(month, calendar::QuarterOf); }
Period PlanYearOf(std::string_view month) { return OfMonth(month, calendar::PlanYearOf); }

}  // namespace daybook::reports
