#include "services/cli/output/workbook.h"

#include <xlsxwriter.h>

#include <cmath>
#include <optional>
#include <set>
#include <utility>

#include "absl/strings/numbers.h"
#include "eventstore/core/error.h"
#include "fmt/format.h"
#include "proto/values/decimal.h"
#include "services/cli/output/markers.h"
#include "services/cli/output/table_layout.h"
#include "services/cli/output/whole_file.h"

namespace daybook::cli {
namespace {

constexpr int kSheetRowsMax = 1'048'575;  // below the headings
constexpr std::size_t kSheetNameMax = 31;
// Digits that a spreadsheet's number keeps; an id or a longer decimal stays a text.
constexpr std::size_t kDigitsMax = 15;

// Unique, and without what a sheet's name may not have.
std::string SheetName(const reports::v1::Table& table, std::set<std::string>& taken) {
  std::string name = table.name().substr(0, kSheetNameMax - 4);
  for (char& c : name) {
    if (std::string_view("[]:*?/\\").find(c) != std::string_view::npos) c = '-';
  }
  if (name.empty()) name = "table";  // libxlsxwriter makes no sheet without a name
  std::string unique = name;
  for (int n = 2; !taken.insert(unique).second; ++n) unique = fmt::format("{} {}", name, n);
  return unique;
}

std::optional<double> NumberOf(const reports::v1::Cell& cell) {
  if (!cell.marker().empty() || cell.text().size() > kDigitsMax) return std::nullopt;
  double number = 0;
  if (!values::Decimal::Parse(cell.text()) || !absl::SimpleAtod(cell.text(), &number)) {
    return std::nullopt;
  }
  return number;
}

std::string NotesOf(const reports::v1::Table& table, const reports::v1::Row& row) {
  std::string notes;
  std::set<std::uint32_t> seen;
  for (const auto& cell : row.cells()) {
    for (const std::uint32_t note : cell.notes()) {
      if (note < 1 || note > static_cast<std::uint32_t>(table.notes_size())) continue;
      if (!seen.insert(note).second) continue;
      notes += (notes.empty() ? "" : " ") + table.notes(static_cast<int>(note) - 1);
    }
  }
  return notes;
}

class Workbook {
 public:
  Workbook(const std::string& path, const std::string& unfinished)
      : path_(path), book_(workbook_new(unfinished.c_str())) {
    if (book_ == nullptr) return;
    bold_ = workbook_add_format(book_);
    format_set_bold(bold_);
    format_set_text_wrap(bold_);
    text_ = workbook_add_format(book_);
    format_set_num_format(text_, "@");
  }
  ~Workbook() { Close().IgnoreError(); }
  Workbook(const Workbook&) = delete;
  Workbook& operator=(const Workbook&) = delete;

  absl::Status Close() {
    if (book_ == nullptr) return refused_;
    const lxw_error error = workbook_close(std::exchange(book_, nullptr));
    if (!refused_.ok()) return refused_;
    return error == LXW_NO_ERROR ? absl::OkStatus() : CannotBeWritten(path_, lxw_strerror(error));
  }
  bool is_open() const { return book_ != nullptr; }

  void AddTable(const reports::v1::Table& table, const std::string& known_on) {
    lxw_worksheet* sheet = workbook_add_worksheet(book_, SheetName(table, names_).c_str());
    const int columns = table.columns_size();
    for (int c = 0; c < columns; ++c) {
      const bool numeric = table.columns(c).numeric();
      worksheet_set_column(sheet, Column(c), Column(c), numeric ? 12 : 24, nullptr);
      Text(sheet, 0, c, table.columns(c).title(), bold_);
    }
    worksheet_set_column(sheet, Column(columns), Column(columns), 40, nullptr);
    Text(sheet, 0, columns, "Notes", bold_);
    Text(sheet, 0, columns + 1, "As known on", bold_);
    for (int r = 0; r < table.rows_size(); ++r) {
      const auto& row = table.rows(r);
      for (int c = 0; c < row.cells_size() && c < columns; ++c) Write(sheet, table, r, c);
      Text(sheet, r + 1, columns, NotesOf(table, row), text_);
      Text(sheet, r + 1, columns + 1, known_on, text_);
    }
    worksheet_freeze_panes(sheet, 1, 0);
    if (table.rows_size() > 0) {
      worksheet_autofilter(sheet, 0, 0, static_cast<lxw_row_t>(table.rows_size()),
                           Column(columns + 1));
    }
  }

