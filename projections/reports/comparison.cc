#include "projections/reports/comparison.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "projections/reports/table_builder.h"
#include "proto/values/decimal.h"

namespace daybook::reports {
namespace {

// Which row of a table: its names, and which of those with equal names it is.
using RowName = std::pair<std::string, int>;

std::string NameOf(const v1::Table& table, const v1::Row& row) {
  std::string name;
  for (int i = 0; i < table.columns_size(); ++i) {
    if (!table.columns(i).names_row() || row.cells(i).text().empty()) continue;
    name += (name.empty() ? "" : ", ") + row.cells(i).text();
  }
  return name;
}

// In the table's order.
std::vector<std::pair<RowName, const v1::Row*>> RowsOf(const v1::Table& table) {
  std::map<std::string, int> seen;
  std::vector<std::pair<RowName, const v1::Row*>> rows;
  for (const v1::Row& row : table.rows()) {
    std::string name = NameOf(table, row);
    const int number = seen[name]++;
    rows.emplace_back(RowName(std::move(name), number), &row);
  }
  return rows;
}

bool IsFigure(const v1::Column& column) { return !column.names_row() && !column.aside(); }

const v1::Cell* CellOf(const v1::Table& table, const v1::Row* row, const std::string& key) {
  if (row == nullptr) return nullptr;
  for (int i = 0; i < table.columns_size(); ++i) {
    if (table.columns(i).key() == key) return &row->cells(i);
  }
  return nullptr;
}

// What the cell says, to be compared; empty for one that is not there, not held or blank.
std::string WordsOf(const v1::Cell* cell) {
  if (cell == nullptr) return "";
  if (cell->text().empty() && cell->marker() == marker::kNotAvailable) return "";
  return cell->text() + (cell->marker().empty() ? "" : "[" + cell->marker() + "]");
}

void AddCell(const v1::Cell* cell, TableBuilder& table) {
  if (cell == nullptr || cell->marker().empty()) {
    table.CellOr(cell == nullptr ? "" : cell->text(), marker::kNotAvailable);
  } else {
    table.MarkedCell(cell->text(), cell->marker());
  }
}

// Changes have a sign in front.
std::optional<values::Decimal> NumberIn(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  return values::Decimal::Parse(text);
}

// The facts of the cell; of a row that has a column of positions, that one.
std::set<std::uint64_t> PositionsOf(const v1::Table& table, const v1::Row* row,
                                    const v1::Cell* cell) {
  if (cell == nullptr) return {};
  if (cell->positions_size() > 0) return {cell->positions().begin(), cell->positions().end()};
  const v1::Cell* own = CellOf(table, row, "position");
  const auto position = own == nullptr ? std::nullopt : values::Decimal::Parse(own->text());
  if (!position) return {};
  return {std::stoull(own->text())};
}

class ChangesWriter {
 public:
  ChangesWriter() : changes_("changes", "What changed") {
    changes_.Key("table", "Table").Key("row", "Row").Key("figure", "Figure");
    changes_.Text("before", "Before").Text("after", "After").Number("difference", "Difference");
    changes_.Text("facts", "Facts");
  }

  void Add(const v1::Table& before, const v1::Table& after) {
    const auto rows = RowsOf(before);
    std::map<RowName, const v1::Row*> left(rows.begin(), rows.end());
    for (const auto& [name, row] : RowsOf(after)) {
      const auto it = left.find(name);
      AddRow(before, it == left.end() ? nullptr : it->second, after, row, name.first);
      if (it != left.end()) left.erase(it);
    }
    for (const auto& [name, row] : rows) {
      if (left.contains(name)) AddRow(before, row, after, nullptr, name.first);
    }
  }

  v1::Table Take() {
    if (figures_ == 0) {
      changes_.Note("No figure changed.");
    } else {
      changes_.Note(
          fmt::format("{} figures changed. Facts are positions of the log: `daybook log "
                      "--from N --limit 1` prints one. Counts of records name none; the "
                      "files received since are in the table of submissions.",
                      figures_));
    }
    return changes_.Take();
  }

 private:
  void AddRow(const v1::Table& before, const v1::Row* row_before, const v1::Table& after,
              const v1::Row* row_after, const std::string& name) {
    std::vector<const v1::Column*> columns;
    std::set<std::string> keys;
    for (const v1::Table* table : {&after, &before}) {
      for (const v1::Column& column : table->columns()) {
        if (IsFigure(column) && keys.insert(column.key()).second) columns.push_back(&column);
      }
    }
    for (const v1::Column* column : columns) {
      const v1::Cell* cell_before = CellOf(before, row_before, column->key());
      const v1::Cell* cell_after = CellOf(after, row_after, column->key());
      if (WordsOf(cell_before) == WordsOf(cell_after)) continue;
      ++figures_;
      changes_.Row().Cell(after.title().empty() ? before.title() : after.title());
      changes_.Cell(name).Cell(column->title());
      AddCell(cell_before, changes_);
      AddCell(cell_after, changes_);
      changes_.CellOr(Difference(cell_before, cell_after), marker::kNotApplicable);
      AddFacts(PositionsOf(before, row_before, cell_before),
               PositionsOf(after, row_after, cell_after));
    }
  }

  static std::string Difference(const v1::Cell* before, const v1::Cell* after) {
    if (before == nullptr || after == nullptr) return "";
    const auto from = NumberIn(before->text());
    const auto to = NumberIn(after->text());
    return from && to ? (*to - *from).ToSignedString() : "";
  }

  void AddFacts(const std::set<std::uint64_t>& before, const std::set<std::uint64_t>& after) {
    std::vector<std::uint64_t> since;
    std::set_difference(after.begin(), after.end(), before.begin(), before.end(),
                        std::back_inserter(since));
    changes_.Cell(fmt::format("{}", fmt::join(since, "; "))).RestsOn(since);
  }

  TableBuilder changes_;
  int figures_ = 0;
};

const v1::Table& TableLike(const v1::RenderReportResponse& response, const v1::Table& wanted) {
  for (const v1::Table& table : response.tables()) {
    if (table.name() == wanted.name() && table.title() == wanted.title()) return table;
  }
  return v1::Table::default_instance();
}

}  // namespace

v1::Table ChangesBetween(const v1::RenderReportResponse& before,
                         const v1::RenderReportResponse& after) {
  ChangesWriter writer;
  for (const v1::Table& table : after.tables()) writer.Add(TableLike(before, table), table);
  for (const v1::Table& table : before.tables()) {
    if (TableLike(after, table).name().empty()) writer.Add(table, v1::Table());
  }
  return writer.Take();
}

v1::Table SubmissionsSince(const v1::RenderReportResponse& before,
                           const v1::RenderReportResponse& after) {
  std::set<std::string> known;
  for (const v1::Table& table : before.tables()) {
    for (const v1::Row& row : table.rows()) known.insert(NameOf(table, row));
  }
  v1::Table since = after.tables_size() > 0 ? after.tables(0) : v1::Table();
  since.set_title("Files received since");
  since.clear_rows();
  since.clear_notes();
  for (const v1::Table& table : after.tables()) {
    for (const v1::Row& row : table.rows()) {
      if (!known.contains(NameOf(table, row))) *since.add_rows() = row;
    }
  }
  return since;
}

}  // namespace daybook::reports
