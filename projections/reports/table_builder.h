// Builds a reports.v1.Table: columns first, then rows cell by cell. Cells are plain text (no
// grouping of thousands): what is shown to people is a matter of the printer.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "daybook/reports/v1/reports_service.pb.h"

namespace daybook::reports {

// GSS markers.
namespace marker {
inline constexpr std::string_view kNotAvailable = "x";
inline constexpr std::string_view kNotApplicable = "z";
inline constexpr std::string_view kBreak = "b";
}  // namespace marker

class TableBuilder {
 public:
  TableBuilder(std::string_view name, std::string_view title);

  TableBuilder& Text(std::string_view key, std::string_view title);    // a column of words
  TableBuilder& Number(std::string_view key, std::string_view title);  // a column of numbers

  // Cells of the row that Row() began, in the order of the columns.
  TableBuilder& Row();
  TableBuilder& Cell(std::string_view text);
  TableBuilder& Cell(std::uint64_t number);
  // The text and a marker beside it.
  TableBuilder& MarkedCell(std::string_view text, std::string_view marker);
  // The text, or the marker where there is none.
  TableBuilder& CellOr(std::string_view text, std::string_view marker_if_empty);

  void Note(std::string_view note);
  // Adds the note unless it stands there already.
  void NoteOnce(std::string_view note);

  int rows() const { return table_.rows_size(); }
  v1::Table Take() { return std::move(table_); }

 private:
  v1::Table table_;
};

}  // namespace daybook::reports
