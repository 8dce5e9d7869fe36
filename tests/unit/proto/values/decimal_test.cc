#include "proto/values/decimal.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace daybook::values {
namespace {

Decimal D(std::string_view text) {
  const std::optional<Decimal> number = Decimal::Parse(text);
  EXPECT_TRUE(number.has_value()) << text;
  return number.value_or(Decimal());
}

std::string Shown(const std::optional<Decimal>& number) {
  return number ? number->ToString() : "none";
}

TEST(Decimal, ReadsTheStrictFormAndPrintsItAgain) {
  for (const char* text : {"0", "1620", "23.4", "-8.63", "0.000001", "-0.5", "2.50",
                           "999999999999999999", "123456789012.123456", "-999999999999.999999"}) {
    EXPECT_EQ(D(text).ToString(), text);
  }
  EXPECT_EQ(D("007").ToString(), "7");
  EXPECT_EQ(D("-0.00").ToString(), "0.00");
}

TEST(Decimal, RefusesEveryOtherForm) {
  for (const char* text : {"",
                           "-",
                           ".",
                           ".5",
                           "5.",
                           "+5",
                           "--5",
                           "5-",
                           " 5",
                           "5 ",
                           "1,620",
                           "1e3",
                           "0x1",
                           "1.2.3",
                           "1.-2",
                           "1.2345678",
                           "1234567890123456789",
                           "1234567890123.123456",
                           "NaN",
                           "inf",
                           "½",
                           "\xD9\xA1",
                           "5%"}) {
    EXPECT_FALSE(Decimal::Parse(text).has_value()) << text;
  }
  EXPECT_FALSE(Decimal::Parse(std::string_view("5\0", 2)).has_value());
}

TEST(Decimal, RoundsHalfUpAwayFromZero) {
  struct Case {
    const char* number;
    int decimals;
    const char* rounded;
  };
  for (const Case& c :
       {Case{"17.346", 1, "17.3"}, Case{"0.25", 1, "0.3"}, Case{"-0.25", 1, "-0.3"},
        Case{"0.5", 0, "1"}, Case{"-0.5", 0, "-1"}, Case{"1.5", 0, "2"}, Case{"2.5", 0, "3"},
        Case{"0.49", 0, "0"}, Case{"-0.04", 1, "0.0"}, Case{"0.05", 1, "0.1"},
        Case{"9.95", 1, "10.0"}, Case{"7", 2, "7.00"}, Case{"2.50", 1, "2.5"},
        Case{"1.005", 2, "1.01"}, Case{"2.675", 2, "2.68"}}) {
    EXPECT_EQ(D(c.number).RoundHalfUp(c.decimals).ToString(), c.rounded) << c.number;
  }
}

TEST(Decimal, ComparesNumbersNotTheirSpelling) {
  EXPECT_EQ(D("2.50"), D("2.5"));
  EXPECT_LT(D("-1"), D("0.000001"));
  EXPECT_GT(D("10"), D("9.999999"));
  EXPECT_EQ(D("2.50").Trimmed().ToString(), "2.5");
  EXPECT_EQ(D("100").Trimmed().ToString(), "100");
  EXPECT_TRUE(D("5.0").IsWhole());
  EXPECT_FALSE(D("5.1").IsWhole());
}

TEST(Decimal, CalculatesExactlyBeyondWhatAMachineWordHolds) {
  EXPECT_EQ((D("0.1") + D("0.2")).ToString(), "0.3");
  EXPECT_EQ((D("1") - D("1.5")).ToString(), "-0.5");
  EXPECT_EQ((D("10") * D("0.25")).ToString(), "2.50");
  const Decimal large = D("999999999999999999");
  EXPECT_EQ((large * large * large).ToString(),
            "999999999999999997000000000000000002999999999999999999");
  EXPECT_EQ((-D("3")).ToSignedString(), "-3");
  EXPECT_EQ(D("10.6").ToSignedString(), "+10.6");
  EXPECT_EQ(D("0.0").ToSignedString(), "0.0");
}

TEST(Decimal, SumsDoNotDependOnTheOrder) {
  const unsigned seed = std::random_device()();
  SCOPED_TRACE(seed);
  std::mt19937_64 random(seed);
  for (int round = 0; round < 200; ++round) {
    const auto next = [&] {
      return Decimal::FromUnscaled(static_cast<std::int64_t>(random() % 2'000'000) - 1'000'000,
                                   static_cast<int>(random() % 7));
    };
    const Decimal a = next();
    const Decimal b = next();
    const Decimal c = next();
    EXPECT_EQ((a + b) + c, c + (b + a));
    EXPECT_EQ(a - a, Decimal());
    EXPECT_EQ(a * (b + c), a * b + a * c);
    EXPECT_EQ(D(a.ToString()), a);
  }
}

TEST(Ratio, IsExactWhereItsRoundingIsNot) {
  const Ratio third = *Ratio::Of(D("1"), D("3"));
  EXPECT_EQ(third + third + third, Ratio(D("1")));
  EXPECT_EQ(third.RoundHalfUp(4).ToString(), "0.3333");
  EXPECT_LT(*Ratio::Of(D("1"), D("3")), *Ratio::Of(D("1000001"), D("3000000")));
  EXPECT_EQ(*Ratio::Of(D("1.5"), D("-0.5")), Ratio(D("-3")));
  EXPECT_EQ((third * D("3")).RoundHalfUp(0).ToString(), "1");
  EXPECT_FALSE(Ratio::Of(D("1"), D("0.0")).has_value());
}

TEST(Percent, AgreesWithThePrintedSharesOfTheReports) {
  struct Case {
    int part;
    int whole;
    int decimals;
    const char* percent;
  };
  for (const Case& c :
       {// new referrals of the county's, as printed and with one decimal
        Case{8, 74, 0, "11"}, Case{5, 64, 0, "8"}, Case{10, 77, 0, "13"}, Case{13, 98, 0, "13"},
        Case{8, 74, 2, "10.81"}, Case{5, 64, 2, "7.81"}, Case{10, 77, 2, "12.99"},
        Case{13, 98, 2, "13.27"}, Case{8, 74, 1, "10.8"}, Case{5, 64, 1, "7.8"},
        Case{10, 77, 1, "13.0"}, Case{13, 98, 1, "13.3"},
        // open cases of the county's
        Case{45, 396, 1, "11.4"}, Case{43, 418, 1, "10.3"}, Case{45, 446, 1, "10.1"},
        Case{53, 459, 1, "11.5"}, Case{53, 459, 3, "11.547"},
        // street drinkers referred; joint operations of the target; sign-ups
        Case{31, 219, 1, "14.2"}, Case{2, 10, 0, "20"}, Case{30, 74, 1, "40.5"}}) {
    EXPECT_EQ(Shown(Percent(Decimal(c.part), Decimal(c.whole), c.decimals)), c.percent)
        << c.part << " of " << c.whole;
  }
  EXPECT_EQ(Shown(Percent(Decimal(1), Decimal(0), 1)), "none");
}

TEST(ChangePercent, AgreesWithThePrintedChangesOfTheReports) {
  struct Case {
    int before;
    int after;
    int decimals;
    const char* change;
  };
  for (const Case& c : {Case{18641, 17032, 2, "-8.63"},
                        Case{18641, 17032, 1, "-8.6"},
                        Case{18652, 17032, 2, "-8.69"},
                        Case{2018, 1971, 2, "-2.33"},
                        Case{2018, 1971, 1, "-2.3"},
                        Case{3541, 3399, 2, "-4.01"},
                        Case{3541, 3399, 1, "-4.0"},
                        Case{859, 710, 3, "-17.346"},
                        Case{859, 710, 2, "-17.35"},
                        Case{859, 710, 1, "-17.3"},
                        Case{161, 178, 2, "10.56"},
                        Case{161, 178, 1, "10.6"},
                        Case{329, 305, 2, "-7.29"},
                        Case{329, 305, 1, "-7.3"},
                        Case{248, 224, 2, "-9.68"},
                        Case{248, 224, 1, "-9.7"},
                        Case{1105, 1160, 2, "4.98"},
                        Case{1105, 1160, 1, "5.0"},
                        Case{2641, 1647, 2, "-37.64"},
                        Case{2641, 1647, 1, "-37.6"},
                        Case{164, 299, 2, "82.32"},
                        Case{164, 299, 1, "82.3"},
                        Case{164, 299, 0, "82"},
                        Case{74, 154, 1, "108.1"},
                        Case{511, 411, 1, "-19.6"},
                        Case{5, 0, 1, "-100.0"},
                        Case{5, 5, 1, "0.0"}}) {
    EXPECT_EQ(Shown(ChangePercent(Decimal(c.before), Decimal(c.after), c.decimals)), c.change)
        << c.before << " to " << c.after;
  }
  EXPECT_EQ(Shown(ChangePercent(Decimal(0), Decimal(5), 1)), "none");
  EXPECT_EQ(Shown(ChangePercent(Decimal(-10), Decimal(-5), 0)), "50");
}

}  // namespace
}  // namespace daybook::values
