#include "services/ingest/cell_forms.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "services/ingest/written_day.h"
#include "services/ingest/written_number.h"

namespace daybook::ingest {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(CellForms, DaysAndMonthsAreReadAsTheUnitedKingdomWritesThem) {
  for (const char* text :
       {"2024-03-04", "04/03/2024", "4/3/24", "4.3.2024", "04-03-2024", "4 March 2024", "4 Mar 24",
        "4-Mar-2024", "2024-03-04 00:00:00", "04/03/2024 00:00", "45355"}) {
    EXPECT_EQ(DayIn(text), "2024-03-04") << text;
  }
  for (const char* text : {"2024-03", "March 2024", "Mar-24", "03/2024", "04/03/2024", "45355"}) {
    EXPECT_EQ(MonthIn(text), "2024-03") << text;
  }
  for (const char* text : {"31/02/2024", "03/31/2024", "soon", "2024", "1620", "",
                           "2024-03-18 to 2024-04-02", "2024-03-18, or later", "45355.x"}) {
    EXPECT_EQ(DayIn(text), std::nullopt) << text;
  }
}

TEST(CellForms, NumbersMayHaveThousandsPoundsAndPercents) {
  EXPECT_EQ(NumberIn("1,620")->digits, "1620");
  EXPECT_EQ(NumberIn("12 000")->digits, "12000");
  EXPECT_EQ(NumberIn("1,620")->sign, UnitSign::kNone);
  const std::string pounds = "\xC2\xA3";
  EXPECT_EQ(NumberIn(pounds + "12,337.50")->digits, "12337.50");
  EXPECT_EQ(NumberIn(pounds + "12")->sign, UnitSign::kPounds);
  EXPECT_EQ(NumberIn("-8.7%")->digits, "-8.7");
  EXPECT_EQ(NumberIn("65 %")->digits, "65");
  EXPECT_EQ(NumberIn("65 %")->sign, UnitSign::kPercent);
  for (const char* text :
       {"16,20", "1,6200", "12 00", "1 6200", "1,620 000", "about 5", "", "1.2.3",
        "\xC2\xA3"
        "5%"}) {
    EXPECT_FALSE(NumberIn(text).has_value()) << text;
  }
}

TEST(CellForms, ATimeWithAZoneIsItsDayInLondon) {
  // Summer time from 31 March to 27 October 2024.
  EXPECT_EQ(DayIn("2024-06-30T23:30:00Z"), "2024-07-01");
  EXPECT_EQ(DayIn("2024-06-30T22:59:59.999Z"), "2024-06-30");
  EXPECT_EQ(DayIn("2024-01-31 23:30:00+00:00"), "2024-01-31");
  EXPECT_EQ(DayIn("2024-07-01T00:30:00+0100"), "2024-07-01");
  EXPECT_EQ(DayIn("2024-07-01T00:30:00 +02:00"), "2024-06-30");
  EXPECT_EQ(DayIn("31/12/2024 20:00-05:00"), "2025-01-01");
  EXPECT_EQ(MonthIn("2024-06-30T23:30:00Z"), "2024-07");
  // Without a zone it is the sender's own day.
  EXPECT_EQ(DayIn("2024-06-30T23:30:00"), "2024-06-30");
  for (const char* text : {"2024-06-30T25:00:00Z", "2024-06-30T23:61Z", "2024-06-30T23:30:00X",
                           "2024-06-30T23:30:00+1:00", "2024-06-30 11:30 PM", "T10:00", "10:00"}) {
    EXPECT_EQ(DayIn(text), std::nullopt) << text;
  }
}

TEST(CellForms, TwoNumbersOfTwoDigitsAreNoMonth) {
  for (const char* text : {"05/06", "5.12", "1-24", "12/13"}) {
    EXPECT_EQ(MonthIn(text), std::nullopt) << text;
    EXPECT_EQ(PeriodIn(text), std::nullopt) << text;
  }
  EXPECT_EQ(MonthIn("5/2006"), "2006-05");
  EXPECT_EQ(MonthIn("May-06"), "2006-05");
}

const DatasetSpec& Spec() {
  static const auto& spec =
      *new DatasetSpec{.name = "things",
                       .columns = {{.name = "period", .kind = CellKind::kPeriod},
                                   {.name = "year", .kind = CellKind::kYear},
                                   {.name = "basis", .kind = CellKind::kWord},
                                   {.name = "value", .kind = CellKind::kValue},
                                   {.name = "precision"},
                                   {.name = "upper", .kind = CellKind::kNumber},
                                   {.name = "absence", .kind = CellKind::kWord},
                                   {.name = "percent", .kind = CellKind::kPercent},
                                   {.name = "amount", .kind = CellKind::kMoney}},
                       .one_line = {},
                       .example = {}};
  return spec;
}

struct Formed {
  Header header;
  std::vector<std::string> row;
  std::string finding;  // "column: what"
};

// A row of one cell.
Formed Form(const std::string& column, const std::string& cell) {
  Table table{.header = {column}, .rows = {{cell}}, .lines = {2}};
  BringIntoForm(Spec(), table);
  Formed formed{table.header, table.rows[0], ""};
  for (const CellFinding& finding : table.findings[0]) {
    formed.finding += table.header[finding.column] + ": " + finding.what;
    EXPECT_FALSE(finding.remedy.empty());
  }
  return formed;
}

TEST(CellForms, WordsMayHaveAnyCaseAndSpaces) {
  EXPECT_THAT(Form("basis", "In period").row, ElementsAre("in-period"));
  EXPECT_THAT(Form("absence", "Not_Collected").row, ElementsAre("not-collected"));
}

TEST(CellForms, AYearIsNeverAMonth) {
  for (const char* text : {"2010-11", "2010/11", "2010-2011"}) {
    EXPECT_THAT(Form("year", text).row, ElementsAre("2010/11")) << text;
  }
  EXPECT_THAT(Form("year", "2017-18").row, ElementsAre("2017-18"));
  EXPECT_THAT(Form("year", "AY2023-24").row, ElementsAre("AY2023-24"));
}

TEST(CellForms, TheSignOfAnotherUnitIsAFinding) {
  const std::string pounds = "\xC2\xA3";
  EXPECT_THAT(Form("percent", "65%").row, ElementsAre("65"));
  EXPECT_THAT(Form("amount", pounds + "1,200").row, ElementsAre("1200"));
  EXPECT_THAT(Form("value", "65%").finding, HasSubstr("value: is a percentage"));
  EXPECT_THAT(Form("upper", "65 %").finding, HasSubstr("upper: is a percentage"));
  EXPECT_THAT(Form("amount", "65%").finding, HasSubstr("amount: is a percentage"));
  EXPECT_THAT(Form("value", pounds + "12").finding, HasSubstr("value: is a sum of money"));
  EXPECT_THAT(Form("percent", pounds + "12").finding, HasSubstr("percent: is a sum of money"));
}

TEST(CellForms, AValueSaysWhyItIsMissingAndHowExactItIs) {
  using Cells = std::vector<std::string>;
  const auto check = [](const std::string& cell, const Header& header, const Cells& row) {
    const Formed formed = Form("value", cell);
    EXPECT_EQ(formed.header, header) << cell;
    EXPECT_EQ(formed.row, row) << cell;
    EXPECT_EQ(formed.finding, "") << cell;
  };
  check("<5", {"value", "absence"}, {"5", "suppressed-below"});
  check("< 1,000", {"value", "absence"}, {"1000", "suppressed-below"});
  check("N/A", {"value", "absence"}, {"", "not-applicable"});
  check("about 1,620", {"value", "precision"}, {"1620", "about"});
  check(">90", {"value", "precision"}, {"90", "more than"});
  check("8 to 10", {"value", "upper"}, {"8", "10"});
  check("1,620", {"value"}, {"1620"});
  check("-3", {"value"}, {"-3"});
  check("soon", {"value"}, {"soon"});
  check("<5%", {"value"}, {"<5%"});
  for (const char* sign : {"-", "\xE2\x80\x93", "*", ".."}) {
    EXPECT_THAT(Form("value", sign).finding, HasSubstr("nought or for no number")) << sign;
  }
}

TEST(CellForms, WhatARowSaysInItsOwnColumnsIsNotWrittenOver) {
  Table table{.header = {"value", "precision", "absence"},
              .rows = {{"about 5", "exact", ""},
                       {"n/a", "", "not collected"},
                       {"n/a", "", "Not applicable"}},
              .lines = {2, 3, 4}};
  BringIntoForm(Spec(), table);
  EXPECT_THAT(table.rows[0], ElementsAre("about 5", "exact", ""));
  EXPECT_THAT(table.rows[1], ElementsAre("n/a", "", "not-collected"));
  EXPECT_THAT(table.rows[2], ElementsAre("", "", "not-applicable"));
}

TEST(CellForms, WhatTheFileAloneDoesNotSettleIsAskedOnce) {
  Table table{.header = {"period", "value"},
              .rows = {{"2009-10", "-"}, {"2010-11", "\xE2\x80\x93"}, {"2024-01", ".."}},
              .lines = {2, 3, 4}};
  Table again = table;
  again.rows[2][0] = "2011-12";
  table.rows[2][0] = "2011-12";
  Inquiry open({});
  SettleYearsAndMonths(Spec(), table, &open);
  BringIntoForm(Spec(), table, &open);
  ASSERT_EQ(open.open().size(), 3U);
  EXPECT_EQ(open.open()[0].id, "years-or-months");
  EXPECT_THAT(open.open()[0].lines, ElementsAre(2, 3, 4));
  EXPECT_EQ(open.open()[1].id, "dash");
  EXPECT_EQ(open.open()[2].id, "dots");
  EXPECT_TRUE(table.findings.empty());
  Inquiry told({{"years-or-months", "years"}, {"dash", "0"}, {"dots", "not-collected"}});
  SettleYearsAndMonths(Spec(), again, &told);
  BringIntoForm(Spec(), again, &told);
  EXPECT_TRUE(told.open().empty());
  EXPECT_THAT(again.header, ElementsAre("period", "value", "absence"));
  EXPECT_THAT(again.rows[0], ElementsAre("2009/10", "0", ""));
  EXPECT_THAT(again.rows[2], ElementsAre("2011/12", "", "not-collected"));
}

}  // namespace
}  // namespace daybook::ingest
