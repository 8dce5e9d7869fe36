#include "services/ingest/printed_table.h"

#include <algorithm>
#include <map>
#include <set>

#include "services/ingest/period_labels.h"
#include "services/ingest/written_sign.h"

namespace daybook::ingest {
namespace {

// Nothing larger is printed.
constexpr std::size_t kPrintedLinesMax = 1'000;
constexpr std::size_t kPrintedColumnsMax = 200;

// What a line is like, beyond its first cell that is not empty.
struct Look {
  std::size_t first = 0;    // that cell
  std::size_t figures = 0;  // cells behind it
  std::size_t words = 0;
  std::size_t periods = 0;  // among both
  std::size_t counts = 0;   // figures that are no periods
  bool HasFigures() const { return figures > 0; }
  // Years are figures, too; a row with no others is a header.
  bool MayBeHeader() const { return periods > 0 && counts == 0; }
};

Look LookOf(const Line& line) {
  Look look;
  while (look.first < line.cells.size() && line.cells[look.first].empty()) ++look.first;
  for (std::size_t i = look.first + 1; i < line.cells.size(); ++i) {
    const std::string& cell = line.cells[i];
    if (cell.empty()) continue;
    const bool is_figure = IsFigure(cell);
    const bool is_period = IsPeriodLabel(cell);
    (is_figure ? look.figures : look.words) += 1;
    look.periods += is_period ? 1 : 0;
    look.counts += is_figure && !is_period ? 1 : 0;
  }
  return look;
}

class Finder {
 public:
  explicit Finder(const Lines& lines) : lines_(lines) {
    for (const Line& line : lines) looks_.push_back(LookOf(line));
  }

  std::optional<PrintedTable> Find() {
    if (!FindLabels() || !FindHeader()) return std::nullopt;
    FindRows();
    if (!FindColumns()) return std::nullopt;
    FindHeadings();
    return table_;
  }

 private:
  std::string_view Cell(std::size_t line, std::size_t column) const {
    return CellAt(lines_[line], column);
  }

  // Where most lines with figures begin.
  bool FindLabels() {
    std::map<std::size_t, std::size_t> begins;
    for (const Look& look : looks_) begins[look.first] += look.HasFigures() ? 1 : 0;
    const auto most = std::ranges::max_element(
        begins, [](const auto& a, const auto& b) { return a.second < b.second; });
    if (most == begins.end() || most->second == 0) return false;
    labels_ = most->first;
    return true;
  }

  bool HasHeadings(std::size_t line) const {
    for (std::size_t i = labels_ + 1; i < lines_[line].cells.size(); ++i) {
      const std::string_view cell = Cell(line, i);
      if (!cell.empty() && (!IsFigure(cell) || IsPeriodLabel(cell))) return true;
    }
    return false;
  }

  // A row of years is the header, unless another one stands above it and says what it is itself.
  bool IsHeader(std::size_t line) const {
    const Look& look = looks_[line];
    const std::string_view label = Cell(line, labels_);
    if (label.empty()) {
      return look.counts == 0 && IsPeriodLabel(Cell(line, look.first));
    }
    if (!look.MayBeHeader()) return false;
    if (line == 0 || !HasHeadings(line - 1)) return true;
    const std::string_view above = Cell(line - 1, labels_);
    return above.empty() || above == label;
  }

  // Words below years, with nothing in front of them.
  bool IsLowerHeader(std::size_t line) const {
    if (line >= lines_.size() || looks_[line].HasFigures()) return false;
    const std::string_view label = Cell(line, labels_);
    return HasHeadings(line) && (label.empty() || label == Cell(line - 1, labels_));
  }

  // Words among the figures, or years under a heading that stood above the first ones.
  bool IsSecondHeader(std::size_t line) const {
    const Look& look = looks_[line];
    if (look.figures == 0) return look.words >= 2;
    const std::string_view label = Cell(line, labels_);
    return look.MayBeHeader() && label == Cell(table_.header, labels_);
  }

  // Above the first figures that have one: a title may have figures, too.
  bool FindHeader() {
    constexpr std::size_t kLinesAboveMax = 25;
    for (std::size_t i = 0; i < std::min(lines_.size(), kLinesAboveMax); ++i) {
      if (looks_[i].HasFigures() && FindHeaderOf(i)) return true;
    }
    return false;
  }

  bool FindHeaderOf(std::size_t first) {
    if (IsHeader(first)) {
      table_.header = first;
      if (IsLowerHeader(first + 1)) ++table_.header;
      first_ = table_.header + 1;
      return true;
    }
    first_ = first;
    // Words alone between the header and the first row are the heading of a section.
    constexpr std::size_t kSectionLinesMax = 3;
    for (std::size_t up = 1; up <= std::min(first, kSectionLinesMax); ++up) {
      if (!HasHeadings(first - up)) continue;
      table_.header = first - up;
      return true;
    }
    return false;
  }