  void AddNotes(const reports::v1::RenderReportResponse& response) {
    lxw_worksheet* sheet = workbook_add_worksheet(book_, "notes");
    worksheet_set_column(sheet, 0, 0, 120, nullptr);
    int row = 0;
    for (const auto& table : response.tables()) {
      Text(sheet, row++, 0, table.title(), bold_);
      for (int n = 0; n < table.notes_size(); ++n) {
        Text(sheet, row++, 0, fmt::format("({}) {}", n + 1, table.notes(n)), text_);
      }
      if (const std::string legend = MarkerLegend(table); !legend.empty()) {
        Text(sheet, row++, 0, legend, text_);
      }
      ++row;
    }
    Text(sheet, row, 0, TruthWords(response), text_);
  }

 private:
  static lxw_col_t Column(int column) { return static_cast<lxw_col_t>(column); }

  // A text that a cell cannot hold would be left out without a word: the workbook is refused.
  void Text(lxw_worksheet* sheet, int row, int column, const std::string& text,
            lxw_format* format) {
    if (text.empty()) return;
    const lxw_error error = worksheet_write_string(sheet, static_cast<lxw_row_t>(row),
                                                   Column(column), text.c_str(), format);
    if (error == LXW_NO_ERROR || !refused_.ok()) return;
    refused_ = eventstore::MakeError(
        absl::StatusCode::kOutOfRange,
        fmt::format("{}: row {}, column {} cannot stand in a workbook: {}", path_, row, column + 1,
                    lxw_strerror(error)),
        {.reason = "TOO_LARGE", .remedy = "Ask for csv.", .fields = {}, .metadata = {}});
  }

  void Write(lxw_worksheet* sheet, const reports::v1::Table& table, int row, int column) {
    const auto& cell = table.rows(row).cells(column);
    const auto number = table.columns(column).numeric() ? NumberOf(cell) : std::nullopt;
    if (number) {
      worksheet_write_number(sheet, static_cast<lxw_row_t>(row + 1), Column(column), *number,
                             nullptr);
    } else {
      Text(sheet, row + 1, column, CellText(cell, false), text_);
    }
  }

  const std::string path_;  // as it will be called
  lxw_workbook* book_;
  absl::Status refused_;
  lxw_format* bold_ = nullptr;
  lxw_format* text_ = nullptr;
  std::set<std::string> names_{"notes"};
};

}  // namespace

absl::Status WriteWorkbook(const std::string& path,
                           const reports::v1::RenderReportResponse& response) {
  for (const auto& table : response.tables()) {
    if (table.rows_size() > kSheetRowsMax) {
      return eventstore::MakeError(
          absl::StatusCode::kOutOfRange,
          fmt::format("{} has {} rows, a sheet {} at most", table.name(), table.rows_size(),
                      kSheetRowsMax),
          {.reason = "TOO_LARGE", .remedy = "Ask for csv.", .fields = {}, .metadata = {}});
    }
  }
  return ReplaceWhole(path, [&](const std::string& unfinished) {
    Workbook book(path, unfinished);
    if (!book.is_open()) return CannotBeWritten(path, "no memory");
    for (const auto& table : response.tables()) {
      book.AddTable(table, response.truth().known_on());
    }
    book.AddNotes(response);
    return book.Close();
  });
}

}  // namespace daybook::cli
