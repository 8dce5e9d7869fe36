// Builds a reports.v1.Table: columns first, then rows cell by cell. Cells are plain text (no
// grouping of thousands): what is shown to people is a matter of the printer.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "daybook/reports/v1/reports_service.pb.h"

namespace daybook::reports {

// GSS markers.
namespace marker {
inline constexpr std::string_view kNotAvailable = "x";
inline constexpr std::string_view kNotApplicable = "z";
inline constexpr std::string_view kBreak = "b";
inline constexpr std::string_view kConfidential = "c";
inline constexpr std::string_view kEstimated = "e";
inline constexpr std::string_view kLow = "low";  // rounds to zero
}  // namespace marker

class TableBuilder {
 public:
  TableBuilder(std::string_view name, std::string_view title);

  TableBuilder& Text(std::string_view key, std::string_view title);    // a column of words
  TableBuilder& Number(std::string_view key, std::string_view title);  // a column of numbers
  // Columns that tell a row from every other.
  TableBuilder& Key(std::string_view key, std::string_view title);
  TableBuilder& KeyNumber(std::string_view key, std::string_view title);
  // Columns that say where a row comes from, not what it says.
  TableBuilder& Aside(std::string_view key, std::string_view title);
  TableBuilder& AsideNumber(std::string_view key, std::string_view title);

  // Cells of the row that Row() began, in the order of the columns.
  TableBuilder& Row();
  TableBuilder& Cell(std::string_view text);
  TableBuilder& Cell(std::uint64_t number);
  // Facts that the last cell rests on; not noted where they are more than a few.
  TableBuilder& RestsOn(const std::vector<std::uint64_t>& positions);
  // The text and a marker beside it.
  TableBuilder& MarkedCell(std::string_view text, std::string_view marker);
  // The text, or the marker where there is none.
  TableBuilder& CellOr(std::string_view text, std::string_view marker_if_empty);

  void Note(std::string_view note);
  // Adds the note unless it stands there already.
  void NoteOnce(std::string_view note);

  int rows() const { return table_.rows_size(); }
  int columns() const { return table_.columns_size(); }
  v1::Table Take() { return std::move(table_); }

 private:
  v1::Column& LastColumn() { return *table_.mutable_columns(table_.columns_size() - 1); }
  v1::Cell& LastCell();

  v1::Table table_;
};

}  // namespace daybook::reports
