#include "services/ingest/written_period.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "fmt/format.h"
#include "proto/values/text.h"
#include "services/ingest/written_day.h"

namespace daybook::ingest {
namespace {

using values::CivilDay;
using values::Period;
using values::PeriodKind;
using Words = std::vector<std::string>;

// In lower case, without the punctuation that ends or encloses a word.
Words WordsOf(std::string_view line) {
  Words words;
  for (absl::string_view part :
       absl::StrSplit(absl::string_view(line.data(), line.size()), ' ', absl::SkipEmpty())) {
    std::string_view word(part.data(), part.size());
    while (!word.empty() &&
           std::string_view(",;:.()\"'").find(word.back()) != std::string_view::npos) {
      word.remove_suffix(1);
    }
    while (!word.empty() && std::string_view("(\"'").find(word.front()) != std::string_view::npos) {
      word.remove_prefix(1);
    }
    if (!word.empty()) words.push_back(absl::AsciiStrToLower(std::string(word)));
  }
  return words;
}

std::string Joined(const Words& words, std::size_t at, std::size_t count) {
  std::string text;
  for (std::size_t i = at; i < at + count; ++i) text += (i > at ? " " : "") + words[i];
  return text;
}

bool HasLetter(std::string_view word) {
  return std::ranges::any_of(
      word, [](char c) { return absl::ascii_isalpha(static_cast<unsigned char>(c)); });
}

// What begins at a word: the days that it may be, and how many words it has.
struct FoundDays {
  std::vector<CivilDay> days = {};
  std::size_t words = 0;
};

std::optional<int> DigitsOf(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// 05/02/2024 in both orders.
std::vector<CivilDay> NumericDays(const std::string& word) {
  if (const auto day = values::ParseDay(word)) return {*day};
  const std::vector<std::string> parts = absl::StrSplit(word, absl::ByAnyChar("/.-"));
  if (parts.size() != 3 || (parts[2].size() != 2 && parts[2].size() != 4)) return {};
  const auto first = DigitsOf(parts[0]);
  const auto second = DigitsOf(parts[1]);
  const auto year = DigitsOf(parts[2]);
  if (!first || !second || !year || *year < 0) return {};
  const int full = parts[2].size() == 2 ? 2000 + *year : *year;
  std::vector<CivilDay> days;
  for (const auto& [day, month] : {std::pair(*first, *second), std::pair(*second, *first)}) {
    const auto one = values::DayOf({.year = full, .month = month, .day = day});
    if (one && std::ranges::find(days, *one) == days.end()) days.push_back(*one);
  }
  return days;
}

// 5th -> 5
std::string WithoutOrdinal(const std::string& word) {
  for (const std::string_view end : {"st", "nd", "rd", "th"}) {
    if (word.size() > 2 && word.ends_with(end) &&
        values::IsDigits(std::string_view(word).substr(0, word.size() - 2))) {
      return word.substr(0, word.size() - 2);
    }
  }
  return word;
}

FoundDays DayAt(const Words& words, std::size_t at) {
  if (at < words.size()) {
    if (auto days = NumericDays(words[at]); !days.empty()) return {std::move(days), 1};
  }
  if (at + 3 > words.size() || !HasLetter(words[at] + words[at + 1])) return {};
  const auto parse = [](const std::string& day, const std::string& month, const std::string& year) {
    const auto text = DayIn(WithoutOrdinal(day) + " " + month + " " + year);
    return text && HasLetter(month) ? values::ParseDay(*text) : std::nullopt;
  };
  auto day = parse(words[at], words[at + 1], words[at + 2]);
  if (!day) day = parse(words[at + 1], words[at], words[at + 2]);  // February 5, 2024
  return day ? FoundDays{{*day}, 3} : FoundDays{};
}

// The first day of "October 2022", "Oct-22", "10/2022".
FoundDays MonthAt(const Words& words, std::size_t at) {
  const auto month = [](const std::string& text) -> std::optional<CivilDay> {
    const bool numbers = text.size() == 7 && text[2] == '/';
    if (!HasLetter(text) && !numbers) return std::nullopt;
    const auto found = MonthIn(text);
    return found ? values::ParseMonth(*found) : std::nullopt;
  };
  if (at + 2 <= words.size()) {
    if (const auto day = month(words[at] + " " + words[at + 1])) return {{*day}, 2};
  }
  if (at < words.size()) {
    if (const auto day = month(words[at])) return {{*day}, 1};
  }
  return {};
}

bool IsOneOf(const std::string& word, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

bool Connects(const Words& words, std::size_t at) {
  return at < words.size() && IsOneOf(words[at], {"to", "-", "\xE2\x80\x93", "\xE2\x80\x94",
                                                  "until", "till", "through"});
}

struct FoundPeriods {
  std::vector<Period> periods = {};
  std::size_t words = 0;
};

// Both ends in one order: a day that can only be read in one of them decides for the other.
FoundPeriods DaysRangeAt(const Words& words, std::size_t at) {
  const FoundDays first = DayAt(words, at);
  if (first.days.empty() || !Connects(words, at + first.words)) return {};
  const FoundDays last = DayAt(words, at + first.words + 1);
  if (last.days.empty()) return {};
  FoundPeriods found{.periods = {}, .words = first.words + 1 + last.words};
  const std::size_t orders = std::min(first.days.size(), last.days.size());
  for (std::size_t i = 0; i < orders; ++i) {
    if (last.days[i] < first.days[i]) continue;
    for (Period& one : PeriodsOf(first.days[i], last.days[i])) found.periods.push_back(one);
  }
  return found;
}

// "October 2022 to September 2023", "October to December 2023".
FoundPeriods MonthsRangeAt(const Words& words, std::size_t at) {
  FoundDays first = MonthAt(words, at);
  if (first.days.empty() && Connects(words, at + 1)) {
    const FoundDays last = MonthAt(words, at + 2);
    if (last.days.empty() || last.words != 2) return {};
    // Its year is that of the second, or the one before it.
    for (const int back : {0, 1}) {
      const Words with{words[at], std::to_string(values::DateOf(last.days[0]).year - back)};
      first = MonthAt(with, 0);
      if (first.days.empty()) return {};
      if (first.days[0] <= last.days[0]) break;
    }
    first.words = 1;
  }
  if (first.days.empty() || !Connects(words, at + first.words)) return {};
  const FoundDays last = MonthAt(words, at + first.words + 1);
  if (last.days.empty() || last.days[0] < first.days[0]) return {};
  return {PeriodsOf(first.days[0], values::LastOfMonth(last.days[0])),
          first.words + 1 + last.words};
}

// "12 months to the end of January 2024", "year ending 31 March 2024".
FoundPeriods TwelveMonthsAt(const Words& words, std::size_t at) {
  std::size_t next = at;
  if (next + 1 < words.size() && IsOneOf(words[next], {"12", "twelve"}) &&
      IsOneOf(words[next + 1], {"month", "months"})) {
    next += 2;
  } else if (next < words.size() && IsOneOf(words[next], {"year", "12m"})) {
    next += 1;
  } else {
    return {};
  }
  if (next >= words.size() || !IsOneOf(words[next], {"to", "ending", "ended", "until"})) return {};
  ++next;
  while (next < words.size() && IsOneOf(words[next], {"the", "end", "of"})) ++next;
  FoundDays last = DayAt(words, next);
  std::erase_if(last.days, [](CivilDay day) { return day != values::LastOfMonth(day); });
  if (last.words == 0) last = MonthAt(words, next);
  FoundPeriods found{.periods = {}, .words = next + last.words - at};
  for (const CivilDay day : last.days) {
    const values::Date date = values::DateOf(day);
    found.periods.push_back(values::Rolling12To(date.year, date.month));
  }
  return found;
}

// "2022-23", "2013-14 Q1", "Q1 2013-14", "AY2022-23".
FoundPeriods YearAt(const Words& words, std::size_t at) {
  for (const std::size_t count : {std::size_t{2}, std::size_t{1}}) {
    if (at + count > words.size()) continue;
    std::string text = absl::AsciiStrToUpper(Joined(words, at, count));
    if (text.starts_with("FY")) text.erase(0, 2);
    if (count == 1 && MayBeYearOrMonth(text)) continue;
    if (const auto form = PeriodIn(text)) text = *form;
    const auto period = values::ParsePeriod(text);
    if (!period) continue;
    if (period->kind == PeriodKind::kQuarter || period->kind == PeriodKind::kPlanYear ||
        period->kind == PeriodKind::kAssessmentYear || period->kind == PeriodKind::kCalendarYear) {
      return {{*period}, count};
    }
  }
  return {};
}

// Not that of a day: "as at 5 February 2024" states no period.
FoundPeriods MonthAlone(const Words& words, std::size_t at) {
  const bool of_day = DayAt(words, at).words > 0 || (at > 0 && DayAt(words, at - 1).words > 1);
  const FoundDays month = MonthAt(words, at);
  if (of_day || month.days.empty()) return {};
  const values::Date date = values::DateOf(month.days[0]);
  return {{values::Month(date.year, date.month)}, month.words};
}

}  // namespace

std::vector<Period> PeriodsOf(CivilDay first, CivilDay last) {
  std::vector<Period> periods;
  for (const PeriodKind kind :
       {PeriodKind::kMonth, PeriodKind::kQuarter, PeriodKind::kPlanYear,
        PeriodKind::kAssessmentYear, PeriodKind::kCalendarYear, PeriodKind::kRolling12}) {
    const Period period{kind, first, values::AddDays(last, 1)};
    if (values::IsAligned(period)) periods.push_back(period);
  }
  if (periods.empty()) periods.push_back(values::Range(first, last));
  return periods;
}

std::vector<CivilDay> DayStatedIn(std::string_view line) {
  const Words words = WordsOf(line);
  for (std::size_t at = 0; at < words.size(); ++at) {
    if (FoundDays found = DayAt(words, at); !found.days.empty()) return std::move(found.days);
  }
  return {};
}

std::vector<Period> PeriodsStatedIn(std::string_view line) {
  const Words words = WordsOf(line);
  std::vector<Period> periods;
  std::size_t at = 0;
  while (at < words.size()) {
    FoundPeriods found;
    for (const auto& look : {&TwelveMonthsAt, &DaysRangeAt, &MonthsRangeAt, &YearAt, &MonthAlone}) {
      found = look(words, at);
      if (!found.periods.empty()) break;
    }
    for (Period& period : found.periods) {
      if (std::ranges::find(periods, period) == periods.end()) periods.push_back(period);
    }
    at += std::max<std::size_t>(found.words, 1);
  }
  return periods;
}

}  // namespace daybook::ingest
