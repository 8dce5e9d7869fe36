// Numbers of workbooks as texts.
#include "services/ingest/number_text.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <random>

namespace daybook::ingest {
namespace {

std::string TextOf(double value, NumberForm form, bool from_1904 = false) {
  return NumberCell(value, {.form = form, .sign = ""}, from_1904).text;
}

TEST(DecimalText, HasFifteenDigitsAndNoExponent) {
  EXPECT_EQ(DecimalText(0), "0");
  EXPECT_EQ(DecimalText(-0.0), "0");
  EXPECT_EQ(DecimalText(14), "14");
  EXPECT_EQ(DecimalText(-1620.5), "-1620.5");
  EXPECT_EQ(DecimalText(0.1 + 0.2), "0.3");
  EXPECT_EQ(DecimalText(100.0 / 3), "33.3333333333333");
  EXPECT_EQ(DecimalText(20240118000012345.0), "20240118000012300");
  EXPECT_EQ(DecimalText(1e-7), "0.0000001");
  EXPECT_EQ(DecimalText(999999999999999.0), "999999999999999");
}

TEST(PercentText, MovesThePointExactly) {
  EXPECT_EQ(PercentText(0.85), "85");
  EXPECT_EQ(PercentText(0.71299999999999997), "71.3");
  EXPECT_EQ(PercentText(0.005), "0.5");
  EXPECT_EQ(PercentText(1.06), "106");
  EXPECT_EQ(PercentText(-0.087), "-8.7");
}

TEST(DecimalText, ReadsBackToWithinItsDigits) {
  std::mt19937_64 draw(16);
  std::uniform_real_distribution<double> mantissa(-10, 10);
  std::uniform_int_distribution<int> exponent(-12, 18);
  for (int i = 0; i < 20'000; ++i) {
    const double value = mantissa(draw) * std::pow(10, exponent(draw));
    const std::string text = DecimalText(value);
    EXPECT_EQ(text.find('e'), text.npos);
    EXPECT_NEAR(std::atof(text.c_str()), value, std::fabs(value) * 1e-14) << text;
    EXPECT_NEAR(std::atof(PercentText(value).c_str()), value * 100, std::fabs(value) * 1e-12);
  }
}

TEST(NumberCell, ADayIsThatOfItsDateSystem) {
  EXPECT_EQ(TextOf(45369, NumberForm::kDay), "2024-03-18");
  EXPECT_EQ(TextOf(43907, NumberForm::kDay, true), "2024-03-18");
  EXPECT_EQ(TextOf(45369, NumberForm::kMonth), "Mar 2024");
  EXPECT_EQ(TextOf(45369.5, NumberForm::kMoment), "2024-03-18T12:00:00");
  EXPECT_EQ(TextOf(45369, NumberForm::kMoment), "2024-03-18");
  EXPECT_EQ(TextOf(45369.999999999, NumberForm::kDay), "2024-03-19") << "to the second";
  EXPECT_EQ(TextOf(0.75, NumberForm::kTime), "18:00:00");
  EXPECT_EQ(TextOf(61, NumberForm::kDay), "1900-03-01");
}

TEST(NumberCell, ADateThatIsNoneIsAFault) {
  for (const double value : {-1.0, 0.0, 14.0, 60.0, 2958465.9999999, 2958466.0, 1e300}) {
    const WorkbookCell cell = NumberCell(value, {.form = NumberForm::kDay, .sign = ""}, false);
    EXPECT_EQ(cell.fault, CellFault::kNoDay) << value;
  }
}

TEST(NumberCell, ATimeThatIsNoneIsAFault) {
  for (const double value : {-0.5, 1e300}) {
    EXPECT_EQ(NumberCell(value, {.form = NumberForm::kTime, .sign = ""}, false).fault,
              CellFault::kNoDay);
  }
}

TEST(NumberCell, SignsAreKept) {
  EXPECT_EQ(NumberCell(1620, {.form = NumberForm::kCurrency, .sign = "£"}, false).text, "£1620");
  EXPECT_EQ(NumberCell(-5, {.form = NumberForm::kCurrency, .sign = "£"}, false).text, "-£5");
  EXPECT_EQ(NumberCell(85, {.form = NumberForm::kPlain, .sign = "%"}, false).text, "85%");
  EXPECT_EQ(NumberCell(0.85, {.form = NumberForm::kPercent, .sign = ""}, false).text, "85%");
}

}  // namespace
}  // namespace daybook::ingest
