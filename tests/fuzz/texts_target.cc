// What people and other programs write: feed claims, days, periods, numbers, figures, names.
#include <algorithm>
#include <optional>
#include <string>

#include "daybook/types/v1/types.pb.h"
#include "eventstore/core/utf8.h"
#include "eventstore/notify/feed_claim.h"
#include "proto/values/civil.h"
#include "proto/values/decimal.h"
#include "proto/values/known.h"
#include "proto/values/names.h"
#include "proto/values/period.h"
#include "proto/values/plausible_year.h"
#include "proto/values/precision.h"
#include "proto/values/quantity.h"
#include "tests/fuzz/check.h"
#include "tests/fuzz/input.h"
#include "tests/fuzz/target.h"

namespace daybook::fuzz {
namespace {

using values::CivilDay;
using values::Decimal;
using values::Problems;

constexpr CivilDay kToday = {20458};

void CheckProblems(const Problems& problems) {
  for (const auto& problem : problems) {
    Check(!problem.field.empty() && !problem.reason.empty() && !problem.description.empty() &&
              !problem.remedy.empty(),
          "a problem says where, why, what and what to do");
  }
}

void Claims(std::string_view frame) {
  const auto claim = notify::ParseClaim("actions.PlanOpened", frame);
  if (!claim) return;
  Check(notify::FormatClaim(*claim) == frame, "a claim has one encoding", std::string(frame));
}

void Days(std::string_view text) {
  if (const auto day = values::ParseDay(text)) {
    Check(values::FormatDay(*day) == text, "a day has one form");
    Check(values::LondonDay(values::StartOfDay(*day)) == *day, "a day begins in itself");
    Check(values::LondonDay(values::EndOfDay(*day)) == *day, "a day ends in itself");
    Check(values::StartOfDay(values::AddDays(*day, 1)).micros == values::EndOfDay(*day).micros + 1,
          "no time lies between two days");
  }
  if (const auto month = values::ParseMonth(text)) {
    Check(values::FormatMonth(*month) == text, "a month has one form");
  }
}

void CheckPeriod(const values::Period& period) {
  Check(values::IsAligned(period), "a period is aligned as its kind demands");
  const std::string label = values::PeriodLabel(period);
  Check(values::ParsePeriod(label) == period, "the label of a period says it", label);
  Problems problems;
  const auto sent = values::PeriodFromProto("period", values::PeriodToProto(period), problems);
  const bool is_plausible =
      values::IsPlausibleYear(period.start) && values::IsPlausibleYear(period.LastDay());
  Check(is_plausible ? sent == period : !sent && !problems.empty(),
        "a period of a plausible year goes through the wire, and no other", label);
  Check(values::Contains(period, period) && values::Overlaps(period, period) &&
            values::Contains(period, period.LastDay()),
        "a period holds itself", label);
}

void Periods(std::string_view text) {
  if (const auto period = values::ParsePeriod(text)) CheckPeriod(*period);
  if (const auto year = values::ParsePlanYear(text)) CheckPeriod(*year);
}

void WirePeriods(std::string_view bytes) {
  types::v1::Period proto;
  if (!proto.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return;
  Problems problems;
  const auto period = values::PeriodFromProto("period", proto, problems);
  Check(period.has_value() == problems.empty(), "a period is refused with its problems");
  CheckProblems(problems);
  if (period) CheckPeriod(*period);
}

void Decimals(Input& in) {
  const auto a = Decimal::Parse(in.Blob());
  const auto b = Decimal::Parse(in.Blob());
  const int decimals = in.Byte() % 12;
  if (!a || !b) return;
  Check(Decimal::Parse(a->ToString()) == a, "a number is read back", a->ToString());
  Check(Decimal::Parse(a->ToString())->decimals() == a->decimals(), "its decimals, too");
  Check(a->Trimmed() == *a && *a + *b - *b == *a && -(-*a) == *a, "sums are exact");
  Check(a->RoundHalfUp(a->decimals()) == *a, "nothing to round");
  Check(a->RoundHalfUp(decimals) == -(-*a).RoundHalfUp(decimals), "rounding is symmetric");
  Check((*a <=> *b) == (values::Ratio(*a) <=> values::Ratio(*b)), "one order");
  a->ToSignedString();
  if (const auto ratio = values::Ratio::Of(*a, *b)) {
    Check(*ratio * *b == values::Ratio(*a), "a quotient is exact");
    ratio->RoundHalfUp(decimals);
  }
  values::Percent(*a, *b, decimals);
  values::ChangePercent(*a, *b, decimals);
}

void CheckFigure(const types::v1::Quantity& quantity) {
  const std::string text = values::QuantityText(quantity);
  const auto again = values::QuantityFromText(text);
  Check(again.has_value(), "a figure's text is a figure", text);
  Check(values::QuantityText(*again) == text, "a figure's text stays the same", text);
  for (const auto comparator :
       {values::Comparator::kAtLeast, values::Comparator::kAtMost, values::Comparator::kEqual,
        values::Comparator::kMoreThan, values::Comparator::kLessThan}) {
    values::Satisfies(quantity, comparator, Decimal(80));
  }
}

void Figures(std::string_view text) {
  if (const auto precision = values::PrecisionFromWords(text)) {
    Check(*precision == types::v1::PRECISION_UNSPECIFIED ||
              values::PrecisionFromWords(values::PrecisionWords(*precision)) == precision,
          "precision words say it");
  }
  const auto quantity = values::QuantityFromText(text);
  if (!quantity) return;
  Problems problems;
  values::CheckQuantity("value", *quantity, {.may_be_negative = true}, problems);
  // The text may contradict itself ("more than 8 to 10"); what it says is kept for the finding.
  CheckProblems(problems);
  if (!problems.empty()) return;
  CheckFigure(*quantity);
}

void WireFigures(Input& in) {
  const values::NumberRules rules{.may_be_negative = in.Byte() % 2 == 1,
                                  .parts_of_whole = in.Byte() % 2 == 1};
  const auto which = in.Byte() % 4;
  const std::string bytes(in.Rest());
  Problems problems;
  types::v1::Quantity quantity;
  types::v1::Share share;
  types::v1::PrintedPercent percent;
  types::v1::PrintedChange change;
  if (which == 0 && quantity.ParseFromString(bytes)) {
    values::CheckQuantity("value", quantity, rules, problems);
    if (problems.empty()) CheckFigure(quantity);
  } else if (which == 1 && share.ParseFromString(bytes)) {
    values::CheckShare("value", share, problems);
    Check(!problems.empty() || values::ShareRatio(share).has_value(), "a good share has a ratio");
    if (problems.empty()) values::Satisfies(share, values::Comparator::kAtLeast, Decimal(80));
  } else if (which == 2 && percent.ParseFromString(bytes)) {
    values::CheckPrintedPercent("value", percent, rules, problems);
    if (problems.empty()) values::Satisfies(percent, values::Comparator::kAtMost, Decimal(80));
  } else if (which == 3 && change.ParseFromString(bytes)) {
    values::CheckPrintedChange("value", change, problems);
  }
  CheckProblems(problems);
}

void WireKnown(std::string_view bytes) {
  types::v1::Known proto;
  if (!proto.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return;
  Problems problems;
  const auto known = values::KnownFromProto("known", proto, kToday, problems);
  Check(known.has_value() == problems.empty(), "known is refused with its problems");
  CheckProblems(problems);
  if (!known) return;
  const auto again =
      values::KnownFromProto("known", values::KnownToProto(*known), kToday, problems);
  Check(again == known, "known goes through the wire");
}

void Names(Input& in) {
  const std::string a(in.Blob());
  const std::string b(in.Blob());
  if (!eventstore::IsUtf8(a) || !eventstore::IsUtf8(b)) return;  // the door takes no other
  const std::string one = values::NormaliseName(a);
  const std::string two = values::NormaliseName(b);
  Check(values::NormaliseName(one) == one, "a normalised name stays as it is");
  const double alike = values::Similarity(one, two);
  Check(alike >= 0 && alike <= 1 && (alike < 1 || one == two), "only equal names are wholly alike");
  Check(alike == values::Similarity(two, one), "alike both ways");
}

enum Kind : std::uint8_t {
  kClaim,
  kDay,
  kPeriod,
  kWirePeriod,
  kDecimal,
  kFigure,
  kWireFigure,
  kWireKnown,
  kName,
  kKinds,
};

std::string Kinded(Kind kind, const std::string& bytes) {
  return std::string(1, static_cast<char>(kind)) + bytes;
}

void AddWireSeeds(std::vector<std::string>& seeds) {
  for (const char* text : {"2017-18 Q1", "12m to 2024-01", "2022-09-01..2023-07-31"}) {
    const auto period = values::ParsePeriod(text);
    if (period) {
      seeds.push_back(Kinded(kWirePeriod, values::PeriodToProto(*period).SerializeAsString()));
    }
  }
  const std::string head = Output().Byte(1).Byte(1).Take();
  if (const auto figure = values::QuantityFromText("about 8 to 10")) {
    seeds.push_back(Kinded(kWireFigure, head + '\0' + figure->SerializeAsString()));
  }
  types::v1::Share share;
  share.set_numerator("8");
  share.set_denominator("74");
  share.set_printed_percent("11");
  seeds.push_back(Kinded(kWireFigure, head + '\1' + share.SerializeAsString()));
  types::v1::PrintedPercent percent;
  percent.set_percent("23.4");
  percent.set_precision(types::v1::PRECISION_ABOUT);
  seeds.push_back(Kinded(kWireFigure, head + '\2' + percent.SerializeAsString()));
  types::v1::PrintedChange change;
  change.set_percent("-8.7");
  change.set_absolute("-1620");
  seeds.push_back(Kinded(kWireFigure, head + '\3' + change.SerializeAsString()));
  types::v1::Known known;
  known.set_precision(types::v1::Known::PRECISION_MONTH);
  known.set_date("2024-03-18");
  seeds.push_back(Kinded(kWireKnown, known.SerializeAsString()));
}

}  // namespace

void RunOne(std::string_view input) {
  Input in(input);
  switch (static_cast<Kind>(in.Byte() % kKinds)) {
    case kClaim:
      return Claims(in.Rest());
    case kDay:
      return Days(in.Rest());
    case kPeriod:
      return Periods(in.Rest());
    case kWirePeriod:
      return WirePeriods(in.Rest());
    case kDecimal:
      return Decimals(in);
    case kFigure:
      return Figures(in.Rest());
    case kWireFigure:
      return WireFigures(in);
    case kWireKnown:
      return WireKnown(in.Rest());
    case kName:
      return Names(in);
    case kKinds:
      return;
  }
}

std::vector<std::string> Seeds() {
  std::vector<std::string> seeds = {
      Kinded(kClaim, std::string(32, 'a') + " 1 1620"),
      Kinded(kDay, "2014-06-20"),
      Kinded(kDay, "2024-02"),
      Kinded(kDecimal, Output().Blob("-8.63").Blob("1620").Byte(2).Take()),
      Kinded(kDecimal, Output().Blob("0.000001").Blob("999999999999999999").Byte(0).Take()),
      Kinded(kName, Output().Blob("St. Anne's & Co").Blob("st annes and co").Take()),
  };
  for (const char* text : {"2014-06-20", "2024-01", "2017-18 Q1", "2017-18", "2009/10", "AY2022-23",
                           "CY2023", "2023 (calendar)", "12m to 2024-01", "2022-09-01..2023-07-31",
                           "0001-01-01", "9999-12-31"}) {
    seeds.push_back(Kinded(kPeriod, text));
  }
  for (const char* text :
       {"1,620", "> 90", "over 150", "approx 40", "8,500+", "8 to 10", "about 8-10", "<= 12",
        "fewer than 5 (suppressed)", "not collected", "more than", "-8.63"}) {
    seeds.push_back(Kinded(kFigure, text));
  }
  AddWireSeeds(seeds);
  return seeds;
}

}  // namespace daybook::fuzz
