// How people write a period: ParsePeriod, ParsePlanYear and PeriodLabel.
#include <optional>
#include <string>
#include <string_view>

#include "proto/values/period.h"
#include "proto/values/text.h"

namespace daybook::values {
namespace {

constexpr std::string_view kRollingPrefix = "12m to ";
constexpr std::string_view kCalendarSuffix = " (calendar)";
constexpr std::string_view kRangeDots = "..";

// Exactly `width` digits.
std::optional<int> Number(std::string_view text, std::size_t width) {
  if (text.size() != width) return std::nullopt;
  int number = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    number = number * 10 + (c - '0');
  }
  return number;
}

// The year 0 and what reaches beyond 9999-12-31 have no dates.
std::optional<Period> WithinYears(const Period& period) {
  if (DateOf(period.start).year < 1 || DateOf(period.LastDay()).year > 9999) return std::nullopt;
  return period;
}

// The first year of "2017-18" or, with `separator` '/', of "2017/18".
std::optional<int> SpanningYear(std::string_view text, char separator) {
  if (text.size() != 7 || text[4] != separator) return std::nullopt;
  const std::optional<int> start = Number(text.substr(0, 4), 4);
  const std::optional<int> end = Number(text.substr(5), 2);
  if (!start || !end || (*start + 1) % 100 != *end) return std::nullopt;
  return start;
}

std::optional<Period> ParseQuarter(std::string_view text) {
  if (text.size() != 10 || text.substr(7, 2) != " Q") return std::nullopt;
  const std::optional<int> year = SpanningYear(text.substr(0, 7), text[4] == '/' ? '/' : '-');
  const int quarter = text[9] - '0';
  if (!year || quarter < 1 || quarter > 4) return std::nullopt;
  return WithinYears(Quarter(*year, quarter));
}

std::optional<Period> ParseCalendarYear(std::string_view text) {
  if (text.starts_with("CY")) {
    text.remove_prefix(2);
  } else if (text.ends_with(kCalendarSuffix)) {
    text.remove_suffix(kCalendarSuffix.size());
  } else {
    return std::nullopt;
  }
  const std::optional<int> year = Number(text, 4);
  if (!year) return std::nullopt;
  return WithinYears(CalendarYear(*year));
}

std::optional<Period> ParseAssessmentYear(std::string_view text) {
  if (!text.starts_with("AY")) return std::nullopt;
  const std::optional<int> year = SpanningYear(text.substr(2), '-');
  if (!year) return std::nullopt;
  return WithinYears(AssessmentYear(*year));
}

std::optional<Period> ParseRolling12(std::string_view text) {
  if (!text.starts_with(kRollingPrefix)) return std::nullopt;
  const std::optional<CivilDay> month = ParseMonth(text.substr(kRollingPrefix.size()));
  if (!month) return std::nullopt;
  const Date date = DateOf(*month);
  return WithinYears(Rolling12To(date.year, date.month));
}

std::optional<Period> ParseRange(std::string_view text) {
  const std::size_t dots = text.find(kRangeDots);
  if (dots == std::string_view::npos) return std::nullopt;
  const std::optional<CivilDay> first = ParseDay(text.substr(0, dots));
  const std::optional<CivilDay> last = ParseDay(text.substr(dots + kRangeDots.size()));
  if (!first || !last || *last < *first) return std::nullopt;
  return Range(*first, *last);
}

std::optional<Period> ParseMonthPeriod(std::string_view text) {
  const std::optional<CivilDay> first = ParseMonth(text);
  if (!first) return std::nullopt;
  const Date date = DateOf(*first);
  return Month(date.year, date.month);
}

std::optional<Period> ParseDayPeriod(std::string_view text) {
  const std::optional<CivilDay> day = ParseDay(text);
  if (!day) return std::nullopt;
  return DayPeriod(*day);
}

std::string YearSpan(CivilDay start, char separator) {
  const std::string first = FormatDay(start).substr(0, 4);
  const std::string next = FormatDay(AddMonths(start, 12)).substr(2, 2);
  return first + separator + next;
}

// "2009-10" would be read as a month.
std::string PlanYearLabel(CivilDay start) {
  const std::string label = YearSpan(start, '-');
  return ParseMonth(label) ? YearSpan(start, '/') : label;
}

std::string QuarterLabel(CivilDay start) {
  const int months_after_april = (DateOf(start).month + 8) % 12;  // April is month 4
  const CivilDay year_start = AddMonths(start, -months_after_april);
  return YearSpan(year_start, '-') + " Q" + std::to_string(months_after_april / 3 + 1);
}

}  // namespace

std::optional<Period> ParsePlanYear(std::string_view text) {
  text = Trim(text);
  std::optional<int> year = SpanningYear(text, '-');
  if (!year) year = SpanningYear(text, '/');
  if (!year) return std::nullopt;
  return WithinYears(PlanYear(*year));
}

std::optional<Period> ParsePeriod(std::string_view text) {
  text = Trim(text);
  using Parser = std::optional<Period> (*)(std::string_view);
  // The month comes before the plan year: see the header.
  constexpr Parser kParsers[] = {ParseDayPeriod, ParseMonthPeriod,  ParseQuarter,
                                 ParsePlanYear,  ParseCalendarYear, ParseAssessmentYear,
                                 ParseRolling12, ParseRange};
  for (const Parser parse : kParsers) {
    if (const std::optional<Period> period = parse(text)) return period;
  }
  return std::nullopt;
}

std::string PeriodLabel(const Period& period) {
  switch (period.kind) {
    case PeriodKind::kDay:
      return FormatDay(period.start);
    case PeriodKind::kMonth:
      return FormatMonth(period.start);
    case PeriodKind::kQuarter:
      return QuarterLabel(period.start);
    case PeriodKind::kPlanYear:
      return PlanYearLabel(period.start);
    case PeriodKind::kAssessmentYear:
      return "AY" + YearSpan(period.start, '-');
    case PeriodKind::kCalendarYear:
      return "CY" + FormatDay(period.start).substr(0, 4);
    case PeriodKind::kRolling12:
      return std::string(kRollingPrefix) + FormatMonth(period.LastDay());
    case PeriodKind::kRange:
      break;
  }
  return FormatDay(period.start) + std::string(kRangeDots) + FormatDay(period.LastDay());
}

}  // namespace daybook::values