  void FindRows() {
    std::size_t last = first_;
    for (std::size_t i = first_; i < lines_.size(); ++i) {
      if (looks_[i].HasFigures()) last = i + 1;
    }
    table_.end = last;
    for (std::size_t i = table_.header + 1; i < last; ++i) {
      if (looks_[i].HasFigures() || looks_[i].words > 0) {
        if (!table_.second_header && IsSecondHeader(i)) table_.second_header = i;
        table_.rows.push_back(i);
      } else {
        table_.between.push_back(i);
      }
    }
  }

  bool FindColumns() {
    std::size_t width = 0;
    for (const std::size_t row : table_.rows) width = std::max(width, lines_[row].cells.size());
    std::size_t figures_in_all = 0;
    for (std::size_t column = 0; column < std::min(width, kPrintedColumnsMax); ++column) {
      std::size_t figures = 0;
      std::size_t words = 0;
      for (const std::size_t row : table_.rows) {
        const std::string_view cell = Cell(row, column);
        if (!cell.empty()) (IsFigure(cell) ? figures : words) += 1;
      }
      if (figures + words == 0) continue;
      const bool of_labels = column == labels_ || (column < labels_ && words > 0);
      if (of_labels || (table_.headings.empty() && words > figures)) {
        table_.label_columns.push_back(column);
      } else if (words > figures) {
        table_.word_columns.push_back(column);
      } else if (column > labels_) {
        table_.headings.push_back({.column = column});
        figures_in_all += figures;
      } else {
        table_.word_columns.push_back(column);  // numbers of the rows
      }
    }
    KeepDistinctLabels();
    constexpr std::size_t kLabelColumnsMax = 3;
    const std::size_t labels = table_.label_columns.size();
    return figures_in_all >= 2 && table_.rows.size() >= 2 &&
           table_.headings.size() > table_.word_columns.size() && labels > 0 &&
           labels <= std::min(kLabelColumnsMax, table_.headings.size() + 1);
  }

  // What says the same of most rows does not say what they are.
  void KeepDistinctLabels() {
    std::erase_if(table_.label_columns, [&](std::size_t column) {
      std::set<std::string_view> labels;
      for (const std::size_t row : table_.rows) labels.insert(Cell(row, column));
      const bool is_distinct = 2 * labels.size() > table_.rows.size();
      if (!is_distinct) table_.word_columns.push_back(column);
      return !is_distinct;
    });
    std::ranges::sort(table_.word_columns);
  }

  // Several headings, or the one year of all columns. A title is a single cell.
  bool IsUpperHeader(std::size_t line) const {
    std::size_t cells = 0;
    bool is_year = false;
    for (const Heading& heading : table_.headings) {
      const std::string_view cell = Cell(line, heading.column);
      if (cell.empty()) continue;
      if (IsFigure(cell) && !IsPeriodLabel(cell)) return false;
      ++cells;
      is_year = is_year || IsYear(cell);
    }
    return cells >= 2 || (cells == 1 && is_year);
  }

  void FindHeadings() {
    table_.first_header = table_.header;
    const bool two = table_.header > 0 && IsUpperHeader(table_.header - 1);
    if (two) --table_.first_header;
    std::string above;
    for (Heading& heading : table_.headings) {
      heading.label = Cell(table_.header, heading.column);
      if (!two) continue;
      const std::string_view own = Cell(table_.first_header, heading.column);
      heading.has_own_above = !own.empty();
      if (!own.empty()) above = own;
      // A heading over both rows, and one that stands in the upper row only.
      if (heading.label.empty()) heading.label = own;
      heading.above = heading.label == above ? "" : above;
    }
  }

  const Lines& lines_;
  std::vector<Look> looks_;
  PrintedTable table_;
  std::size_t labels_ = 0;
  std::size_t first_ = 0;  // line of the first row
};

}  // namespace

std::string_view CellAt(const Line& line, std::size_t column) {
  return column < line.cells.size() ? std::string_view(line.cells[column]) : std::string_view();
}

std::optional<PrintedTable> FindPrintedTable(const Lines& lines) {
  if (lines.size() < 2 || lines.size() > kPrintedLinesMax) return std::nullopt;
  return Finder(lines).Find();
}

std::string ColumnLetters(std::size_t column) {
  std::string letters;
  for (std::size_t rest = column + 1; rest > 0; rest = (rest - 1) / 26) {
    letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
  }
  return letters;
}

}  // namespace daybook::ingest
