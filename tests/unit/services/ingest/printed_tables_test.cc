// Tables of figures as offices print them, from the file's bytes to the rows of a dataset.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_join.h"
#include "services/ingest/printed_table.h"
#include "services/ingest/read_table.h"
#include "tests/support/status_matchers.h"

namespace daybook::ingest {
namespace {

using ::daybook::testing::HasReason;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

const std::vector<DatasetSpec>& Printable() {
  static const auto& specs = *[] {
    using Part = PrintedPart;
    DatasetSpec spec{.name = "figures",
                     .columns = {{.name = "thing", .required = true},
                                 {.name = "place", .required = true},
                                 {.name = "parts"},
                                 {.name = "period", .required = true, .kind = CellKind::kPeriod},
                                 {.name = "basis", .required = true, .kind = CellKind::kWord},
                                 {.name = "value", .kind = CellKind::kValue},
                                 {.name = "absence", .kind = CellKind::kWord},
                                 {.name = "numerator", .kind = CellKind::kNumber},
                                 {.name = "denominator", .kind = CellKind::kNumber},
                                 {.name = "printed_percent", .kind = CellKind::kPercent}}};
    spec.printed = PrintedSpec{
        .parts = {{.id = "thing", .column = "thing", .kept = Part::kWithTitle, .labels = true},
                  {.id = "place", .column = "place", .kept = Part::kWithTitle, .labels = true},
                  {.id = "period", .column = "period", .kept = Part::kNever, .labels = true},
                  {.id = "part", .column = "parts", .labels = true, .is_list = true},
                  {.id = "basis",
                   .column = "basis",
                   .words = {{"in-period", ""}, {"at-date", ""}}}},
        .figures = {{"value", "value"},
                    {"numerator", "numerator"},
                    {"denominator", "denominator"},
                    {"percent", "printed_percent"}}};
    return new std::vector<DatasetSpec>{std::move(spec)};
  }();
  return specs;
}

ReadTableResult ReadPrinted(const std::string& text, const Answers& answers = {}) {
  auto read =
      ReadTable(text, {.datasets = Printable(), .name = "t", .agency = "us", .answers = answers});
  EXPECT_OK(read.status());
  return read.ok() ? *std::move(read) : ReadTableResult{};
}

std::vector<std::string> Asked(const ReadTableResult& result) {
  std::vector<std::string> ids;
  for (const Question& question : result.questions) ids.push_back(question.id);
  return ids;
}

// "column=text" of the cells that are not empty, a row a text.
std::vector<std::string> RowTexts(const ReadTableResult& result) {
  std::vector<std::string> texts;
  for (const auto& row : result.table.rows) {
    std::string text;
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (!row[i].empty()) {
        text += (text.empty() ? "" : " ") + result.table.header[i] + "=" + row[i];
      }
    }
    texts.push_back(text);
  }
  return texts;
}

std::vector<std::string> FindingTexts(const ReadTableResult& result) {
  std::vector<std::string> texts;
  for (const auto& [row, findings] : result.table.findings) {
    for (const CellFinding& finding : findings) {
      texts.push_back(std::to_string(row) + ": " + finding.what);
    }
  }
  return texts;
}

constexpr char kTypesByPlace[] =
    "\"Recorded crime, 1 October 2022 to 30 September 2023\",,,\n"
    "Crime type,North,South,\n"
    "Homicide,3,0,\n"
    "Robbery,\"1,984\",12,\n"
    "Total,\"1,987\",12,\n"
    "Source: the system,,,\n";
const Answers kTypesByPlaceAnswers = {
    {"rows", "thing"}, {"columns", "place"}, {"period", "AY2022-23"}, {"basis", "in-period"}};

TEST(PrintedTables, AreAskedAboutUntilEverythingIsTold) {
  const ReadTableResult asked = ReadPrinted(kTypesByPlace);
  EXPECT_TRUE(asked.is_printed);
  EXPECT_THAT(Asked(asked), ElementsAre("rows", "columns", "period", "basis"));
  EXPECT_THAT(asked.questions[0].what, HasSubstr("\"Homicide\", \"Robbery\", \"Total\""));
  EXPECT_EQ(asked.questions[2].readings.front().choice, "AY2022-23");
  EXPECT_THAT(asked.table.rows, IsEmpty());
  const ReadTableResult read = ReadPrinted(kTypesByPlace, kTypesByPlaceAnswers);
  EXPECT_THAT(Asked(read), IsEmpty());
  EXPECT_THAT(RowTexts(read),
              ElementsAre("thing=Homicide place=North period=AY2022-23 basis=in-period value=3",
                          "thing=Homicide place=South period=AY2022-23 basis=in-period value=0",
                          "thing=Robbery place=North period=AY2022-23 basis=in-period value=1984",
                          "thing=Robbery place=South period=AY2022-23 basis=in-period value=12"));
  EXPECT_THAT(read.table.lines, ElementsAre(3, 3, 4, 4));
  EXPECT_THAT(read.table.labels[3].at("place"), "South");
  EXPECT_THAT(FindingTexts(read), IsEmpty());
  EXPECT_THAT(read.notes, Contains("row \"Total\": a total, checked, not stored"));
}

TEST(PrintedTables, AWrongTotalRefusesWhatItIsComputedFrom) {
  std::string text = kTypesByPlace;
  text.replace(text.find("1,987"), 5, "1,990");
  const ReadTableResult read = ReadPrinted(text, kTypesByPlaceAnswers);
  EXPECT_THAT(FindingTexts(read),
              ElementsAre("0: \"Total\" of \"North\" says 1,990 and the figures make 1987",
                          "2: \"Total\" of \"North\" says 1,990 and the figures make 1987"));
  // One that is right nowhere is no sum of these rows.
  text.replace(text.find("12,\nSource"), 2, "13");
  const ReadTableResult asked = ReadPrinted(text, kTypesByPlaceAnswers);
  ASSERT_THAT(Asked(asked), ElementsAre("label:Total"));
  EXPECT_THAT(asked.questions[0].what, HasSubstr("says 1,990 and the figures make 1987"));
  Answers ignoring = kTypesByPlaceAnswers;
  ignoring["label:total"] = "ignore";
  const ReadTableResult ignored = ReadPrinted(text, ignoring);
  EXPECT_THAT(ignored.table.rows, SizeIs(4));
  EXPECT_THAT(FindingTexts(ignored), IsEmpty());
}

TEST(PrintedTables, AWrongAnswerIsAskedAgainWithTheReason) {
  Answers answers = kTypesByPlaceAnswers;
  answers["rows"] = "shape";
  answers["period"] = "soon";
  answers["colour"] = "red";
  const ReadTableResult read = ReadPrinted(kTypesByPlace, answers);
  ASSERT_THAT(Asked(read), ElementsAre("rows", "period"));
  EXPECT_THAT(read.questions[0].what, HasSubstr("(\"shape\" is none of the choices.)"));
  EXPECT_THAT(read.questions[1].what, HasSubstr("(\"soon\" is no period.)"));
  EXPECT_THAT(read.unused_answers, ElementsAre("colour"));
  // Rows and columns are not the same.
  Answers twice = kTypesByPlaceAnswers;
  twice["columns"] = "thing";
  EXPECT_THAT(Asked(ReadPrinted(kTypesByPlace, twice)), Contains("columns"));
}

TEST(PrintedTables, TwoHeaderRowsAndTotalsThatAreStored) {
  const std::string text =
      "Age,Existing,,New,,Total\n"
      ",Female,Male,Female,Male,\n"
      "Under 12,11,0,14,5,30\n"
      "13-17,49,8,65,6,128\n"
      "18+,1,2,3,4,10\n"
      "Total,61,10,82,15,168\n";
  Answers answers = {{"rows", "part:age"},  {"columns", "part:sex"}, {"columns-above", "part:case"},
                     {"thing", "clients"},  {"place", "North"},      {"period", "2023-24"},
                     {"basis", "in-period"}};
  EXPECT_THAT(ReadPrinted(text, answers).table.rows, SizeIs(12));
  answers["label:Total"] = "total-kept";
  answers["label:18+"] = "18-plus";
  const ReadTableResult read = ReadPrinted(text, answers);
  ASSERT_THAT(Asked(read), IsEmpty());
  EXPECT_THAT(FindingTexts(read), IsEmpty());
  ASSERT_THAT(read.table.rows, SizeIs(20));
  const std::string rest = "thing=clients place=North ";
  const std::string end = " period=2023-24 basis=in-period value=";
  const auto texts = RowTexts(read);
  EXPECT_EQ(texts[0], rest + "parts=age=Under 12;case=Existing;sex=Female" + end + "11");
  EXPECT_THAT(texts, Contains(rest + "parts=age=18-plus" + end + "10"));
  EXPECT_THAT(texts, Contains(rest + "parts=case=New;sex=Male" + end + "15"));
  EXPECT_THAT(texts, Contains(rest + "period=2023-24 basis=in-period value=168"));
}

TEST(PrintedTables, PartsOfAShareComeFromSeveralColumns) {
  const std::string text =
      "Quarter,Open cases,,New referrals,,\n"
      ",Town,County,Town,County,% of county\n"
      "Q1,45,396,8,74,11\n"
      "Q2,43,418,5,64,8\n";
  const Answers answers = {{"columns", "each"},
                           {"columns-above", "each"},
                           {"year", "2013-14"},
                           {"place", "Town"},
                           {"label:Open cases", "thing=open; basis=at-date"},
                           {"label:New referrals", "thing=new; basis=in-period"},
                           {"label:Town", "figure=numerator"},
                           {"label:County", "figure=denominator"},
                           {"label:% of county", "figure=percent"}};
  const ReadTableResult read = ReadPrinted(text, answers);
  ASSERT_THAT(Asked(read), IsEmpty());
  EXPECT_THAT(RowTexts(read),
              ElementsAre("thing=open place=Town period=2013-14 Q1 basis=at-date numerator=45 "
                          "denominator=396",
                          "thing=new place=Town period=2013-14 Q1 basis=in-period numerator=8 "
                          "denominator=74 printed_percent=11",
                          "thing=open place=Town period=2013-14 Q2 basis=at-date numerator=43 "
                          "denominator=418",
                          "thing=new place=Town period=2013-14 Q2 basis=in-period numerator=5 "
                          "denominator=64 printed_percent=8"));
}

const Answers kYearsAnswers = {
    {"rows", "thing"}, {"years", "12m-to-january"}, {"place", "North"}, {"basis", "in-period"}};

TEST(PrintedTables, ChangesPercentagesAndRanksAreCheckedInEitherOrderOfYears) {
  for (const std::string& text : {std::string("Type,2023,2024,Change,% change,Rank\n"
                                              "Robbery,161,178,+17,+10.6%,2\n"
                                              "Shoplifting,1105,1160,+55,+5.0%,1\n"),
                                  std::string("Type,2024,2023,Change,% change,Rank\n"
                                              "Robbery,178,161,17,10.6,2\n"
                                              "Shoplifting,1160,1105,55,5.0,1\n")}) {
    const ReadTableResult read = ReadPrinted(text, kYearsAnswers);
    ASSERT_THAT(Asked(read), IsEmpty()) << text;
    EXPECT_THAT(FindingTexts(read), IsEmpty()) << text;
    EXPECT_THAT(read.notes, Contains("column \"Rank\": a rank, checked, not stored"));
    ASSERT_THAT(read.table.rows, SizeIs(4));
    EXPECT_THAT(RowTexts(read), Contains("thing=Robbery place=North period=12m to 2024-01 "
                                         "basis=in-period value=178"));
  }
}

TEST(PrintedTables, AWrongChangeNamesBothFigures) {
  const ReadTableResult read = ReadPrinted(
      "Type,2023,2024,Change\nRobbery,161,178,17\nShoplifting,1105,1160,65\n", kYearsAnswers);
  EXPECT_THAT(FindingTexts(read),
              ElementsAre("2: \"Change\" of \"Shoplifting\" says 65 and 2024 less 2023 makes 55",
                          "3: \"Change\" of \"Shoplifting\" says 65 and 2024 less 2023 makes 55"));
}

TEST(PrintedTables, WhatNothingInTheTableComputesIsAskedAbout) {
  const std::string text =
      "Type,2024,% change,Rate per 1000\nRobbery,178,10.6,0.9\nShoplifting,1160,5.0,6.0\n";
  const ReadTableResult asked = ReadPrinted(text, kYearsAnswers);
  EXPECT_THAT(Asked(asked), ElementsAre("label:% change", "label:Rate per 1000"));
  Answers answers = kYearsAnswers;
  answers["label:% change"] = "ignore";
  answers["label:Rate per 1000"] = "ignore";
  EXPECT_THAT(ReadPrinted(text, answers).table.rows, SizeIs(2));
}

TEST(PrintedTables, MonthsAndQuartersStandBelowTheirYears) {
  const ReadTableResult read =
      ReadPrinted("Type,2022-23,,2023-24,\n,Q3,Q4,Q1,Q2\nRobbery,1,2,3,4\nArson,5,6,7,8\n",
                  {{"rows", "thing"}, {"place", "North"}, {"basis", "in-period"}});
  ASSERT_THAT(Asked(read), IsEmpty());
  EXPECT_THAT(RowTexts(read)[0],
              "thing=Robbery place=North period=2022-23 Q3 basis=in-period value=1");
  EXPECT_THAT(RowTexts(read)[3],
              "thing=Robbery place=North period=2023-24 Q2 basis=in-period value=4");
}

TEST(PrintedTables, ATotalBesideQuartersBelowTheirYearsIsNoQuarter) {
  const ReadTableResult read = ReadPrinted(
      "Type,2022-23,,,2023-24\n,Q3,Q4,Total,Q1\nRobbery,1,2,3,4\nArson,5,6,11,8\n,6,8,14,12\n",
      {{"rows", "thing"}, {"place", "North"}, {"basis", "in-period"}});
  ASSERT_THAT(Asked(read), IsEmpty());
  EXPECT_THAT(read.table.rows, SizeIs(6));
  EXPECT_THAT(FindingTexts(read), IsEmpty());
  EXPECT_THAT(read.notes, Contains("column \"2022-23 / Total\": a total, checked, not stored"));
  EXPECT_THAT(read.notes, Contains("line 5 has figures and no label: not stored"));
}

TEST(PrintedTables, OfNothingButComputedFiguresHaveNoRows) {
  const std::string text = "Type,Change,Total\nRobbery,3,4\nArson,8,9\n";
  Answers answers = kTypesByPlaceAnswers;
  EXPECT_THAT(Asked(ReadPrinted(text, answers)), ElementsAre("label:Change", "label:Total"));
  answers["label:Change"] = "ignore";
  answers["label:Total"] = "ignore";
  EXPECT_THAT(ReadTable(text, {.datasets = Printable(), .answers = answers}).status(),
              HasReason("MISSING_FIELD"));
  answers["label:Total"] = "North";
  EXPECT_THAT(ReadPrinted(text, answers).table.rows, SizeIs(2));
}

TEST(PrintedTables, SpacersSectionsAndWordsAreNamedAndNotStored) {
  const ReadTableResult read = ReadPrinted(
      "Code,Type,North,,South,Remark\n"
      "Violence\n"
      "1,Homicide,3,,0,fine\n"
      "5D,Wounding,4,,1,\n"
      "Theft\n"
      "39,Theft from the person,7,,,\n",
      {{"labels", "B"},
       {"rows", "thing"},
       {"columns", "place"},
       {"period", "2024-01"},
       {"basis", "in-period"}});
  ASSERT_THAT(Asked(read), IsEmpty());
  EXPECT_THAT(read.table.rows, SizeIs(5));
  EXPECT_EQ(RowTexts(read)[1], "thing=Homicide place=South period=2024-01 basis=in-period value=0");
  EXPECT_THAT(read.notes, Contains(HasSubstr("column A is not stored")));
  EXPECT_THAT(read.notes, Contains(HasSubstr("column F holds words")));
  EXPECT_THAT(read.notes, Contains(HasSubstr("lines 2, 5 among the rows have no figures")));
  EXPECT_THAT(read.notes, Contains("1 cells without a figure: not stored"));
}

TEST(PrintedTables, SubtotalsAndATotalOfAllAreChecked) {
  const ReadTableResult read = ReadPrinted(
      "Cases in all,9,\nType,2022-23,2023-24\nArson,1,2\nRape,4,5\nSubtotal,5,7\nRobbery,1,1\n"
      "Grand total,6,8\n",
      {{"rows", "thing"}, {"place", "North"}, {"basis", "in-period"}});
  ASSERT_THAT(Asked(read), IsEmpty());
  EXPECT_THAT(read.table.rows, SizeIs(6));
  EXPECT_THAT(FindingTexts(read), IsEmpty());
  EXPECT_THAT(read.notes, Contains("line 1 stands above the header and is not stored: "
                                   "\"Cases in all; 9\""));
}

TEST(PrintedTables, OfPercentagesAreAskedWhereTheyBelong) {
  const std::string text = "Type,North,South\nSatisfied,11%,12%\nSafe,10%,9%\n";
  Answers answers = kTypesByPlaceAnswers;
  EXPECT_THAT(Asked(ReadPrinted(text, answers)), ElementsAre("figure"));
  answers["figure"] = "percent";
  EXPECT_EQ(RowTexts(ReadPrinted(text, answers))[0],
            "thing=Satisfied place=North period=AY2022-23 basis=in-period printed_percent=11");
}

TEST(PrintedTables, ASignIsAskedAboutOnceAndMayStandForNoFigure) {
  const std::string text = "Type,North,South\nHomicide,-,0\nRobbery,4,-\n";
  Answers answers = kTypesByPlaceAnswers;
  const ReadTableResult asked = ReadPrinted(text, answers);
  ASSERT_THAT(Asked(asked), ElementsAre("dash"));
  EXPECT_THAT(asked.questions[0].lines, ElementsAre(2, 3));
  answers["dash"] = "none";
  EXPECT_THAT(ReadPrinted(text, answers).table.rows, SizeIs(2));
  answers["dash"] = "0";
  EXPECT_EQ(RowTexts(ReadPrinted(text, answers))[0],
            "thing=Homicide place=North period=AY2022-23 basis=in-period value=0");
  answers["dash"] = "suppressed-below-10";
  EXPECT_EQ(RowTexts(ReadPrinted(text, answers))[0],
            "thing=Homicide place=North period=AY2022-23 basis=in-period value=10 "
            "absence=suppressed-below");
  answers["dash"] = "suppressed-below-ten";
  EXPECT_THAT(Asked(ReadPrinted(text, answers)), ElementsAre("dash"));
}

TEST(PrintedTables, TheSameFigureTwiceAndTwoMeaningsAreFindings) {
  const ReadTableResult twice =
      ReadPrinted("Type,North,South\nRobbery,4,1\nArson,3,3\nRobbery,5,2\n", kTypesByPlaceAnswers);
  EXPECT_THAT(FindingTexts(twice),
              ElementsAre(HasSubstr("\"North\" of \"Robbery\" is a second figure"),
                          HasSubstr("\"South\" of \"Robbery\" is a second figure")));
  Answers answers = kTypesByPlaceAnswers;
  answers["label:South"] = "thing=burglary; place=South";
  EXPECT_THAT(FindingTexts(ReadPrinted("Type,North,South\nRobbery,4,1\nArson,1,\n", answers)),
              ElementsAre("1: row and column say different things of it"));
}

TEST(PrintedTables, ATableBelowAnotherIsRefused) {
  const auto read = ReadTable("Type,North,South\nRobbery,4,1\n\nType,East,West\nRobbery,3,2\n",
                              {.datasets = Printable(), .answers = kTypesByPlaceAnswers});
  EXPECT_THAT(read.status(), HasReason("INVALID_FIELD"));
  EXPECT_THAT(std::string(read.status().message()), HasSubstr("line 4 looks like the header"));
}

TEST(PrintedTables, ListsOfRecordsAreNone) {
  for (const char* text :
       {"colour,size\nred,1\n",
        "Ref,Service,Received,District,Age\nNC-1,house,2024-01-02,North,34\n"
        "NC-2,house,2024-01-03,North,35\n",
        "thing,place,amount\nrobbery,North,3\nrobbery,South,4\n", "words,only\nno,figures\n"}) {
    EXPECT_THAT(ReadTable(text, {.datasets = Printable()}).status(),
                ::testing::AnyOf(HasReason("MISSING_FIELD"), HasReason("UNKNOWN_VALUE")))
        << text;
  }
}

TEST(PrintedTables, ALayoutIsKnownByItsShapeAndLabels) {
  const auto layout = [](std::string text) { return ReadPrinted(text).layout; };
  const std::string text = kTypesByPlace;
  const std::string first = layout(text);
  std::string next = text;
  next.replace(next.find("2022"), 4, "2023");
  next.replace(next.find("2023", next.find(" to ")), 4, "2024");
  next += "Arson,1,2,\n";
  EXPECT_EQ(layout(next), first);
  std::string other = text;
  other.replace(other.find("South"), 5, "West");
  EXPECT_NE(layout(other), first);
  other = text;
  other.replace(other.find("crime"), 5, "calls");
  EXPECT_NE(layout(other), first);
  // Without a line above it the rows count as well.
  EXPECT_NE(layout("Type,2022,2023\nRobbery,4,1\nArson,1,1\n"),
            layout("Type,2022,2023\nRobbery,4,1\nTheft,1,1\n"));
  EXPECT_EQ(layout("Type,2022,2023\nRobbery,4,1\nArson,1,1\n"),
            layout("Type,2022,2023,2024\nRobbery,4,1,2\nArson,1,1,1\n"));
  // What only this table is about is not kept for the next.
  const ReadTableResult read = ReadPrinted(text, kTypesByPlaceAnswers);
  EXPECT_TRUE(read.used.at("rows").can_be_kept);
  EXPECT_TRUE(read.used.at("basis").can_be_kept);
  EXPECT_FALSE(read.used.at("period").can_be_kept);
  Answers answers = kYearsAnswers;
  EXPECT_FALSE(
      ReadPrinted("Type,2023,2024\nRobbery,4,1\nArson,1,1\n", answers).used.at("place").can_be_kept)
      << "nothing tells it from another place's table";
  const ReadTableResult named =
      ReadPrinted("Six years in the North\nType,2023,2024\nRobbery,4,1\nArson,1,1\n", answers);
  EXPECT_TRUE(named.used.at("place").can_be_kept);
  EXPECT_FALSE(named.used.at("years").can_be_kept) << "they end in a month";
  EXPECT_FALSE(ReadPrinted("Northern towns\nType,2023,2024\nRobbery,4,1\nArson,1,1\n", answers)
                   .used.at("place")
                   .can_be_kept);
}

TEST(StatedLines, AreAskedAboutAndTakenAsAnswered) {
  const std::string text =
      "Data correct as at 05/02/2024,,\nOFFICIAL-SENSITIVE,,\n" + std::string(kTypesByPlace);
  Answers answers = kTypesByPlaceAnswers;
  const ReadTableResult asked = ReadPrinted(text, answers);
  ASSERT_THAT(Asked(asked), ElementsAre("extract", "marking"));
  EXPECT_THAT(
      asked.questions[0].readings,
      ElementsAre(Reading{"2024-02-05", "5 February 2024"}, Reading{"2024-05-02", "2 May 2024"},
                  Reading{"none", "it is not the day of the extract"}));
  answers["extract"] = "2024-02-05";
  answers["marking"] = "official-sensitive";
  const ReadTableResult read = ReadPrinted(text, answers);
  ASSERT_THAT(Asked(read), IsEmpty());
  EXPECT_EQ(read.stated.extract_date, "2024-02-05");
  EXPECT_EQ(read.stated.marking, "OFFICIAL-SENSITIVE");
  EXPECT_THAT(read.notes, Contains("line 1: extract of 2024-02-05, as answered"));
  EXPECT_THAT(read.notes, Not(Contains(HasSubstr("line 1 stands above"))));
  answers["extract"] = "05/02/2024";
  EXPECT_THAT(Asked(ReadPrinted(text, answers)), ElementsAre("extract"));
  answers["extract"] = "none";
  answers["marking"] = "none";
  const ReadTableResult none = ReadPrinted(text, answers);
  EXPECT_EQ(none.stated.extract_date, "");
  EXPECT_EQ(none.stated.marking, "");
}

TEST(StatedLines, OfAMarkingThatIsTooHighRefuseTheFile) {
  EXPECT_THAT(ReadTable("SECRET\nthing,place,period,basis\na,b,2024-01,in-period\n",
                        {.datasets = Printable()})
                  .status(),
              HasReason("MARKING_TOO_HIGH"));
}

TEST(StatedLines, BelowAPrintedTableCountAsWell) {
  const ReadTableResult read =
      ReadPrinted(std::string(kTypesByPlace) + "Extracted 2024-02-05,,,\n", kTypesByPlaceAnswers);
  EXPECT_THAT(Asked(read), ElementsAre("extract"));
}

TEST(StatedLines, MonthsWithoutARowAreAskedAbout) {
  std::vector<DatasetSpec> specs = {
      {.name = "events",
       .columns = {{.name = "key", .required = true},
                   {.name = "month", .required = true, .kind = CellKind::kMonth}},
       .cover_column = "month"}};
  const auto read = [&](const std::string& text, const TableRequest& more) {
    TableRequest request = more;
    request.datasets = specs;
    auto result = ReadTable(text, request);
    EXPECT_OK(result.status());
    return *std::move(result);
  };
  const std::string rows = "key,month\na,2024-01\nb,2024-03\n";
  const std::string title = "Incidents January 2024 to March 2024\n";
  const ReadTableResult asked = read(title + rows, {});
  ASSERT_THAT(Asked(asked), ElementsAre("cover"));
  EXPECT_THAT(asked.questions[0].what, HasSubstr("has no row of 2024-02"));
  EXPECT_EQ(read(title + rows, {.answers = {{"cover", "2024-01..2024-03"}}}).stated.covers,
            "2024-01..2024-03");
  EXPECT_EQ(read(title + rows, {.answers = {{"cover", "found"}}}).stated.covers, "");
  EXPECT_THAT(Asked(read(rows, {.name = "Incidents_January 2024 to March 2024"})),
              ElementsAre("cover"));
  EXPECT_THAT(Asked(read(title + rows, {.may_ask_cover = false})), IsEmpty());
  EXPECT_THAT(Asked(read(title + rows, {.stated = {.covers = "2024-01..2024-03"}})), IsEmpty());
  EXPECT_THAT(Asked(read("Incidents January 2024\nkey,month\na,2024-01\n", {})), IsEmpty());
}

}  // namespace
}  // namespace daybook::ingest
