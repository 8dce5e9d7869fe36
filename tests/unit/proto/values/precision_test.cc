#include "proto/values/precision.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>

namespace daybook::values {
namespace {

using types::v1::Precision;
using types::v1::Quantity;

Quantity Read(std::string_view text) {
  const std::optional<Quantity> quantity = QuantityFromText(text);
  EXPECT_TRUE(quantity.has_value()) << text;
  return quantity.value_or(Quantity());
}

TEST(PrecisionWords, AreReadInAnySpellingAndWrittenInOne) {
  struct Case {
    const char* words;
    Precision precision;
    const char* canonical;
  };
  for (const Case& c : {
           Case{"", types::v1::PRECISION_EXACT, ""},
           Case{"approx", types::v1::PRECISION_ABOUT, "about"},
           Case{" Approximately ", types::v1::PRECISION_ABOUT, "about"},
           Case{"~", types::v1::PRECISION_ABOUT, "about"},
           Case{">", types::v1::PRECISION_MORE_THAN, "more than"},
           Case{"OVER", types::v1::PRECISION_MORE_THAN, "more than"},
           Case{">=", types::v1::PRECISION_AT_LEAST, "at least"},
           Case{"+", types::v1::PRECISION_AT_LEAST, "at least"},
           Case{"less than", types::v1::PRECISION_LESS_THAN, "fewer than"},
           Case{"Up to", types::v1::PRECISION_AT_MOST, "up to"},
           Case{"counted", types::v1::PRECISION_COUNTED, "counted"},
       }) {
    EXPECT_EQ(PrecisionFromWords(c.words), c.precision) << c.words;
    EXPECT_EQ(PrecisionWords(c.precision), c.canonical);
    EXPECT_EQ(PrecisionFromWords(c.canonical), c.precision);
  }
  EXPECT_FALSE(PrecisionFromWords("roughly speaking").has_value());
}

TEST(QuantityText, IsReadAsPeopleWriteIt) {
  struct Case {
    const char* text;
    const char* value;
    Precision precision;
    const char* upper;
  };
  for (const Case& c : {
           Case{"1,620", "1620", types::v1::PRECISION_EXACT, ""},
           Case{"1,234,567.5", "1234567.5", types::v1::PRECISION_EXACT, ""},
           Case{"-12", "-12", types::v1::PRECISION_EXACT, ""},
           Case{"> 90", "90", types::v1::PRECISION_MORE_THAN, ""},
           Case{">90", "90", types::v1::PRECISION_MORE_THAN, ""},
           Case{"over 150", "150", types::v1::PRECISION_MORE_THAN, ""},
           Case{"8,500+", "8500", types::v1::PRECISION_AT_LEAST, ""},
           Case{"approx 40", "40", types::v1::PRECISION_ABOUT, ""},
           Case{"8 to 10", "8", types::v1::PRECISION_EXACT, "10"},
           Case{"8-10", "8", types::v1::PRECISION_EXACT, "10"},
           Case{"about 8 to 10", "8", types::v1::PRECISION_ABOUT, "10"},
           Case{"<= 12", "12", types::v1::PRECISION_AT_MOST, ""},
       }) {
    const Quantity quantity = Read(c.text);
    EXPECT_EQ(quantity.value(), c.value) << c.text;
    EXPECT_EQ(quantity.precision(), c.precision) << c.text;
    EXPECT_EQ(quantity.upper(), c.upper) << c.text;
  }
}

TEST(QuantityText, RefusesWhatIsNoFigure) {
  for (const char* text : {"", "many", "over", "1,62", "1,,620", ",620", "12,3456", "5 people",
                           "40%", "+5", "8 to", "8-", "roughly 5", "over 5+", "5 (suppressed)"}) {
    EXPECT_FALSE(QuantityFromText(text).has_value()) << text;
  }
}

TEST(QuantityText, IsWrittenAsItIsRead) {
  for (const char* text : {"1620", "more than 90", "about 500", "8 to 10", "about 8 to 10",
                           "at least 2", "up to 12", "fewer than 5", "fewer than 5 (suppressed)",
                           "not collected", "not applicable", "not yet due"}) {
    EXPECT_EQ(QuantityText(Read(text)), text);
  }
  Quantity counted = Read("12");
  counted.set_precision(types::v1::PRECISION_COUNTED);
  EXPECT_EQ(QuantityText(counted), "12");
}

TEST(Satisfies, SaysYesOrNoOnlyWhereTheWordsTell) {
  struct Case {
    const char* figure;
    Comparator comparator;
    int threshold;
    Answer answer;
  };
  constexpr auto kYes = Answer::kYes;
  constexpr auto kNo = Answer::kNo;
  constexpr auto kOpen = Answer::kCannotTell;
  for (const Case& c : {
           Case{"more than 90", Comparator::kAtLeast, 80, kYes},
           Case{"more than 80", Comparator::kAtLeast, 80, kYes},
           Case{"more than 70", Comparator::kAtLeast, 80, kOpen},
           Case{"about 80", Comparator::kAtLeast, 80, kOpen},
           Case{"about 500", Comparator::kAtMost, 80, kOpen},
           Case{"80", Comparator::kAtLeast, 80, kYes},
           Case{"79.999999", Comparator::kAtLeast, 80, kNo},
           Case{"at least 80", Comparator::kAtLeast, 80, kYes},
           Case{"at least 80", Comparator::kMoreThan, 80, kOpen},
           Case{"more than 80", Comparator::kMoreThan, 80, kYes},
           Case{"up to 80", Comparator::kAtLeast, 80, kOpen},
           Case{"fewer than 80", Comparator::kAtLeast, 80, kNo},
           Case{"up to 80", Comparator::kMoreThan, 80, kNo},
           Case{"up to 80", Comparator::kAtMost, 80, kYes},
           Case{"fewer than 80", Comparator::kLessThan, 80, kYes},
           Case{"more than 80", Comparator::kAtMost, 80, kNo},
           Case{"at least 80", Comparator::kAtMost, 80, kOpen},
           Case{"80", Comparator::kEqual, 80, kYes},
           Case{"81", Comparator::kEqual, 80, kNo},
           Case{"more than 80", Comparator::kEqual, 80, kNo},
           Case{"at least 80", Comparator::kEqual, 80, kOpen},
           Case{"8 to 10", Comparator::kAtLeast, 8, kYes},
           Case{"8 to 10", Comparator::kAtLeast, 9, kOpen},
           Case{"8 to 10", Comparator::kAtLeast, 11, kNo},
           Case{"8 to 10", Comparator::kEqual, 9, kOpen},
           Case{"about 8 to 10", Comparator::kAtLeast, 8, kOpen},
           Case{"fewer than 5 (suppressed)", Comparator::kAtLeast, 5, kNo},
           Case{"fewer than 5 (suppressed)", Comparator::kAtMost, 4, kYes},
           Case{"fewer than 5 (suppressed)", Comparator::kAtLeast, 1, kOpen},
           Case{"fewer than 5 (suppressed)", Comparator::kAtLeast, 0, kYes},
           Case{"not collected", Comparator::kAtLeast, 0, kOpen},
       }) {
    EXPECT_EQ(Satisfies(Read(c.figure), c.comparator, Decimal(c.threshold)), c.answer)
        << c.figure << " against " << c.threshold;
  }
}

TEST(Satisfies, ComparesSharesUnrounded) {
  types::v1::Share share;
  share.set_numerator("799");
  share.set_denominator("1000");
  EXPECT_EQ(Satisfies(share, Comparator::kAtLeast, Decimal(80)), Answer::kNo);
  share.set_numerator("800");
  EXPECT_EQ(Satisfies(share, Comparator::kAtLeast, Decimal(80)), Answer::kYes);
  share.set_denominator("0");
  EXPECT_EQ(Satisfies(share, Comparator::kAtLeast, Decimal(80)), Answer::kCannotTell);
}

TEST(Satisfies, TakesAPrintedPercentageAsPrinted) {
  types::v1::PrintedPercent printed;
  printed.set_percent("90");
  printed.set_precision(types::v1::PRECISION_MORE_THAN);
  EXPECT_EQ(Satisfies(printed, Comparator::kAtLeast, Decimal(80)), Answer::kYes);
  printed.set_precision(types::v1::PRECISION_ABOUT);
  EXPECT_EQ(Satisfies(printed, Comparator::kAtLeast, Decimal(80)), Answer::kCannotTell);
}

}  // namespace
}  // namespace daybook::values
