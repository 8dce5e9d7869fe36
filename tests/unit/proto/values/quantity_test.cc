#include "proto/values/quantity.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace daybook::values {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using types::v1::Precision;
using types::v1::PrintedChange;
using types::v1::PrintedPercent;
using types::v1::Quantity;
using types::v1::Share;

std::vector<std::string> Words(const Problems& problems) {
  std::vector<std::string> words;
  for (const Problem& problem : problems) {
    words.push_back(problem.field + " " + problem.reason);
    EXPECT_FALSE(problem.description.empty());
    EXPECT_FALSE(problem.remedy.empty());
  }
  return words;
}

Quantity Number(std::string value, Precision precision = types::v1::PRECISION_UNSPECIFIED,
                std::string upper = "") {
  Quantity quantity;
  quantity.set_value(std::move(value));
  quantity.set_precision(precision);
  quantity.set_upper(std::move(upper));
  return quantity;
}

Quantity Absent(Quantity::Absence absence, std::string value = "") {
  Quantity quantity = Number(std::move(value));
  quantity.set_absence(absence);
  return quantity;
}

std::vector<std::string> Faults(const Quantity& quantity, const NumberRules& rules = {}) {
  Problems problems;
  CheckQuantity("q", quantity, rules, problems);
  return Words(problems);
}

std::vector<std::string> ShareFaults(const char* part, const char* whole, const char* printed) {
  Share share;
  share.set_numerator(part);
  share.set_denominator(whole);
  share.set_printed_percent(printed);
  Problems problems;
  CheckShare("s", share, problems);
  return Words(problems);
}

std::vector<std::string> PercentFaults(const char* percent, Precision precision,
                                       const NumberRules& rules) {
  PrintedPercent printed;
  printed.set_percent(percent);
  printed.set_precision(precision);
  Problems problems;
  CheckPrintedPercent("p", printed, rules, problems);
  return Words(problems);
}

std::vector<std::string> ChangeFaults(const char* percent, const char* absolute) {
  PrintedChange change;
  change.set_percent(percent);
  change.set_absolute(absolute);
  Problems problems;
  CheckPrintedChange("c", change, problems);
  return Words(problems);
}

TEST(QuantityCheck, AcceptsWhatTheReportsPrint) {
  EXPECT_THAT(Faults(Number("1620")), IsEmpty());
  EXPECT_THAT(Faults(Number("0")), IsEmpty());
  EXPECT_THAT(Faults(Number("8500", types::v1::PRECISION_MORE_THAN)), IsEmpty());
  EXPECT_THAT(Faults(Number("8", types::v1::PRECISION_EXACT, "10")), IsEmpty());
  EXPECT_THAT(Faults(Number("8", types::v1::PRECISION_ABOUT, "10")), IsEmpty());
  EXPECT_THAT(Faults(Absent(Quantity::ABSENCE_NOT_COLLECTED)), IsEmpty());
  EXPECT_THAT(Faults(Absent(Quantity::ABSENCE_SUPPRESSED_BELOW, "5")), IsEmpty());
  EXPECT_THAT(Faults(Number("-12"), {.may_be_negative = true}), IsEmpty());
  EXPECT_THAT(Faults(Number("100"), {.parts_of_whole = true}), IsEmpty());
}

