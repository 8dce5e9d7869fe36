// The figures of a report that went into a document.
#include "projections/reports/released_figures.h"

#include <gtest/gtest.h>

#include <string>

#include "projections/reports/table_builder.h"
#include "tests/unit/projections/reports/builders.h"
#include "tests/unit/projections/reports/rows_of.h"

namespace daybook::reports::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

RenderedReport Report(const std::string& burglary) {
  TableBuilder table("types", "Types");
  table.Key("type", "Type").Text("words", "Words").Number("count", "Count").Number("rate", "Rate");
  table.Row().Cell("Burglary").Cell("up").Cell(burglary).RestsOn({7, 9}).CellOr("", "x");
  table.Row().Cell("Robbery").Cell("down").Cell("3").Cell("");
  table.Row().Cell("Robbery").Cell("again").Cell("4").Cell("1.5");
  return FromTable(table.Take(), {});
}

ReportReleased Released(const RenderedReport& report) {
  ReportReleased released;
  released.set_report("types");
  released.set_document_id("paper");
  for (auto& figure : FiguresOf(report)) *released.add_figures() = figure;
  return released;
}

TEST(ReleasedFigures, EveryNumberAndMarkerOfANumericColumnIsOne) {
  const auto figures = FiguresOf(Report("12"));
  ASSERT_THAT(figures, SizeIs(5)) << "words and empty cells are none";
  EXPECT_EQ(figures[0].value(), "12");
  EXPECT_EQ(figures[1].marker(), "x");
  EXPECT_EQ(figures[2].nth(), 0U);
  EXPECT_EQ(figures[3].nth(), 1U) << "the second row of that name";
}

TEST(ReleasedFigures, SealedTextIsInNoName) {
  RenderedReport report = Report("12");
  report.texts.push_back({0, 0, 0, eventstore::Position{1}, "narrative"});
  EXPECT_EQ(FiguresOf(report)[0].row(0), "");
}

TEST(ReleasedFigures, OneIsFoundAgainByItsPlace) {
  const auto released = Released(Report("12"));
  const auto again = ReleasedFigureAgain(released, 40, 1, Report("12"));
  EXPECT_THAT(RowsOf(again.table),
              ElementsAre(ElementsAre("40.1", "types", "Burglary", "count", "12", "12")));
  EXPECT_THAT(again.inputs, ElementsAre(7U, 9U));
  EXPECT_FALSE(HasNote(again.table.notes(), "stands"));
  EXPECT_EQ(RowsOf(ReleasedFigureAgain(released, 40, 4, Report("12")).table)[0][5], "4");
}

TEST(ReleasedFigures, WhatWasPrintedStandsAndADifferenceIsNamed) {
  const auto released = Released(Report("12"));
  const auto again = ReleasedFigureAgain(released, 40, 1, Report("11"));
  EXPECT_EQ(RowsOf(again.table)[0][4], "12");
  EXPECT_EQ(RowsOf(again.table)[0][5], "11");
  EXPECT_TRUE(HasNote(again.table.notes(), "says 11; what was printed stands"));
  const auto gone = ReleasedFigureAgain(released, 40, 1, RenderedReport());
  EXPECT_EQ(RowsOf(gone.table)[0][5], "[x]");
  EXPECT_TRUE(HasNote(gone.table.notes(), "has no such figure"));
}

TEST(ReleasedFigures, AllOfThemHaveAReferenceEach) {
  const auto rows = RowsOf(ReleasedFiguresTable(Released(Report("12")), 40));
  ASSERT_THAT(rows, SizeIs(5));
  EXPECT_EQ(rows[4][0], "40.5");
  EXPECT_EQ(rows[1][4], "[x]");
}

}  // namespace
}  // namespace daybook::reports::testing
