#include "services/ingest/written_day.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "eventstore/core/civil_day.h"
#include "fmt/format.h"
#include "proto/values/period.h"
#include "proto/values/text.h"

namespace daybook::ingest {
namespace {

// Excel counts days from 1899-12-30 (since March 1900). Numbers of this range are days of 1982 to
// 2063; a year or a count is not one.
constexpr int kExcelFirst = 30'000;
constexpr int kExcelLast = 60'000;
constexpr int kExcelEpochToUnix = 25'569;

constexpr std::array<std::string_view, 12> kMonths = {
    "january", "february", "march",     "april",   "may",      "june",
    "july",    "august",   "september", "october", "november", "december"};

std::optional<int> Whole(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<int> MonthNumber(std::string_view word) {
  const std::string lower = absl::AsciiStrToLower(std::string(word));
  for (std::size_t i = 0; i < kMonths.size(); ++i) {
    const bool abbreviated = lower.size() == 3 || lower == "sept";
    if (lower == kMonths[i] || (abbreviated && kMonths[i].starts_with(lower))) {
      return static_cast<int>(i) + 1;
    }
  }
  return std::nullopt;
}

// Two digits are a year of this century: nothing here is older.
std::optional<int> Year(std::string_view text) {
  const auto year = Whole(text);
  if (!year || *year < 0) return std::nullopt;
  if (text.size() == 2) return 2000 + *year;
  return text.size() == 4 ? year : std::nullopt;
}

// Parts between spaces, slashes, hyphens and points.
std::vector<std::string> Parts(std::string_view text) {
  return absl::StrSplit(absl::string_view(text.data(), text.size()), absl::ByAnyChar(" /-."),
                        absl::SkipEmpty());
}

std::optional<int> MonthPart(const std::string& part) {
  const auto named = MonthNumber(part);
  return named ? named : Whole(part);
}

// A time of day, in minutes, and how far its zone is from UTC where it has one.
struct Clock {
  int minutes = 0;
  std::optional<int> offset = {};
};

// Takes digits from the front: between `least` and `most` of them, up to `max`.
std::optional<int> TakeNumber(std::string_view& text, std::size_t least, std::size_t most,
                              int max) {
  std::size_t count = 0;
  while (count < std::min(most, text.size()) && values::IsDigits(text.substr(count, 1))) ++count;
  const auto number = Whole(text.substr(0, count));
  if (count < least || !number || *number > max) return std::nullopt;
  text.remove_prefix(count);
  return number;
}

bool Take(std::string_view& text, char c) {
  if (!text.starts_with(c)) return false;
  text.remove_prefix(1);
  return true;
}

// "", "Z", "+01:00", "+0100".
bool TakeOffset(std::string_view& text, std::optional<int>& offset) {
  while (Take(text, ' ')) {
  }
  if (text.empty()) return true;
  if (Take(text, 'Z')) {
    offset = 0;
    return true;
  }
  const int sign = text.front() == '-' ? -1 : 1;
  if (!Take(text, '+') && !Take(text, '-')) return false;
  const auto hours = TakeNumber(text, 2, 2, 14);
  Take(text, ':');
  const auto minutes = TakeNumber(text, 2, 2, 59);
  if (!hours || !minutes) return false;
  offset = sign * (*hours * 60 + *minutes);
  return true;
}

// "23:30", "23:30:00", "23:30:00.000", each with a zone or without.
std::optional<Clock> ParseClock(std::string_view text) {
  const auto hours = TakeNumber(text, 1, 2, 23);
  if (!hours || !Take(text, ':')) return std::nullopt;
  const auto minutes = TakeNumber(text, 2, 2, 59);
  if (!minutes) return std::nullopt;
  if (Take(text, ':')) {
    if (!TakeNumber(text, 2, 2, 60)) return std::nullopt;
    if (Take(text, '.')) {
      const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
      if (digits == 0) return std::nullopt;
      text.remove_prefix(digits);
    }
  }
  Clock clock{.minutes = *hours * 60 + *minutes};
  if (!TakeOffset(text, clock.offset) || !text.empty()) return std::nullopt;
  return clock;
}

std::optional<values::CivilDay> DateIn(std::string_view text) {
  if (const auto day = values::ParseDay(text)) return day;
  if (const auto day = ExcelDay(text)) return day;
  const std::vector<std::string> parts = Parts(text);
  if (parts.size() != 3) return std::nullopt;
  const auto day = Whole(parts[0]);
  const auto month = MonthPart(parts[1]);
  const auto year = Year(parts[2]);
  if (!day || !month || !year || *month < 1 || *month > 12) return std::nullopt;
  return values::DayOf({.year = *year, .month = *month, .day = *day});
}

constexpr int kMinutesOfDay = 24 * 60;

// The part of a day behind the point of Excel's number, to the minute; nullopt for a whole number.
// Excel's own rounding may make the last minute of a day the next midnight, which stays within it.
std::optional<int> ExcelMinutes(std::string_view text) {
  const std::size_t point = text.find('.');
  if (point == std::string_view::npos) return std::nullopt;
  double minutes = 0;
  for (double worth = kMinutesOfDay / 10.0; const char digit : text.substr(point + 1)) {
    minutes += worth * (digit - '0');
    worth /= 10;
  }
  return std::min(static_cast<int>(std::lround(minutes)), kMinutesOfDay - 1);
}

struct Moment {
  values::CivilDay day;
  std::optional<int> minutes = {};  // on a clock in London; nullopt: a day alone
};

std::optional<Moment> ReadMoment(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) {
    const auto day = DateIn(text);
    if (!day) return std::nullopt;
    return Moment{*day, ExcelDay(text) ? ExcelMinutes(text) : std::nullopt};
  }
  const std::size_t gap = text.find_last_of(" T", colon);
  if (gap == std::string_view::npos) return std::nullopt;
  const auto day = DateIn(text.substr(0, gap));
  const auto clock = ParseClock(text.substr(gap + 1));
  if (!day || !clock) return std::nullopt;
  if (!clock->offset) return Moment{*day, clock->minutes};
  constexpr std::int64_t kMicrosOfMinute = 60'000'000;
  const auto london = eventstore::LondonClock(
      {(std::int64_t{day->days} * kMinutesOfDay + clock->minutes - *clock->offset) *
       kMicrosOfMinute});
  return Moment{london.day, london.minutes};
}

std::optional<values::CivilDay> CivilDayIn(std::string_view text) {
  const auto moment = ReadMoment(text);
  if (!moment) return std::nullopt;
  return moment->day;
}

std::string ClockText(int minutes) {
  return fmt::format("{:02}:{:02}", minutes / 60, minutes % 60);
}

}  // namespace

std::optional<values::CivilDay> ExcelDay(std::string_view text) {
  const std::size_t point = text.find('.');
  if (point != std::string_view::npos && !values::IsDigits(text.substr(point + 1)))
    return std::nullopt;
  const auto number = Whole(text.substr(0, point));
  if (!number || *number < kExcelFirst || *number > kExcelLast) return std::nullopt;
  return values::CivilDay{*number - kExcelEpochToUnix};
}

// "2007-08": a month, and a year and the next.
bool MayBeYearOrMonth(std::string_view cell) {
  if (cell.size() != 7 || cell[4] != '-') return false;
  const auto year = Whole(cell.substr(0, 4));
  const auto second = Whole(cell.substr(5));
  return year && second && *second >= 1 && *second <= 12 && *second == (*year + 1) % 100;
}

std::optional<std::string> DayIn(std::string_view text) {
  const auto day = CivilDayIn(text);
  if (!day) return std::nullopt;
  return values::FormatDay(*day);
}

std::optional<std::string> MomentIn(std::string_view text) {
  const auto moment = ReadMoment(text);
  if (!moment) return std::nullopt;
  std::string written = values::FormatDay(moment->day);
  if (moment->minutes) written += "T" + ClockText(*moment->minutes);
  return written;
}

std::optional<std::string> TimeIn(std::string_view text) {
  std::string lower = absl::AsciiStrToLower(std::string(text));
  std::erase(lower, ' ');
  const bool is_pm = lower.ends_with("pm");
  const bool has_half = is_pm || lower.ends_with("am");
  if (has_half) lower.resize(lower.size() - 2);
  if (!has_half && lower.starts_with("0.") && values::IsDigits(lower.substr(2))) {
    return ClockText(*ExcelMinutes(lower));
  }
  if (!has_half && lower.size() == 4 && values::IsDigits(lower)) lower.insert(2, ":");
  if (has_half && lower.find_first_of(":.") == std::string::npos) lower += ":00";
  if (has_half) std::ranges::replace(lower, '.', ':');
  const auto clock = ParseClock(lower);
  if (!clock || clock->offset) return std::nullopt;
  if (!has_half) return ClockText(clock->minutes);
  constexpr int kHalf = kMinutesOfDay / 2;
  if (clock->minutes < 60 || clock->minutes >= kHalf + 60) return std::nullopt;  // no 0am, 13pm
  return ClockText(clock->minutes % kHalf + (is_pm ? kHalf : 0));
}

std::optional<std::string> MonthIn(std::string_view text) {
  if (values::ParseMonth(text)) return std::string(text);
  if (const auto day = CivilDayIn(text)) return values::FormatMonth(*day);
  const std::vector<std::string> parts = Parts(text);
  if (parts.size() != 2) return std::nullopt;
  const bool numbers = values::IsDigits(parts[0]) && values::IsDigits(parts[1]);
  if (numbers && parts[1].size() != 4) return std::nullopt;
  const auto month = MonthPart(parts[0]);
  const auto year = Year(parts[1]);
  if (!month || !year || *month < 1 || *month > 12) return std::nullopt;
  return values::FormatMonth(values::FirstOf(*year, *month));
}

std::optional<std::string> PeriodIn(std::string_view text) {
  if (values::ParsePeriod(text)) return std::nullopt;
  // "2017/18", "2017-2018": a year and the next.
  static const auto plan_year = [](std::string_view year) -> std::optional<std::string> {
    if (year.size() != 7 && year.size() != 9) return std::nullopt;
    const auto first = Whole(year.substr(0, 4));
    const auto second = Whole(year.substr(5));
    if (!first || !second || (year[4] != '/' && year[4] != '-')) return std::nullopt;
    const bool follows = year.size() == 9 ? *second == *first + 1 : *second == (*first + 1) % 100;
    if (!follows) return std::nullopt;
    return fmt::format("{}-{:02}", *first, (*first + 1) % 100);
  };
  std::string upper = absl::AsciiStrToUpper(std::string(text));
  std::string_view rest = upper;
  std::string quarter;
  if (rest.size() > 3 && rest[0] == 'Q' && rest[2] == ' ') {  // Q1 2017-18
    quarter = " " + std::string(rest.substr(0, 2));
    rest.remove_prefix(3);
  } else if (rest.size() > 3 && rest[rest.size() - 2] == 'Q' && rest[rest.size() - 3] == ' ') {
    quarter = std::string(rest.substr(rest.size() - 3));
    rest.remove_suffix(3);
  }
  if (auto year = plan_year(rest); year && values::ParsePeriod(*year + quarter)) {
    // 2010-2011 is no month.
    if (quarter.empty() && MayBeYearOrMonth(*year)) (*year)[4] = '/';
    return *year + quarter;
  }
  if (!quarter.empty()) return std::nullopt;
  // A day may stand for itself or for its month; only Excel's number of a first day is a month.
  if (const auto day = CivilDayIn(text)) {
    const bool first = values::DateOf(*day).day == 1;
    if (!ExcelDay(text) || !first) return std::nullopt;
  }
  return MonthIn(text);
}

}  // namespace daybook::ingest