TEST(QuantityCheck, NamesEachFault) {
  EXPECT_THAT(Faults(Number("")), ElementsAre("q.value MISSING_FIELD"));
  EXPECT_THAT(Faults(Number("1,620")), ElementsAre("q.value INVALID_FIELD"));
  EXPECT_THAT(Faults(Number("-1")), ElementsAre("q.value NEGATIVE_COUNT"));
  EXPECT_THAT(Faults(Number("101"), {.parts_of_whole = true}),
              ElementsAre("q.value PERCENT_OVER_100"));
  EXPECT_THAT(Faults(Number("90", types::v1::PRECISION_EXACT, "101"), {.parts_of_whole = true}),
              ElementsAre("q.upper PERCENT_OVER_100"));
  EXPECT_THAT(Faults(Number("5", static_cast<Precision>(42))),
              ElementsAre("q.precision UNKNOWN_VALUE"));
  EXPECT_THAT(Faults(Absent(static_cast<Quantity::Absence>(42))),
              ElementsAre("q.absence UNKNOWN_VALUE"));
  EXPECT_THAT(Faults(Number("10", types::v1::PRECISION_EXACT, "8")),
              ElementsAre("q.upper INVALID_FIELD"));
  EXPECT_THAT(Faults(Number("8", types::v1::PRECISION_EXACT, "8")),
              ElementsAre("q.upper INVALID_FIELD"));
  EXPECT_THAT(Faults(Number("8", types::v1::PRECISION_EXACT, "x")),
              ElementsAre("q.upper INVALID_FIELD"));
  EXPECT_THAT(Faults(Number("8", types::v1::PRECISION_MORE_THAN, "10")),
              ElementsAre("q.precision INVALID_FIELD"));
  EXPECT_THAT(Faults(Absent(Quantity::ABSENCE_NOT_APPLICABLE, "5")),
              ElementsAre("q.value INVALID_FIELD"));
  EXPECT_THAT(Faults(Absent(Quantity::ABSENCE_SUPPRESSED_BELOW)),
              ElementsAre("q.value MISSING_FIELD"));
  EXPECT_THAT(Faults(Absent(Quantity::ABSENCE_SUPPRESSED_BELOW, "0")),
              ElementsAre("q.value INVALID_FIELD"));
  EXPECT_THAT(Faults(Absent(Quantity::ABSENCE_SUPPRESSED_BELOW, "2.5")),
              ElementsAre("q.value INVALID_FIELD"));
}

TEST(QuantityCheck, NamesAllFaultsAtOnceAndNeverTheValue) {
  Quantity quantity = Number("secret", static_cast<Precision>(42), "5x");
  Problems problems;
  CheckQuantity("rows[3].quantity", quantity, {}, problems);
  ASSERT_EQ(problems.size(), 3u);
  for (const Problem& problem : problems) {
    EXPECT_EQ(problem.field.rfind("rows[3].quantity.", 0), 0u);
    EXPECT_EQ((problem.description + problem.remedy).find("secret"), std::string::npos);
  }
}

TEST(ShareCheck, HoldsThePrintedPercentageToItsParts) {
  EXPECT_THAT(ShareFaults("8", "74", ""), IsEmpty());
  EXPECT_THAT(ShareFaults("8", "74", "11"), IsEmpty());
  EXPECT_THAT(ShareFaults("8", "74", "10.8"), IsEmpty());
  EXPECT_THAT(ShareFaults("8", "74", "10.81"), IsEmpty());
  EXPECT_THAT(ShareFaults("1", "8", "12.5"), IsEmpty());
  EXPECT_THAT(ShareFaults("1", "8", "13"), IsEmpty());  // 12.5 half up
  EXPECT_THAT(ShareFaults("0", "8", "0"), IsEmpty());
  EXPECT_THAT(ShareFaults("8", "8", "100"), IsEmpty());
  EXPECT_THAT(ShareFaults("1", "8", "12"), ElementsAre("s.printed_percent SHARE_DISAGREES"));
  EXPECT_THAT(ShareFaults("8", "74", "10.9"), ElementsAre("s.printed_percent SHARE_DISAGREES"));
  // 10.1 percent was printed as 11; 151 of a region's cases as 0.04 percent.
  EXPECT_THAT(ShareFaults("45", "446", "11"), ElementsAre("s.printed_percent SHARE_DISAGREES"));
  EXPECT_THAT(ShareFaults("151", "3775", "0.04"), ElementsAre("s.printed_percent SHARE_DISAGREES"));
}

