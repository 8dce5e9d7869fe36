#include "proto/values/period.h"

#include <array>
#include <cassert>

#include "proto/values/plausible_year.h"

namespace daybook::values {
namespace {

constexpr int kQuarterMonths = 3;
constexpr int kYearMonths = 12;
constexpr int kPlanYearMonth = 4;         // April
constexpr int kAssessmentYearMonth = 10;  // October

Period MonthsFrom(PeriodKind kind, CivilDay first, int months) {
  return {.kind = kind, .start = first, .end_exclusive = AddMonths(first, months)};
}

struct Alignment {
  int months = 0;             // length; 0 = not in months
  int start_month = 0;        // 1 to 12; 0 = any
  int start_month_every = 0;  // quarters: each third month from start_month
  std::string_view words;     // for a finding
};

const Alignment& AlignmentOf(PeriodKind kind) {
  static constexpr std::array<Alignment, 9> kAlignments = {{
      {},
      {.words = "A day begins and ends on the same date."},
      {.months = 1, .words = "A month runs from its first to its last day."},
      {.months = kQuarterMonths,
       .start_month = 1,
       .start_month_every = kQuarterMonths,
       .words = "A quarter is three months from 1 April, July, October or January."},
      {.months = kYearMonths,
       .start_month = kPlanYearMonth,
       .words = "A plan year runs from 1 April to 31 March."},
      {.months = kYearMonths,
       .start_month = kAssessmentYearMonth,
       .words = "An assessment year runs from 1 October to 30 September."},
      {.months = kYearMonths,
       .start_month = 1,
       .words = "A calendar year runs from 1 January to 31 December."},
      {.months = kYearMonths,
       .words = "Twelve rolling months run from a month's first day to a month's last day."},
      {.words = "A range does not end before it begins."},
  }};
  return kAlignments.at(static_cast<std::size_t>(kind));
}

bool StartsAligned(const Alignment& alignment, CivilDay start) {
  if (alignment.months == 0) return true;
  const Date date = DateOf(start);
  if (date.day != 1) return false;
  if (alignment.start_month == 0) return true;
  const int after = date.month - alignment.start_month;
  return alignment.start_month_every == 0 ? after == 0 : after % alignment.start_month_every == 0;
}

bool EndsAligned(const Alignment& alignment, const Period& period) {
  if (period.kind == PeriodKind::kDay) return period.Days() == 1;
  if (alignment.months == 0) return period.Days() >= 1;
  return AddMonths(period.start, alignment.months) == period.end_exclusive;
}

std::optional<CivilDay> RequireDate(std::string field, const std::string& text,
                                    Problems& problems) {
  if (text.empty()) {
    AddProblem(problems, reason::kMissingField, std::move(field), "The date is missing.",
               "Give it like 2024-01-31.");
    return std::nullopt;
  }
  const std::optional<CivilDay> day = ParseDay(text);
  if (!day) {
    AddProblem(problems, reason::kInvalidField, std::move(field),
               "Not a date, or a day that does not exist.", "Give it like 2024-01-31.");
  } else if (!IsPlausibleYear(*day)) {
    AddProblem(problems, reason::kInvalidField, std::move(field), kNotPlausible, kCorrectYear);
    return std::nullopt;
  }
  return day;
}

std::optional<PeriodKind> RequireKind(std::string field, types::v1::Period::Kind kind,
                                      Problems& problems) {
  if (kind == types::v1::Period::KIND_UNSPECIFIED) {
    AddProblem(problems, reason::kMissingField, std::move(field), "The kind is missing.",
               "Say what kind of period it is, for example KIND_MONTH.");
    return std::nullopt;
  }
  if (!types::v1::Period::Kind_IsValid(kind)) {
    AddProblem(problems, reason::kUnknownValue, std::move(field),
               "A kind of period that is not registered.",
               "Use one of types.v1.Period.Kind, or upgrade the server.");
    return std::nullopt;
  }
  return static_cast<PeriodKind>(kind);
}

}  // namespace

std::strong_ordering operator<=>(const Period& a, const Period& b) {
  if (const auto order = a.start <=> b.start; order != 0) return order;
  if (const auto order = a.end_exclusive <=> b.end_exclusive; order != 0) return order;
  return a.kind <=> b.kind;
}

bool IsAligned(const Period& period) {
  const Alignment& alignment = AlignmentOf(period.kind);
  return StartsAligned(alignment, period.start) && EndsAligned(alignment, period);
}

Period DayPeriod(CivilDay day) { return {PeriodKind::kDay, day, AddDays(day, 1)}; }

Period Month(int year, int month) {
  return MonthsFrom(PeriodKind::kMonth, FirstOf(year, month), 1);
}

Period Quarter(int plan_year, int quarter) {
  assert(quarter >= 1 && quarter <= 4);
  const CivilDay april = FirstOf(plan_year, kPlanYearMonth);
  return MonthsFrom(PeriodKind::kQuarter, AddMonths(april, (quarter - 1) * kQuarterMonths),
                    kQuarterMonths);
}

Period PlanYear(int start_year) {
  return MonthsFrom(PeriodKind::kPlanYear, FirstOf(start_year, kPlanYearMonth), kYearMonths);
}

Period AssessmentYear(int start_year) {
  return MonthsFrom(PeriodKind::kAssessmentYear, FirstOf(start_year, kAssessmentYearMonth),
                    kYearMonths);
}

Period CalendarYear(int year) {
  return MonthsFrom(PeriodKind::kCalendarYear, FirstOf(year, 1), kYearMonths);
}

Period Rolling12To(int year, int month) {
  return MonthsFrom(PeriodKind::kRolling12, AddMonths(FirstOf(year, month), 1 - kYearMonths),
                    kYearMonths);
}

Period Range(CivilDay first, CivilDay last) {
  assert(first <= last);
  return {PeriodKind::kRange, first, AddDays(last, 1)};
}

std::optional<Period> PeriodFromProto(std::string_view field, const types::v1::Period& proto,
                                      Problems& problems) {
  const std::string end_field = FieldPath(field, "end_date");
  const auto kind = RequireKind(FieldPath(field, "kind"), proto.kind(), problems);
  const auto first = RequireDate(FieldPath(field, "start_date"), proto.start_date(), problems);
  const auto last = RequireDate(end_field, proto.end_date(), problems);
  if (!first || !last) return std::nullopt;
  if (*last < *first) {
    AddProblem(problems, reason::kInvalidField, end_field, "The period ends before it begins.",
               "Give the last day, which is part of the period.");
    return std::nullopt;
  }
  if (!kind) return std::nullopt;
  const Period period{*kind, *first, AddDays(*last, 1)};
  const Alignment& alignment = AlignmentOf(*kind);
  if (!StartsAligned(alignment, period.start)) {
    AddProblem(problems, reason::kInvalidField, FieldPath(field, "start_date"), alignment.words,
               "Correct the first day or the kind; any other span is KIND_RANGE.");
    return std::nullopt;
  }
  if (!EndsAligned(alignment, period)) {
    AddProblem(problems, reason::kInvalidField, end_field, alignment.words,
               "Correct the last day, which is part of the period, or the kind; any other span is "
               "KIND_RANGE.");
    return std::nullopt;
  }
  return period;
}

std::optional<Period> PeriodFromProto(const types::v1::Period& proto) {
  Problems ignored;
  return PeriodFromProto("", proto, ignored);
}

types::v1::Period PeriodToProto(const Period& period) {
  types::v1::Period proto;
  proto.set_kind(static_cast<types::v1::Period::Kind>(period.kind));
  proto.set_start_date(FormatDay(period.start));
  proto.set_end_date(FormatDay(period.LastDay()));
  return proto;
}

bool Contains(const Period& period, CivilDay day) {
  return period.start <= day && day < period.end_exclusive;
}

bool Contains(const Period& outer, const Period& inner) {
  return outer.start <= inner.start && inner.end_exclusive <= outer.end_exclusive;
}

bool Overlaps(const Period& a, const Period& b) {
  return a.start < b.end_exclusive && b.start < a.end_exclusive;
}

eventstore::Effective EffectiveOf(const Period& period) {
  return {.start = period.start, .end = period.end_exclusive};
}

eventstore::Effective EffectiveOf(const types::v1::Period& proto) {
  const std::optional<Period> period = PeriodFromProto(proto);
  return period ? EffectiveOf(*period) : eventstore::Effective{};
}

}  // namespace daybook::values
