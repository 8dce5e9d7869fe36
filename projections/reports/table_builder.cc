#include "projections/reports/table_builder.h"

#include <algorithm>

namespace daybook::reports {

TableBuilder::TableBuilder(std::string_view name, std::string_view title) {
  table_.set_name(std::string(name));
  table_.set_title(std::string(title));
}

TableBuilder& TableBuilder::Text(std::string_view key, std::string_view title) {
  v1::Column* column = table_.add_columns();
  column->set_key(std::string(key));
  column->set_title(std::string(title));
  return *this;
}

TableBuilder& TableBuilder::Number(std::string_view key, std::string_view title) {
  Text(key, title);
  LastColumn().set_numeric(true);
  return *this;
}

TableBuilder& TableBuilder::Key(std::string_view key, std::string_view title) {
  Text(key, title);
  LastColumn().set_names_row(true);
  return *this;
}

TableBuilder& TableBuilder::KeyNumber(std::string_view key, std::string_view title) {
  Number(key, title);
  LastColumn().set_names_row(true);
  return *this;
}

TableBuilder& TableBuilder::Aside(std::string_view key, std::string_view title) {
  Text(key, title);
  LastColumn().set_aside(true);
  return *this;
}

TableBuilder& TableBuilder::AsideNumber(std::string_view key, std::string_view title) {
  Number(key, title);
  LastColumn().set_aside(true);
  return *this;
}

v1::Cell& TableBuilder::LastCell() {
  v1::Row* row = table_.mutable_rows(table_.rows_size() - 1);
  return *row->mutable_cells(row->cells_size() - 1);
}

TableBuilder& TableBuilder::RestsOn(const std::vector<std::uint64_t>& positions) {
  constexpr std::size_t kPositionsMax = 16;
  if (positions.size() > kPositionsMax) return *this;
  LastCell().mutable_positions()->Assign(positions.begin(), positions.end());
  return *this;
}

TableBuilder& TableBuilder::Row() {
  table_.add_rows();
  return *this;
}

TableBuilder& TableBuilder::Cell(std::string_view text) {
  table_.mutable_rows(table_.rows_size() - 1)->add_cells()->set_text(std::string(text));
  return *this;
}

TableBuilder& TableBuilder::Cell(std::uint64_t number) { return Cell(std::to_string(number)); }

TableBuilder& TableBuilder::MarkedCell(std::string_view text, std::string_view marker) {
  Cell(text);
  LastCell().set_marker(std::string(marker));
  return *this;
}

TableBuilder& TableBuilder::CellOr(std::string_view text, std::string_view marker_if_empty) {
  v1::Cell* cell = table_.mutable_rows(table_.rows_size() - 1)->add_cells();
  if (text.empty()) {
    cell->set_marker(std::string(marker_if_empty));
  } else {
    cell->set_text(std::string(text));
  }
  return *this;
}

void TableBuilder::Note(std::string_view note) { table_.add_notes(std::string(note)); }

void TableBuilder::NoteOnce(std::string_view note) {
  if (std::find(table_.notes().begin(), table_.notes().end(), note) == table_.notes().end()) {
    Note(note);
  }
}

}  // namespace daybook::reports