TEST(ShareCheck, NamesEachFault) {
  EXPECT_THAT(ShareFaults("", "", ""),
              ElementsAre("s.numerator MISSING_FIELD", "s.denominator MISSING_FIELD"));
  EXPECT_THAT(ShareFaults("8", "", "11"), ElementsAre("s.denominator MISSING_FIELD"));
  EXPECT_THAT(ShareFaults("a", "b", "c"),
              ElementsAre("s.numerator INVALID_FIELD", "s.denominator INVALID_FIELD",
                          "s.printed_percent INVALID_FIELD"));
  EXPECT_THAT(ShareFaults("-1", "74", ""), ElementsAre("s.numerator NEGATIVE_COUNT"));
  EXPECT_THAT(ShareFaults("1", "0", ""), ElementsAre("s.denominator INVALID_FIELD"));
  EXPECT_THAT(ShareFaults("1", "-5", ""), ElementsAre("s.denominator INVALID_FIELD"));
  EXPECT_THAT(ShareFaults("75", "74", ""), ElementsAre("s.numerator SHARE_DISAGREES"));
}

TEST(PrintedPercentCheck, KnowsPartsOfAWhole) {
  const NumberRules parts{.parts_of_whole = true};
  EXPECT_THAT(PercentFaults("23.4", types::v1::PRECISION_EXACT, parts), IsEmpty());
  EXPECT_THAT(PercentFaults("100", types::v1::PRECISION_AT_LEAST, parts), IsEmpty());
  EXPECT_THAT(PercentFaults("100.1", types::v1::PRECISION_EXACT, parts),
              ElementsAre("p.percent PERCENT_OVER_100"));
  EXPECT_THAT(PercentFaults("100", types::v1::PRECISION_MORE_THAN, parts),
              ElementsAre("p.percent PERCENT_OVER_100"));
  EXPECT_THAT(PercentFaults("182", types::v1::PRECISION_EXACT, {}), IsEmpty());
  EXPECT_THAT(PercentFaults("", types::v1::PRECISION_EXACT, parts),
              ElementsAre("p.percent MISSING_FIELD"));
  EXPECT_THAT(PercentFaults("11%", types::v1::PRECISION_EXACT, parts),
              ElementsAre("p.percent INVALID_FIELD"));
  EXPECT_THAT(PercentFaults("-1", types::v1::PRECISION_EXACT, parts),
              ElementsAre("p.percent NEGATIVE_COUNT"));
  PrintedPercent printed;
  printed.set_percent("11");
  printed.set_missing(static_cast<PrintedPercent::Missing>(42));
  Problems problems;
  CheckPrintedPercent("p", printed, parts, problems);
  EXPECT_THAT(Words(problems), ElementsAre("p.missing UNKNOWN_VALUE"));
}

TEST(PrintedChangeCheck, WantsOneOfTheTwoAndTheSameDirection) {
  EXPECT_THAT(ChangeFaults("-8.7", "-1620"), IsEmpty());
  EXPECT_THAT(ChangeFaults("-8.7", ""), IsEmpty());
  EXPECT_THAT(ChangeFaults("", "-1620"), IsEmpty());
  EXPECT_THAT(ChangeFaults("0.0", "-3"), IsEmpty());
  EXPECT_THAT(ChangeFaults("182", "5"), IsEmpty());
  EXPECT_THAT(ChangeFaults("", ""), ElementsAre("c.percent MISSING_FIELD"));
  EXPECT_THAT(ChangeFaults("8.7", "-1620"), ElementsAre("c.absolute INVALID_FIELD"));
  EXPECT_THAT(ChangeFaults("-100.1", ""), ElementsAre("c.percent INVALID_FIELD"));
  EXPECT_THAT(ChangeFaults("+8.7", "1 620"),
              ElementsAre("c.percent INVALID_FIELD", "c.absolute INVALID_FIELD"));
}

}  // namespace
}  // namespace daybook::values
