#include "services/cli/output/table_layout.h"

#include <algorithm>
#include <numeric>
#include <optional>

#include "absl/strings/str_split.h"
#include "fmt/format.h"

namespace daybook::cli {
namespace {

constexpr std::size_t kGap = 2;  // between columns
constexpr std::size_t kTextColumnMax = 80;
constexpr std::size_t kTextColumnMin = 12;  // narrower than this nobody reads sentences

std::size_t NaturalWidth(const reports::v1::Table& table, int column) {
  std::size_t width = TextWidth(table.columns(column).title());
  for (const auto& row : table.rows()) {
    if (column < row.cells_size()) {
      width = std::max(width, TextWidth(CellText(row.cells(column), true)));
    }
  }
  return table.columns(column).numeric() ? width : std::min(width, kTextColumnMax);
}

// Below this a column is not read: words get too short, and numbers are never broken.
std::size_t LeastWidth(const reports::v1::Table& table, int column) {
  if (!table.columns(column).numeric()) return kTextColumnMin;
  std::size_t width = 0;
  for (absl::string_view word : absl::StrSplit(table.columns(column).title(), ' ')) {
    width = std::max(width, TextWidth({word.data(), word.size()}));
  }
  for (const auto& row : table.rows()) {
    if (column >= row.cells_size()) continue;
    width = std::max(width, TextWidth(CellText(row.cells(column), true)));
  }
  return width;
}

// What every row is named by, where that is one word: an id that is broken cannot be copied.
std::size_t IdWidth(const reports::v1::Table& table, int column) {
  std::size_t width = 0;
  for (const auto& row : table.rows()) {
    if (column >= row.cells_size()) continue;
    const std::string text = CellText(row.cells(column), true);
    if (text.find(' ') != std::string::npos) return 0;
    width = std::max(width, TextWidth(text));
  }
  return width;
}

bool IsEmpty(const reports::v1::Table& table, int column) {
  return std::all_of(table.rows().begin(), table.rows().end(), [&](const auto& row) {
    return column >= row.cells_size() || CellText(row.cells(column), true).empty();
  });
}

// Words that every one of several rows has.
bool IsConstant(const reports::v1::Table& table, int column) {
  if (table.rows_size() < 2 || table.columns(column).numeric()) return false;
  const auto text_of = [&](const auto& row) {
    return column < row.cells_size() ? CellText(row.cells(column), true) : std::string();
  };
  const std::string first = text_of(table.rows(0));
  return std::all_of(table.rows().begin(), table.rows().end(),
                     [&](const auto& row) { return text_of(row) == first; });
}

TableLayout WithoutConstants(const reports::v1::Table& table, const TableLayout& whole) {
  TableLayout layout;
  layout.empty = whole.empty;
  for (std::size_t i = 0; i < whole.columns.size(); ++i) {
    if (IsConstant(table, whole.columns[i])) {
      layout.constant.push_back(whole.columns[i]);
    } else {
      layout.columns.push_back(whole.columns[i]);
      layout.widths.push_back(whole.widths[i]);
    }
  }
  return layout;
}

// Lines that a column takes over all rows at a width.
std::size_t LinesOf(const reports::v1::Table& table, int column, std::size_t width) {
  std::size_t lines = WrapText(table.columns(column).title(), width).size();
  for (const auto& row : table.rows()) {
    if (column < row.cells_size()) {
      lines += WrapText(CellText(row.cells(column), true), width).size();
    }
  }
  return lines;
}

// Takes one character after another from the column that pays least for it in lines, the widest of
// those, until the table fits; from a column of numbers only what its title can give.
void Narrow(const reports::v1::Table& table, std::size_t width, TableLayout& layout) {
  const std::size_t columns = layout.widths.size();
  std::size_t total = 0;
  for (const std::size_t w : layout.widths) total += w + kGap;
  std::vector<std::size_t> least;
  for (const int column : layout.columns) {
    least.push_back(LeastWidth(table, column));
    if (least.size() == 1) least[0] = std::max(least[0], IdWidth(table, column));
  }
  // What the next character costs; worked out again only for the column that gave one.
  std::vector<std::optional<std::size_t>> costs(columns);
  const auto price = [&](std::size_t i) {
    costs[i].reset();
    if (layout.widths[i] <= least[i]) return;
    const std::size_t now = LinesOf(table, layout.columns[i], layout.widths[i]);
    const std::size_t then = LinesOf(table, layout.columns[i], layout.widths[i] - 1);
    costs[i] = std::max(then, now) - now;
  };
  for (std::size_t i = 0; i < columns; ++i) price(i);
  while (total > width + kGap) {
    std::size_t best = columns;
    for (std::size_t i = 0; i < columns; ++i) {
      if (!costs[i]) continue;
      if (best == columns || *costs[i] < *costs[best] ||
          (*costs[i] == *costs[best] && layout.widths[i] > layout.widths[best])) {
        best = i;
      }
    }
    if (best == columns) {
      layout.records = true;
      return;
    }
    --layout.widths[best];
    --total;
    price(best);
  }
}

std::vector<int> Chosen(const reports::v1::Table& table, const std::vector<std::string>& keys) {
  std::vector<int> columns;
  for (const std::string& key : keys) {
    for (int c = 0; c < table.columns_size(); ++c) {
      if (table.columns(c).key() == key) columns.push_back(c);
    }
  }
  if (columns.empty()) {
    columns.resize(static_cast<std::size_t>(table.columns_size()));
    std::iota(columns.begin(), columns.end(), 0);
  }
  return columns;
}

// The first `characters` code points of a text, in bytes.
std::size_t BytesOf(std::string_view text, std::size_t characters) {
  std::size_t bytes = 0;
  while (bytes < text.size()) {
    if ((text[bytes] & 0xC0) != 0x80 && characters-- == 0) break;
    ++bytes;
  }
  return bytes;
}

}  // namespace

std::string CellText(const reports::v1::Cell& cell, bool with_notes) {
  std::string text = cell.text();
  if (!cell.marker().empty()) text += (text.empty() ? "[" : " [") + cell.marker() + "]";
  if (with_notes) {
    for (const auto note : cell.notes()) text += fmt::format(" ({})", note);
  }
  return text;
}

std::size_t TextWidth(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

std::vector<std::string> WrapText(std::string_view text, std::size_t width) {
  std::vector<std::string> lines(1);
  for (absl::string_view part : absl::StrSplit(absl::string_view(text.data(), text.size()), ' ')) {
    std::string_view word(part.data(), part.size());
    if (!lines.back().empty()) {
      if (TextWidth(lines.back()) + 1 + TextWidth(word) <= width) {
        lines.back().append(" ").append(word);
        continue;
      }
      lines.emplace_back();
    }
    while (TextWidth(word) > width) {
      std::size_t bytes = BytesOf(word, width);
      const std::size_t hyphen = word.substr(0, bytes).rfind('-');
      if (hyphen != std::string_view::npos && hyphen > 0) bytes = hyphen + 1;
      lines.back() = word.substr(0, bytes);
      lines.emplace_back();
      word.remove_prefix(bytes);
    }
    lines.back() = word;
  }
  return lines;
}

TableLayout LayOut(const reports::v1::Table& table, const std::vector<std::string>& keys,
                   std::size_t width) {
  TableLayout layout;
  for (const int column : Chosen(table, keys)) {
    if (table.rows_size() > 0 && IsEmpty(table, column)) {
      layout.empty.push_back(table.columns(column).title());
    } else {
      layout.columns.push_back(column);
      layout.widths.push_back(NaturalWidth(table, column));
    }
  }
  const TableLayout whole = layout;
  Narrow(table, width, layout);
  if (!layout.records) return layout;
  TableLayout shorter = WithoutConstants(table, whole);
  Narrow(table, width, shorter);
  return shorter.records ? layout : shorter;
}

}  // namespace daybook::cli
