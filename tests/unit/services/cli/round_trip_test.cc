// What our own writers write, our reader reads back to the same rows, for every dataset: refused
// rows, report tables as CSV and as a workbook, templates.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "daybook/reports/v1/reports_service.pb.h"
#include "eventstore/core/error.h"
#include "services/cli/dataset.h"
#include "services/cli/output/csv_tables.h"
#include "services/cli/output/workbook.h"
#include "services/cli/rejects.h"
#include "services/cli/template_command.h"
#include "services/ingest/read_table.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace daybook::cli {
namespace {

using ingest::CellKind;

constexpr int kRowsOfEach = 60;

// Cells in the form of their column, with what makes writing hard.
const std::vector<std::string>& CellsOf(CellKind kind) {
  static const auto& texts = *new std::vector<std::string>{
      "plain",      "two words", "a, b; c",  "he said \"no\"", "\"quoted\"",
      "it's",       "Caf\u00E9", "007",      "1,620",          "65%",
      "2024-03-18", "-5",        "+44 1206", "12\" pipe",      "a\tb",
      "yes",        "1e5",       "[x]",      "\u2019tis",      "x\\y|z",
      "#1",         "TRUE story"};
  static const auto& words = *new std::vector<std::string>{"in-period", "statutory", "a1"};
  static const auto& days = *new std::vector<std::string>{"2024-02-29", "1999-12-31", "unknown"};
  static const auto& moments =
      *new std::vector<std::string>{"2024-02-29T14:30", "1999-12-31", "2024-02-29T00:00"};
  static const auto& times = *new std::vector<std::string>{"14:30", "00:00", "23:59"};
  static const auto& months = *new std::vector<std::string>{"2024-02", "2007-08", "1999-12"};
  static const auto& years = *new std::vector<std::string>{"2017-18", "1999-00", "AY2022-23"};
  static const auto& periods = *new std::vector<std::string>{
      "2024-01",   "2017-18 Q1", "AY2022-23", "CY2023", "12m to 2024-01", "2022-09-01..2023-07-31",
      "2023-08-02"};
  static const auto& numbers = *new std::vector<std::string>{
      "0", "1620", "-8.7", "0.000001", "123456789012345678", "0.5", "33.333333", "100"};
  switch (kind) {
    case CellKind::kText:
    case CellKind::kKey:
    case CellKind::kPersonKey:
      return texts;
    case CellKind::kAge:
    case CellKind::kWord:
      return words;
    case CellKind::kDay:
      return days;
    case CellKind::kMoment:
      return moments;
    case CellKind::kTime:
      return times;
    case CellKind::kMonth:
    case CellKind::kDayOrMonth:
      return months;
    case CellKind::kYear:
      return years;
    case CellKind::kPeriod:
      return periods;
    case CellKind::kNumber:
    case CellKind::kPercent:
    case CellKind::kMoney:
    case CellKind::kValue:
      return numbers;
  }
  return texts;
}

bool IsNumber(CellKind kind) {
  return kind == CellKind::kNumber || kind == CellKind::kPercent || kind == CellKind::kMoney ||
         kind == CellKind::kValue;
}

using Rows = std::vector<std::vector<std::string>>;

// The first cell is never empty: a line without any is no row.
Rows RandomRows(const Dataset& dataset, std::uint32_t seed) {
  std::mt19937 random(seed);
  Rows rows(kRowsOfEach, std::vector<std::string>(dataset.columns.size()));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t column = 0; column < rows[i].size(); ++column) {
      const auto& cells = CellsOf(dataset.columns[column].kind);
      if (column == 0 || random() % 4 > 0) rows[i][column] = cells[random() % cells.size()];
    }
    if (&CellsOf(dataset.columns[0].kind) == &CellsOf(CellKind::kText))
      rows[i][0] = "row-" + std::to_string(i);
  }
  return rows;
}

// The cells under the dataset's columns, whatever columns stand beside them.
Rows ReadBack(const Dataset& dataset, std::string bytes) {
  const auto read =
      ingest::ReadTable(std::move(bytes), {.datasets = ingest::DatasetSpecs(&dataset, 1)});
  if (!read.ok()) {
    ADD_FAILURE() << dataset.name << ": " << read.status();
    return {};
  }
  EXPECT_TRUE(read->table.findings.empty()) << dataset.name;
  Rows rows;
  for (const auto& cells : read->table.rows) {
    auto& row = rows.emplace_back();
    for (const Column& column : dataset.columns) {
      const auto index = ingest::IndexOf(read->table.header, column.name);
      row.push_back(index && *index < cells.size() ? cells[*index] : "");
    }
  }
  return rows;
}

