#include "services/cli/output/table_printer.h"

#include <algorithm>

#include "absl/strings/str_join.h"
#include "fmt/format.h"
#include "services/cli/output/markers.h"
#include "services/cli/output/table_layout.h"

namespace daybook::cli {
namespace {

std::string Pad(const std::string& text, std::size_t width, bool right) {
  const std::size_t have = TextWidth(text);
  const std::string space(have < width ? width - have : 0, ' ');
  return right ? space + text : text + space;
}

std::string CellOf(const reports::v1::Row& row, int column) {
  return column < row.cells_size() ? CellText(row.cells(column), true) : "";
}

// One row of a table, on as many lines as its longest cell needs.
void PrintCells(const reports::v1::Table& table, const TableLayout& layout,
                const std::vector<std::string>& cells, std::string& out) {
  std::vector<std::vector<std::string>> wrapped;
  std::size_t height = 1;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    wrapped.push_back(WrapText(cells[i], layout.widths[i]));
    height = std::max(height, wrapped.back().size());
  }
  for (std::size_t h = 0; h < height; ++h) {
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const std::string part = h < wrapped[i].size() ? wrapped[i][h] : "";
      line += Pad(part, layout.widths[i], table.columns(layout.columns[i]).numeric()) + "  ";
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + '\n';
  }
}

void PrintColumns(const reports::v1::Table& table, const TableLayout& layout, std::string& out) {
  std::vector<std::string> titles;
  std::size_t total = 0;
  for (std::size_t i = 0; i < layout.columns.size(); ++i) {
    titles.push_back(table.columns(layout.columns[i]).title());
    total += layout.widths[i] + 2;
  }
  PrintCells(table, layout, titles, out);
  out += std::string(total > 2 ? total - 2 : 0, '-') + '\n';
  for (const auto& row : table.rows()) {
    std::vector<std::string> cells;
    for (const int column : layout.columns) cells.push_back(CellOf(row, column));
    PrintCells(table, layout, cells, out);
  }
}

// One cell a line, without empty ones; an empty line after each row.
void PrintRecords(const reports::v1::Table& table, const TableLayout& layout, std::size_t width,
                  std::string& out) {
  std::size_t titles = 0;
  for (const int column : layout.columns) {
    titles = std::max(titles, TextWidth(table.columns(column).title()));
  }
  const std::size_t room = std::max<std::size_t>(width > titles + 2 ? width - titles - 2 : 0, 20);
  for (const auto& row : table.rows()) {
    for (const int column : layout.columns) {
      const std::string cell = CellOf(row, column);
      if (cell.empty()) continue;
      std::string title = table.columns(column).title();
      for (const std::string& line : WrapText(cell, room)) {
        out += Pad(title, titles, false) + "  " + line + '\n';
        title.clear();
      }
    }
    out += '\n';
  }
}

void PrintNote(const std::string& mark, const std::string& text, std::size_t width,
               std::string& out) {
  const std::size_t room = std::max<std::size_t>(width > mark.size() ? width - mark.size() : 0, 20);
  std::string lead = mark;
  for (const std::string& line : WrapText(text, room)) {
    out += lead + line + '\n';
    lead.assign(mark.size(), ' ');
  }
}

// The least width, in steps of 20, at which the table is shown in columns; 0 when there is none
// that anybody has.
std::size_t WidthFor(const reports::v1::Table& table, const std::vector<std::string>& columns,
                     std::size_t width) {
  constexpr std::size_t kStep = 20;
  constexpr std::size_t kWidest = 400;
  for (std::size_t wider = width + kStep - width % kStep; wider <= kWidest; wider += kStep) {
    if (!LayOut(table, columns, wider).records) return wider;
  }
  return 0;
}

void PrintTable(const reports::v1::Table& table, const std::vector<std::string>& columns,
                std::size_t width, std::string& out) {
  const TableLayout layout = LayOut(table, columns, width);
  out += table.title() + "\n\n";
  for (const int column : layout.constant) {
    PrintNote(table.columns(column).title() + ": ", CellOf(table.rows(0), column), width, out);
  }
  if (!layout.constant.empty()) out += '\n';
  if (layout.records) {
    PrintRecords(table, layout, width, out);
  } else {
    PrintColumns(table, layout, out);
    out += '\n';
  }
  if (!layout.empty.empty()) {
    PrintNote("Nothing stands in: ", absl::StrJoin(layout.empty, ", ") + ".", width, out);
  }
  for (int n = 0; n < table.notes_size(); ++n) {
    PrintNote(fmt::format("({}) ", n + 1), table.notes(n), width, out);
  }
  if (const std::string legend = MarkerLegend(table); !legend.empty()) {
    PrintNote("", legend, width, out);
  }
  if (layout.records) {
    if (const std::size_t enough = WidthFor(table, columns, width); enough > 0) {
      PrintNote("",
                fmt::format("In columns with --width {}, or fewer of them with --columns.", enough),
                width, out);
    }
  }
}

}  // namespace

std::string ToText(const reports::v1::RenderReportResponse& response,
                   const std::vector<std::string>& columns, std::size_t width) {
  std::string out;
  for (const auto& table : response.tables()) {
    if (!out.empty()) out += '\n';
    PrintTable(table, columns, width, out);
  }
  return out + '\n' + TruthWords(response) + '\n';
}

std::vector<std::string> UnknownColumns(const reports::v1::RenderReportResponse& response,
                                        const std::vector<std::string>& columns) {
  std::vector<std::string> unknown;
  for (const std::string& key : columns) {
    const bool known =
        std::any_of(response.tables().begin(), response.tables().end(), [&](const auto& table) {
          return std::any_of(table.columns().begin(), table.columns().end(),
                             [&](const auto& column) { return column.key() == key; });
        });
    if (!known) unknown.push_back(key);
  }
  return unknown;
}

}  // namespace daybook::cli
