#include "services/cli/table_printer.h"

#include <algorithm>

#include "absl/strings/str_join.h"
#include "fmt/format.h"
#include "services/cli/table_layout.h"

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

void PrintTable(const reports::v1::Table& table, const std::vector<std::string>& columns,
                std::size_t width, std::string& out) {
  const TableLayout layout = LayOut(table, columns, width);
  out += table.title() + "\n\n";
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
}

// A spreadsheet takes a text that begins like a formula for one; an apostrophe keeps it a text.
// Signed numbers are none.
std::string AsText(const std::string& text) {
  const auto digit = [&](std::size_t i) {
    return i < text.size() && text[i] >= '0' && text[i] <= '9';
  };
  const char first = text.empty() ? ' ' : text[0];
  const bool formula = first == '=' || first == '@' || first == '\t' || first == '\r' ||
                       ((first == '+' || first == '-') && !digit(1));
  return formula ? "'" + text : text;
}

std::string CsvField(const std::string& text) {
  if (text.find_first_of(",\"\n\r") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

}  // namespace

std::string ToText(const reports::v1::RenderReportResponse& response,
                   const std::vector<std::string>& columns, std::size_t width) {
  std::string out;
  for (const auto& table : response.tables()) {
    if (!out.empty()) out += '\n';
    PrintTable(table, columns, width, out);
  }
  const auto& truth = response.truth();
  out += fmt::format("\nAs of {} events", truth.checkpoint().size());
  if (!truth.known_on().empty()) {
    out += fmt::format(", as known on {} ({} facts not known by then, {} of unknown date left out)",
                       truth.known_on(), truth.not_yet_known(), truth.known_unknown());
  }
  if (truth.back_loaded() > 0) {
    out += fmt::format("; {} loaded later than known", truth.back_loaded());
  }
  return out + ".\n";
}

std::string ToCsv(const reports::v1::RenderReportResponse& response) {
  std::string out;
  for (const auto& table : response.tables()) {
    if (!out.empty()) out += '\n';
    std::vector<std::string> fields;
    for (const auto& column : table.columns()) fields.push_back(CsvField(column.key()));
    out += absl::StrJoin(fields, ",") + '\n';
    for (const auto& row : table.rows()) {
      fields.clear();
      for (const auto& cell : row.cells())
        fields.push_back(CsvField(AsText(CellText(cell, false))));
      out += absl::StrJoin(fields, ",") + '\n';
    }
  }
  return out;
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
