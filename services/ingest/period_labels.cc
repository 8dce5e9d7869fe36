#include "services/ingest/period_labels.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "fmt/format.h"
#include "proto/values/civil.h"
#include "proto/values/period.h"
#include "proto/values/text.h"
#include "services/ingest/written_day.h"
#include "services/ingest/written_period.h"

namespace daybook::ingest {
namespace {

constexpr std::array<std::string_view, 12> kMonthNames = {
    "january", "february", "march",     "april",   "may",      "june",
    "july",    "august",   "september", "october", "november", "december"};

// In lower case, without marks of footnotes at its end.
std::string PlainLabel(std::string_view label) {
  while (!label.empty() && (label.back() == '*' || label.back() == ' ')) label.remove_suffix(1);
  return absl::AsciiStrToLower(std::string(label));
}

std::optional<int> BareYear(std::string_view label) {
  constexpr int kFirst = 1990;
  constexpr int kLast = 2099;
  int year = 0;
  if (label.size() != 4 || !values::IsDigits(label)) return std::nullopt;
  std::from_chars(label.data(), label.data() + label.size(), year);
  return year >= kFirst && year <= kLast ? std::optional(year) : std::nullopt;
}

// The first year of 2013-14, 2013/14 and 2013-2014.
std::optional<int> PlanYearIn(std::string_view label) {
  std::string text = absl::AsciiStrToUpper(std::string(label));
  if (text.starts_with("FY")) text.erase(0, text.find_first_not_of("FY "));
  if (MayBeYearOrMonth(text)) text[4] = '/';
  if (const auto form = PeriodIn(text)) text = *form;
  const auto period = values::ParsePeriod(text);
  if (!period || period->kind != values::PeriodKind::kPlanYear) return std::nullopt;
  return values::DateOf(period->start).year;
}

std::optional<int> MonthOfName(std::string_view word) {
  for (std::size_t i = 0; i < kMonthNames.size(); ++i) {
    const bool short_form = word.size() == 3 || word == "sept";
    if (word == kMonthNames.at(i) || (short_form && kMonthNames.at(i).starts_with(word))) {
      return static_cast<int>(i) + 1;
    }
  }
  return std::nullopt;
}

// 1 to 4 of Q1, Qtr 1, Quarter 1.
std::optional<int> QuarterNumber(std::string_view text) {
  for (const std::string_view word : {"quarter", "qtr", "q"}) {
    if (!text.starts_with(word)) continue;
    text.remove_prefix(word.size());
    while (text.starts_with(' ') || text.starts_with('.')) text.remove_prefix(1);
    if (text.size() == 1 && text[0] >= '1' && text[0] <= '4') return text[0] - '0';
    return std::nullopt;
  }
  return std::nullopt;
}

// A quarter with a bare year beside it: Q1 2023, 2023 Q1.
struct QuarterOfYear {
  int quarter = 0;
  int year = 0;
};
std::optional<QuarterOfYear> QuarterAndYear(std::string_view text) {
  const std::size_t gap = text.rfind(' ');
  if (gap == std::string_view::npos) return std::nullopt;
  for (const auto& [quarter, year] :
       {std::pair(text.substr(0, gap), text.substr(gap + 1)),
        std::pair(text.substr(text.find(' ') + 1), text.substr(0, text.find(' ')))}) {
    const auto number = QuarterNumber(quarter);
    const auto of = BareYear(year);
    if (number && of) return QuarterOfYear{*number, *of};
  }
  return std::nullopt;
}

std::string YearText(int first) { return values::PeriodLabel(values::PlanYear(first)); }

// What a bare year may be, by the words of an answer.
std::string PeriodOfYear(std::string_view form, int year) {
  if (form == "calendar") return fmt::format("CY{}", year);
  if (form == "financial") return YearText(year);
  if (form == "financial-ending") return YearText(year - 1);
  if (form == "assessment") return values::PeriodLabel(values::AssessmentYear(year));
  if (form == "assessment-ending") return values::PeriodLabel(values::AssessmentYear(year - 1));
  form.remove_prefix(std::string_view("12m-to-").size());
  return values::PeriodLabel(values::Rolling12To(year, MonthOfName(form).value_or(1)));
}

std::string QuarterText(int plan_year, int quarter) {
  return values::PeriodLabel(values::Quarter(plan_year, quarter));
}

// In a calendar year Q1 begins in January, which is the plan year's fourth.
std::string CalendarQuarter(int year, int quarter) {
  return quarter == 1 ? QuarterText(year - 1, 4) : QuarterText(year, quarter - 1);
}

}  // namespace

bool IsPartOfYear(std::string_view label) {
  const std::string plain = PlainLabel(label);
  return QuarterNumber(plain) || MonthOfName(plain);
}

bool IsYear(std::string_view label) {
  const std::string plain = PlainLabel(label);
  return BareYear(plain) || PlanYearIn(plain);
}

bool IsPeriodLabel(std::string_view label) {
  constexpr std::size_t kLabelBytesMax = 60;
  const std::string plain = PlainLabel(label);
  if (plain.empty() || plain.size() > kLabelBytesMax) return false;
  if (IsPartOfYear(plain) || IsYear(plain) || QuarterAndYear(plain)) return true;
  if (values::ParsePeriod(label) || MayBeYearOrMonth(plain)) return true;
  const bool has_letter = std::ranges::any_of(
      plain, [](char c) { return absl::ascii_isalpha(static_cast<unsigned char>(c)); });
  if (PeriodIn(label) && (has_letter || plain.find_first_of("/-") != std::string::npos))
    return true;
  return !PeriodsStatedIn(label).empty();
}

std::optional<std::string> PeriodLabels::Ask(Question question, const Inquiry::Wrong& wrong) {
  auto choice = inquiry_.Ask(std::move(question), wrong);
  asked_ = asked_ || !choice;
  return choice;
}

std::optional<std::string> PeriodLabels::OfYear(int year, std::uint32_t line) {
  Question question{
      .id = "years", .what = fmt::format("Which twelve months is {}?", year), .lines = {line}};
  const std::string after = fmt::format("{} to ", year);
  const std::string before = fmt::format("{} to ", year - 1);
  question.readings = {
      {"calendar", "January to December " + std::to_string(year)},
      {"financial", "April " + after + "March " + std::to_string(year + 1)},
      {"financial-ending", "April " + before + "March " + std::to_string(year)},
      {"assessment", "October " + after + "September " + std::to_string(year + 1)},
      {"assessment-ending", "October " + before + "September " + std::to_string(year)},
  };
  question.other = fmt::format(
      "12m-to-MONTH, for example 12m-to-january for the twelve months to "
      "the end of January {}",
      year);
  const auto form = Ask(std::move(question), [](const std::string& choice) -> std::string {
    const std::string lower = absl::AsciiStrToLower(choice);
    constexpr std::string_view kTo = "12m-to-";
    const bool good = lower.starts_with(kTo) &&
                      MonthOfName(std::string_view(lower).substr(kTo.size())).has_value();
    return good ? "" : "is none of the choices";
  });
  if (!form) return std::nullopt;
  // Which month they end in, this table's title may say, and the next one's another.
  if (absl::AsciiStrToLower(*form).starts_with("12m-")) inquiry_.DoNotKeep("years");
  return PeriodOfYear(absl::AsciiStrToLower(*form), year);
}

// Excel's months are dates of their first day.
std::optional<std::string> PeriodLabels::OfDay(std::string_view label, std::uint32_t line) {
  const auto day = values::ParseDay(label);
  const values::Date date = values::DateOf(*day);
  const bool at_edge = date.day == 1 || *day == values::LastOfMonth(*day);
  if (!at_edge) return std::string(label);
  const auto form = Ask({.id = "dates",
                         .what = fmt::format("Is {} that day, or its month?", label),
                         .lines = {line},
                         .readings = {{"months", values::FormatMonth(*day)},
                                      {"days", std::string(label) + " alone"}}});
  if (!form) return std::nullopt;
  return *form == "months" ? values::FormatMonth(*day) : std::string(label);
}

std::optional<std::string> PeriodLabels::OfPart(std::string_view year, std::string_view part,
                                                std::uint32_t line) {
  std::string of(PlainLabel(year));
  if (!IsYear(of)) {
    Question question{.id = "year",
                      .what = fmt::format("Of which year is {}?", part),
                      .lines = {line},
                      .readings = {},
                      .other =
                          "a financial year, for example 2013-14, or a calendar year, for "
                          "example 2013",
                      .can_be_kept = false};
    for (const std::string& title : titles_) {
      for (const values::Period& period : PeriodsStatedIn(title)) {
        const bool of_plan = period.kind == values::PeriodKind::kPlanYear ||
                             period.kind == values::PeriodKind::kQuarter;
        if (!of_plan) continue;
        const values::Date start = values::DateOf(period.start);
        const std::string choice = YearText(start.month >= 4 ? start.year : start.year - 1);
        const Reading reading{choice, "as \"" + title + "\" says"};
        if (std::ranges::find(question.readings, choice, &Reading::choice) ==
            question.readings.end()) {
          question.readings.push_back(reading);
        }
      }
    }
    const auto choice = Ask(std::move(question), [](const std::string& text) {
      return std::string(IsYear(text) ? "" : "is no year like 2013-14 or 2013");
    });
    if (!choice) return std::nullopt;
    of = PlainLabel(*choice);
  }
  const std::string plain = PlainLabel(part);
  const auto plan_year = PlanYearIn(of);
  const auto calendar_year = BareYear(of);
  if (const auto month = MonthOfName(plain)) {
    const int in = plan_year ? *plan_year + (*month < 4 ? 1 : 0) : *calendar_year;
    return values::FormatMonth(values::FirstOf(in, *month));
  }
  const int quarter = *QuarterNumber(plain);
  if (plan_year) return QuarterText(*plan_year, quarter);
  const auto form =
      Ask({.id = "quarters",
           .what = fmt::format("Which three months is {} of {}?", part, *calendar_year),
           .lines = {line},
           .readings = {
               {"calendar", "the year begins in January"},
               {"financial", fmt::format("the year begins in April {}", *calendar_year)},
               {"financial-ending", fmt::format("the year ends in March {}", *calendar_year)}}});
  if (!form) return std::nullopt;
  if (*form == "calendar") return CalendarQuarter(*calendar_year, quarter);
  return QuarterText(*form == "financial" ? *calendar_year : *calendar_year - 1, quarter);
}

std::optional<std::string> PeriodLabels::Read(std::string_view year, std::string_view label,
                                              std::uint32_t line) {
  asked_ = false;
  const std::string plain = PlainLabel(label);
  if (const auto bare = BareYear(plain)) return OfYear(*bare, line);
  if (const auto quarter = QuarterAndYear(plain)) {
    return OfPart(std::to_string(quarter->year), fmt::format("Q{}", quarter->quarter), line);
  }
  if (IsPartOfYear(plain)) return OfPart(year, plain, line);
  const std::string text = label.ends_with('*') ? plain : std::string(label);
  if (const auto period = values::ParsePeriod(text)) {
    return period->kind == values::PeriodKind::kDay ? OfDay(text, line) : text;
  }
  if (const auto form = PeriodIn(text)) return *form;
  const std::vector<values::Period> stated = PeriodsStatedIn(text);
  if (stated.empty()) return std::nullopt;
  if (stated.size() == 1) return values::PeriodLabel(stated.front());
  Question question{.id = std::string(kLabelQuestion) + std::string(label),
                    .what = fmt::format("Which period is \"{}\"?", label),
                    .lines = {line}};
  for (const values::Period& period : stated) {
    question.readings.push_back(
        {values::PeriodLabel(period),
         values::FormatDay(period.start) + " to " + values::FormatDay(period.LastDay())});
  }
  return Ask(std::move(question));
}

}  // namespace daybook::ingest
