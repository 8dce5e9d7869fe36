#include "services/ingest/table.h"

#include <algorithm>

#include "fmt/format.h"

namespace daybook::ingest {

std::optional<std::size_t> IndexOf(const Header& header, std::string_view name) {
  const auto it = std::find(header.begin(), header.end(), name);
  if (it == header.end()) return std::nullopt;
  return static_cast<std::size_t>(it - header.begin());
}

void Table::AddFinding(std::size_t row, CellFinding finding) {
  auto& of_row = findings[row];
  const auto said = [&](const CellFinding& one) { return one.column == finding.column; };
  if (std::ranges::none_of(of_row, said)) of_row.push_back(std::move(finding));
}

void Table::RemoveFirstRow() {
  rows.erase(rows.begin());
  lines.erase(lines.begin());
  std::map<std::size_t, std::vector<CellFinding>> moved;
  for (auto& [row, of_row] : findings) {
    if (row > 0) moved.emplace(row - 1, std::move(of_row));
  }
  findings = std::move(moved);
}

void Table::FillRows() {
  for (auto& row : rows) {
    if (row.size() < header.size()) row.resize(header.size());
  }
}

void Table::FindWrongWidths() {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::size_t cells = rows[i].size();
    while (cells > header.size() && rows[i][cells - 1].empty()) --cells;
    if (cells == header.size()) continue;
    AddFinding(i,
               {.column = kWholeRow,
                .what = fmt::format("has {} cells, the header has {}", cells, header.size()),
                .remedy = "Give every row a cell for every column, an empty one where nothing is "
                          "known; see that the file is whole and that commas within a cell are "
                          "quoted."});
  }
}

std::string_view TableRow::operator[](std::string_view column) const {
  const auto index = IndexOf(header_, column);
  return index && *index < fields_.size() ? std::string_view(fields_[*index]) : std::string_view();
}

void TableRow::AddFindings(values::Problems& problems) const {
  if (findings_ == nullptr) return;
  for (const CellFinding& finding : *findings_) {
    values::AddProblem(problems, values::reason::kInvalidField,
                       finding.column == kWholeRow ? "row" : header_[finding.column], finding.what,
                       finding.remedy);
  }
}

}  // namespace daybook::ingest