std::string BytesOf(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

reports::v1::RenderReportResponse AsReport(const Dataset& dataset, const Rows& rows) {
  reports::v1::RenderReportResponse answer;
  auto* table = answer.add_tables();
  table->set_name("rows");
  table->set_title("Rows");
  for (const Column& column : dataset.columns) {
    auto* said = table->add_columns();
    said->set_key(column.name);
    said->set_title(column.name);
    said->set_numeric(IsNumber(column.kind));
  }
  for (const auto& cells : rows) {
    auto* row = table->add_rows();
    for (const std::string& cell : cells) row->add_cells()->set_text(cell);
  }
  return answer;
}

class RoundTrips : public ::testing::TestWithParam<std::string> {
 protected:
  const Dataset& dataset() const { return *FindDataset(GetParam()); }
};

TEST_P(RoundTrips, OfRefusedRows) {
  for (std::uint32_t seed = 1; seed <= 5; ++seed) {
    ingest::Table table;
    for (const Column& column : dataset().columns) table.header.push_back(column.name);
    table.rows = RandomRows(dataset(), seed);
    std::vector<FileFinding> findings;
    for (std::uint32_t row = 1; row <= table.rows.size(); ++row) {
      findings.push_back({.row = row,
                          .line = row + 1,
                          .refused = true,
                          .field = table.header[0],
                          .reason = "INVALID_FIELD",
                          .description = "is \"wrong\", of course",
                          .remedy = "Write it; then send it."});
    }
    EXPECT_EQ(ReadBack(dataset(), RejectsText(table, findings)), table.rows) << "seed " << seed;
  }
}

TEST_P(RoundTrips, OfReportsAsCsv) {
  for (std::uint32_t seed = 1; seed <= 5; ++seed) {
    const Rows rows = RandomRows(dataset(), seed);
    EXPECT_EQ(ReadBack(dataset(), ToCsv(AsReport(dataset(), rows))), rows) << "seed " << seed;
  }
}

TEST_P(RoundTrips, OfReportsAsWorkbooks) {
  const daybook::testing::TempDir folder;
  for (std::uint32_t seed = 1; seed <= 5; ++seed) {
    const Rows rows = RandomRows(dataset(), seed);
    const std::string path = folder / "rows.xlsx";
    ASSERT_OK(WriteWorkbook(path, AsReport(dataset(), rows)));
    if (dataset().no_other_columns) {  // a report has a column of notes
      const auto read = ingest::ReadTable(BytesOf(path), {.datasets = Datasets()});
      EXPECT_EQ(eventstore::ErrorReason(read.status()), "PERSONAL_COLUMN");
      continue;
    }
    EXPECT_EQ(ReadBack(dataset(), BytesOf(path)), rows) << "seed " << seed;
  }
}

TEST_P(RoundTrips, OfTemplatesWithTheirExample) {
  const daybook::testing::TempDir folder;
  ASSERT_EQ(RunTemplateFiles(dataset().name, folder.string()), 0);
  Dataset without_example = dataset();
  without_example.example.clear();
  for (const char* ending : {".csv", ".xlsx"}) {
    const std::string path = folder / (dataset().name + ending);
    EXPECT_EQ(ReadBack(without_example, BytesOf(path)), Rows{dataset().example}) << ending;
    const auto empty =
        ingest::ReadTable(BytesOf(path), {.datasets = Datasets(), .may_have_no_rows = true});
    ASSERT_OK(empty.status()) << ending;
    EXPECT_EQ(empty->dataset->name, dataset().name) << "found by its header alone";
    EXPECT_TRUE(empty->table.rows.empty()) << "the example is no row";
  }
}

std::vector<std::string> Names() {
  std::vector<std::string> names;
  for (const Dataset& dataset : Datasets()) names.push_back(dataset.name);
  return names;
}

INSTANTIATE_TEST_SUITE_P(EveryDataset, RoundTrips, ::testing::ValuesIn(Names()),
                         [](const auto& test) {
                           std::string name = test.param;
                           std::erase(name, '-');
                           return name;
                         });

// A right result that does not hold yet: the apostrophe that keeps a text a text in a spreadsheet
// comes back as a part of it.
TEST(RoundTripsOfTexts, DISABLED_OneLikeAFormulaComesBackWithoutItsApostrophe) {
  const Dataset& dataset = *FindDataset("organisations");
  const Rows rows = {{"row-1", "=1+1", "voluntary", "-x"}, {"row-2", "@home", "voluntary", "+y"}};
  EXPECT_EQ(ReadBack(dataset, ToCsv(AsReport(dataset, rows))), rows);
}

}  // namespace
}  // namespace daybook::cli
