#include "services/ingest/sheet_finder.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_join.h"
#include "eventstore/core/error.h"
#include "fmt/format.h"
#include "proto/values/civil.h"
#include "proto/values/text.h"
#include "services/ingest/printed_reader.h"
#include "services/ingest/printed_table.h"

namespace daybook::ingest {
namespace {

constexpr std::size_t kColumnsMergedMax = 64;

absl::Status Unknown(const std::string& what, const std::string& remedy) {
  return eventstore::MakeError(
      absl::StatusCode::kInvalidArgument, what,
      {.reason = "UNKNOWN_VALUE", .remedy = remedy, .fields = {}, .metadata = {}});
}

Lines LinesOf(const WorkbookSheet& sheet) {
  Lines lines;
  lines.reserve(sheet.rows.size());
  for (const WorkbookRow& row : sheet.rows) {
    Line& line = lines.emplace_back(Line{.number = row.number, .cells = {}});
    line.cells.reserve(row.cells.size());
    for (const WorkbookCell& cell : row.cells) line.cells.push_back(cell.text);
  }
  return lines;
}

CellFinding FindingOf(std::size_t column, const WorkbookCell& cell) {
  static constexpr char kSetFormat[] =
      "Set the cell's number format to General, see that the number is right, and send it again.";
  switch (cell.fault) {
    case CellFault::kErrorValue: {
      // Of Excel's own words only: another text may be anything.
      const bool known = cell.text.starts_with('#') && cell.text.size() <= 16;
      return {column, known ? "the cell holds the error " + cell.text : "the cell holds an error",
              "Correct the formula or type the value; an unknown one is left empty."};
    }
    case CellFault::kNotCalculated:
      return {column, "the cell holds a formula without a result",
              "Open the workbook in a spreadsheet program and save it, or type the value."};
    case CellFault::kScaled:
      return {column,
              "the cell shows its number in thousands or millions: which of the two is meant?",
              kSetFormat};
    case CellFault::kHidden:
      return {column, "the cell's number format shows something else than its number", kSetFormat};
    case CellFault::kNoDay:
      return {column, "the cell is formatted as a date or time and its number is none",
              "Type the date, or set the cell's number format to General if it is a number."};
    case CellFault::kNone:
      break;
  }
  return {};
}

bool IsOfDataset(const FoundTable& found, std::size_t column) {
  return column < found.table.header.size() &&
         found.dataset->Find(found.table.header[column]) != nullptr;
}

// Cells of a row under one value: what the others of them hold is not told.
void FindMerged(const WorkbookSheet& sheet, FoundTable& found) {
  Table& table = found.table;
  std::size_t looks = sheet.rows.size() * kColumnsMergedMax;  // overlapping ranges bound no work
  for (const MergedCells& merged : sheet.merged) {
    const auto first = std::ranges::lower_bound(table.lines, merged.first_row);
    for (auto line = first; line != table.lines.end() && *line <= merged.last_row; ++line) {
      const auto row = static_cast<std::size_t>(line - table.lines.begin());
      const std::size_t end = std::min<std::size_t>(merged.last_column + 1, table.header.size());
      for (std::size_t column = merged.first_column + 1; column < end; ++column) {
        if (looks-- == 0) return;
        if (!table.rows[row][column].empty() || !IsOfDataset(found, column)) continue;
        table.AddFinding(row, {column, "the cell is merged with the one to its left",
                               "Unmerge the cells and give each its own value."});
      }
    }
  }
}

// A day stands for itself only of figures at a date: a month typed as 01/01/2024 is shown as one.
void FindDayOfPeriod(std::size_t row, std::size_t column, FoundTable& found) {
  Table& table = found.table;
  const ColumnSpec* spec = found.dataset->Find(table.header[column]);
  if (spec->kind != CellKind::kPeriod) return;
  const auto basis = IndexOf(table.header, "basis");
  if (basis && SameColumn(table.rows[row][*basis], "at-date")) return;
  std::string& cell = table.rows[row][column];
  const auto day = values::ParseDay(std::string_view(cell).substr(0, cell.find('T')));
  if (!day) return;
  const values::Date date = values::DateOf(*day);
  table.AddFinding(
      row, {column, "is a day; the spreadsheet made a date of it, or the format of the cell did",
            fmt::format("Give the column the format Text and type the period: {0} for the month, "
                        "{1}..{1} for this day alone.",
                        values::FormatMonth(*day), values::FormatDay(*day))});
  // As CSV has it, so that the refused row is no day where it is sent again as it is.
  cell = fmt::format("{:02}/{:02}/{}", date.day, date.month, date.year);
}

void AddFindings(const WorkbookSheet& sheet, FoundTable& found) {
  for (std::size_t i = 0; i < found.table.rows.size(); ++i) {
    const auto& cells = sheet.rows[found.first_line + i].cells;
    for (std::size_t column = 0; column < cells.size(); ++column) {
      if (!IsOfDataset(found, column)) continue;
      if (cells[column].is_date) FindDayOfPeriod(i, column, found);
      if (cells[column].fault == CellFault::kNone) continue;
      found.table.AddFinding(i, FindingOf(column, cells[column]));
    }
  }
}

// Takes lines of one cell below the rows away, such as a source or a footnote; notes them. Of a CSV
// such a line may be a row that was cut off, of a workbook it cannot be.
void CutFootnotes(const WorkbookSheet& sheet, FoundTable& found) {
  const auto required = std::ranges::count_if(
      found.dataset->columns, [](const ColumnSpec& column) { return column.required; });
  if (required < 2) return;
  const auto has_one_cell = [](const WorkbookRow& row) {
    return std::ranges::count_if(row.cells, [](const WorkbookCell& cell) {
             return !cell.text.empty() || cell.fault != CellFault::kNone;
           }) == 1;
  };
  std::size_t cut = 0;
  auto& rows = found.table.rows;
  while (!rows.empty() && has_one_cell(sheet.rows[found.first_line + rows.size() - 1])) {
    found.below.push_back({found.table.lines.back(), std::move(rows.back())});
    rows.pop_back();
    found.table.lines.pop_back();
    ++cut;
  }
  if (cut > 0) {
    found.notes.push_back(
        fmt::format("{} lines of one cell below the rows are no rows: not stored", cut));
  }
}

void AddNotes(const WorkbookSheet& sheet, FoundTable& found) {
  std::vector<std::string> notes = {fmt::format("read from the sheet \"{}\"", sheet.name)};
  if (sheet.filled_cells > 0) {
    notes.push_back(
        fmt::format("the value of a cell merged over several rows counts for each: {} "
                    "cells filled",
                    sheet.filled_cells));
  }
  const auto last =
      sheet.rows.begin() + static_cast<std::ptrdiff_t>(found.first_line + found.table.rows.size());
  const auto hidden =
      std::count_if(sheet.rows.begin() + static_cast<std::ptrdiff_t>(found.first_line), last,
                    [](const WorkbookRow& row) { return row.hidden; });
  if (hidden > 0) {
    notes.push_back(fmt::format("{} rows that are hidden in the sheet were read, too", hidden));
  }
  found.notes.insert(found.notes.begin(), notes.begin(), notes.end());
}

std::string Names(const std::vector<const WorkbookSheet*>& sheets) {
  return absl::StrJoin(sheets, ", ", [](std::string* out, const WorkbookSheet* sheet) {
    out->append("\"").append(sheet->name).append("\"");
    if (sheet->hidden) out->append(" (hidden)");
  });
}

Grid GridOf(const WorkbookSheet& sheet) {
  Grid grid{.lines = LinesOf(sheet)};
  for (std::size_t i = 0; i < sheet.rows.size(); ++i) {
    const auto& cells = sheet.rows[i].cells;
    for (std::size_t column = 0; column < cells.size(); ++column) {
      if (cells[column].fault == CellFault::kNone) continue;
      grid.faults.emplace(std::pair(i, column), FindingOf(column, cells[column]));
    }
  }
  return grid;
}

// "Sheet1" says nothing of what is on it.
std::string MeaningfulName(const WorkbookSheet& sheet) {
  std::string_view name = sheet.name;
  for (const std::string_view plain : {"Sheet", "Table", "Tabelle", "Worksheet"}) {
    if (!name.starts_with(plain)) continue;
    name.remove_prefix(plain.size());
    while (name.starts_with(' ')) name.remove_prefix(1);
    return name.empty() || values::IsDigits(name) ? "" : sheet.name;
  }
  return sheet.name;
}

// Of the sheets that may be read, the one that has a table of figures.
absl::StatusOr<std::optional<FoundTable>> FindPrintedSheet(
    const std::vector<const WorkbookSheet*>& sheets, const TableRequest& request,
    Inquiry& inquiry) {
  const DatasetSpec* dataset = PrintedDataset(request.datasets);
  if (dataset == nullptr) return std::optional<FoundTable>();
  std::vector<const WorkbookSheet*> with_table;
  for (const WorkbookSheet* sheet : sheets) {
    const Lines lines = LinesOf(*sheet);
    if (!IsNearlyFound(lines, request.datasets) && FindPrintedTable(lines)) {
      with_table.push_back(sheet);
    }
  }
  if (with_table.empty()) return std::optional<FoundTable>();
  if (with_table.size() > 1) {
    return Unknown(
        fmt::format("{} sheets have a table of figures: {}", with_table.size(), Names(with_table)),
        "Name one with --sheet; import each of them separately if all are meant.");
  }
  const WorkbookSheet& sheet = *with_table.front();
  TableContext context{.name = request.name, .agency = request.agency, .titles = {}};
  const std::string name = MeaningfulName(sheet);
  if (!name.empty()) context.titles.push_back(name);
  const Grid grid = GridOf(sheet);
  DAYBOOK_ASSIGN_OR_RETURN(auto found,
                           ReadPrintedTable(grid, *dataset, std::move(context), inquiry));
  if (!inquiry.open().empty()) {
    found->notes.push_back(eventstore::Message(NoTable(grid.lines, request.datasets)));
  }
  found->sheet = name;
  std::vector<std::string> notes = {fmt::format("read from the sheet \"{}\"", sheet.name)};
  const auto hidden =
      std::ranges::count_if(sheet.rows, [](const WorkbookRow& row) { return row.hidden; });
  if (hidden > 0) {
    notes.push_back(fmt::format("{} rows that are hidden in the sheet were read, too", hidden));
  }
  found->notes.insert(found->notes.begin(), notes.begin(), notes.end());
  return found;
}

}  // namespace

absl::StatusOr<FoundTable> FindSheet(const Workbook& workbook, const TableRequest& request,
                                     Inquiry& inquiry) {
  const DatasetSpecs datasets = request.datasets;
  const std::string& wanted = request.sheet;
  std::vector<const WorkbookSheet*> readable;
  std::optional<FoundTable> found;
  std::vector<const WorkbookSheet*> all;
  std::vector<const WorkbookSheet*> with_table;
  std::vector<const WorkbookSheet*> hidden_with_table;
  bool is_there = wanted.empty();
  for (const WorkbookSheet& sheet : workbook.sheets) {
    all.push_back(&sheet);
    const bool named = !wanted.empty() && SameColumn(sheet.name, wanted);
    is_there = is_there || named;
    if (!wanted.empty() && !named) continue;
    if (named || !sheet.hidden) readable.push_back(&sheet);
    Lines lines = LinesOf(sheet);
    std::optional<FoundTable> table = FindTable(lines, datasets);
    if (!table) continue;
    if (sheet.hidden && !named) {
      hidden_with_table.push_back(&sheet);
      continue;
    }
    with_table.push_back(&sheet);
    if (found) continue;
    found = std::move(table);
    CutFootnotes(sheet, *found);
    found->table.FillRows();  // a row of a sheet ends with its last cell
    AddFindings(sheet, *found);
    FindMerged(sheet, *found);
    AddNotes(sheet, *found);
  }
  if (!is_there) {
    return Unknown(fmt::format("the workbook has no sheet \"{}\"", wanted),
                   "Its sheets are " + Names(all) + ".");
  }
  if (with_table.size() > 1) {
    return Unknown(
        fmt::format("{} sheets have such a table: {}", with_table.size(), Names(with_table)),
        "Name one with --sheet; import each of them separately if all are meant.");
  }
  if (!found && hidden_with_table.empty()) {
    DAYBOOK_ASSIGN_OR_RETURN(found, FindPrintedSheet(readable, request, inquiry));
  }
  if (!found) {
    const std::string of = datasets.size() == 1 ? "dataset " + datasets.front().name : "a dataset";
    return Unknown(
        fmt::format("no visible sheet has the header of {}; the sheets are {}", of, Names(all)),
        hidden_with_table.empty()
            ? "`daybook template DATASET` writes a workbook with its columns; name the dataset "
              "with --dataset where a header is that of several."
            : "Hidden sheets are not read: name it with --sheet if it is meant.");
  }
  if (!hidden_with_table.empty()) {
    found->notes.push_back("not read, because hidden: " + Names(hidden_with_table));
  }
  return *std::move(found);
}

}  // namespace daybook::ingest
