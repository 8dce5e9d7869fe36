#include "services/cli/table_printer.h"

#include <algorithm>
#include <vector>

#include "fmt/format.h"

namespace daybook::cli {
namespace {

constexpr std::size_t kTextColumnMax = 44;

std::string CellText(const reports::v1::Cell& cell, bool with_notes) {
  std::string text = cell.text();
  if (!cell.marker().empty()) text += (text.empty() ? "[" : " [") + cell.marker() + "]";
  if (with_notes) {
    for (const auto note : cell.notes()) text += fmt::format(" ({})", note);
  }
  return text;
}

// Code points: close enough to columns for the names and labels of the field.
std::size_t Width(const std::string& text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

// Breaks at spaces into lines of at most `width`.
std::vector<std::string> Wrap(const std::string& text, std::size_t width) {
  std::vector<std::string> lines;
  std::string line;
  std::size_t begin = 0;
  while (begin <= text.size()) {
    const auto end = std::min(text.find(' ', begin), text.size());
    const std::string word = text.substr(begin, end - begin);
    if (!line.empty() && Width(line) + 1 + Width(word) > width) {
      lines.push_back(line);
      line.clear();
    }
    line += line.empty() ? word : " " + word;
    begin = end + 1;
  }
  lines.push_back(line);
  return lines;
}

std::string Pad(const std::string& text, std::size_t width, bool right) {
  const std::size_t have = Width(text);
  const std::string space(have < width ? width - have : 0, ' ');
  return right ? space + text : text + space;
}

void PrintTable(const reports::v1::Table& table, std::string& out) {
  const int columns = table.columns_size();
  std::vector<std::size_t> widths(static_cast<std::size_t>(columns));
  for (int c = 0; c < columns; ++c) {
    auto& width = widths[static_cast<std::size_t>(c)];
    width = Width(table.columns(c).title());
    for (const auto& row : table.rows()) {
      if (c < row.cells_size()) width = std::max(width, Width(CellText(row.cells(c), true)));
    }
    if (!table.columns(c).numeric()) width = std::min(width, kTextColumnMax);
  }
  const auto print_line = [&](const std::vector<std::string>& cells) {
    std::vector<std::vector<std::string>> wrapped;
    std::size_t height = 1;
    for (std::size_t c = 0; c < cells.size(); ++c) {
      wrapped.push_back(Wrap(cells[c], widths[c]));
      height = std::max(height, wrapped.back().size());
    }
    for (std::size_t h = 0; h < height; ++h) {
      std::string line;
      for (std::size_t c = 0; c < cells.size(); ++c) {
        const std::string part = h < wrapped[c].size() ? wrapped[c][h] : "";
        line += Pad(part, widths[c], table.columns(static_cast<int>(c)).numeric()) + "  ";
      }
      line.erase(line.find_last_not_of(' ') + 1);
      out += line + '\n';
    }
  };
  out += table.title() + "\n\n";
  std::vector<std::string> header;
  std::size_t total = 0;
  for (const auto& column : table.columns()) header.push_back(column.title());
  print_line(header);
  for (const std::size_t width : widths) total += width + 2;
  out += std::string(total > 2 ? total - 2 : 0, '-') + '\n';
  for (const auto& row : table.rows()) {
    std::vector<std::string> cells;
    for (int c = 0; c < columns; ++c) {
      cells.push_back(c < row.cells_size() ? CellText(row.cells(c), true) : "");
    }
    print_line(cells);
  }
  for (int n = 0; n < table.notes_size(); ++n) {
    out += fmt::format("{}({}) {}\n", n == 0 ? "\n" : "", n + 1, table.notes(n));
  }
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

std::string ToText(const reports::v1::RenderReportResponse& response) {
  std::string out;
  for (const auto& table : response.tables()) {
    if (!out.empty()) out += '\n';
    PrintTable(table, out);
  }
  const auto& truth = response.truth();
  out += fmt::format("\nAs of {} events", truth.checkpoint().size());
  if (!truth.known_on().empty()) {
    out += fmt::format(", as known on {} ({} facts not known by then, {} of unknown date left out)",
                       truth.known_on(), truth.not_yet_known(), truth.known_unknown());
  }
  if (truth.back_loaded() > 0)
    out += fmt::format("; {} loaded later than known", truth.back_loaded());
  return out + ".\n";
}

std::string ToCsv(const reports::v1::RenderReportResponse& response) {
  std::string out;
  for (const auto& table : response.tables()) {
    if (!out.empty()) out += '\n';
    std::string line;
    for (const auto& column : table.columns())
      line += (line.empty() ? "" : ",") + CsvField(column.key());
    out += line + '\n';
    for (const auto& row : table.rows()) {
      line.clear();
      for (int c = 0; c < row.cells_size(); ++c) {
        if (c > 0) line += ',';
        line += CsvField(CellText(row.cells(c), false));
      }
      out += line + '\n';
    }
  }
  return out;
}

}  // namespace daybook::cli
