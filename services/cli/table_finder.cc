#include "services/cli/table_finder.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_join.h"
#include "fmt/format.h"
#include "services/cli/template_command.h"

namespace daybook::cli {
namespace {

constexpr std::size_t kTitleLinesMax = 25;

// Lower case, one space for any run of spaces, hyphens and underscores.
std::string Plain(std::string_view name) {
  std::string plain;
  for (const char c : name) {
    const bool gap = c == ' ' || c == '_' || c == '-' || c == '\t' || c == '\n' || c == '\r';
    if (!gap) {
      plain.push_back(absl::ascii_tolower(static_cast<unsigned char>(c)));
    } else if (!plain.empty() && plain.back() != ' ') {
      plain.push_back(' ');
    }
  }
  if (plain.ends_with(' ')) plain.pop_back();
  return plain;
}

// The header under the dataset's names; a column that it does not have keeps its own.
Header Named(const Dataset& dataset, const std::vector<std::string>& line) {
  Header header;
  for (const std::string& cell : line) {
    const std::string plain = Plain(cell);
    const auto it = std::find_if(dataset.columns.begin(), dataset.columns.end(),
                                 [&](const Column& column) { return Plain(column.name) == plain; });
    header.push_back(it == dataset.columns.end() ? cell : it->name);
  }
  while (!header.empty() && header.back().empty()) header.pop_back();
  return header;
}

bool Has(const Header& header, std::string_view name) {
  return std::find(header.begin(), header.end(), name) != header.end();
}

bool HasRequired(const Dataset& dataset, const Header& header) {
  return std::all_of(dataset.columns.begin(), dataset.columns.end(), [&](const Column& column) {
    return !column.required || Has(header, column.name);
  });
}

std::vector<std::string> UnknownOf(const Dataset& dataset, const Header& header) {
  std::vector<std::string> unknown;
  for (const std::string& name : header) {
    const bool known = std::any_of(dataset.columns.begin(), dataset.columns.end(),
                                   [&](const Column& column) { return column.name == name; });
    const bool read_over =
        name.empty() || name.starts_with(kRejectColumn) || name.starts_with(kInfoColumn);
    if (!known && !read_over) unknown.push_back(name);
  }
  return unknown;
}

struct Fit {
  const Dataset* dataset = nullptr;
  Header header;
  std::vector<std::string> unknown;
};

// The one dataset whose header it is; where several have their required columns in it, the one that
// knows the most of it.
std::optional<Fit> FitOf(const std::vector<std::string>& line, std::string_view named) {
  std::optional<Fit> best;
  bool tied = false;
  for (const Dataset& dataset : Datasets()) {
    if (!named.empty() && dataset.name != named) continue;
    Fit fit{&dataset, Named(dataset, line), {}};
    if (!HasRequired(dataset, fit.header)) continue;
    fit.unknown = UnknownOf(dataset, fit.header);
    tied = best && best->unknown.size() == fit.unknown.size();
    if (!best || fit.unknown.size() <= best->unknown.size()) best = std::move(fit);
  }
  if (tied) return std::nullopt;
  return best;
}

// The word alone is not enough: an id or a name may begin with it, and a row that has what a row
// must have is one.
bool IsTotal(const FoundTable& found, const std::vector<std::string>& row) {
  const auto first =
      std::find_if(row.begin(), row.end(), [](const std::string& cell) { return !cell.empty(); });
  if (first == row.end()) return false;
  const std::string plain = Plain(*first);
  const bool says_total = plain == "total" || plain == "totals" || plain.starts_with("total ") ||
                          plain.starts_with("total:") || plain.starts_with("grand total");
  if (!says_total) return false;
  return std::any_of(
      found.dataset->columns.begin(), found.dataset->columns.end(), [&](const Column& column) {
        const auto at =
            std::find(found.table.header.begin(), found.table.header.end(), column.name);
        const auto index = static_cast<std::size_t>(at - found.table.header.begin());
        return column.required && (index >= row.size() || row[index].empty());
      });
}

// Takes the first row away when it is the example of the dataset's template; notes it.
void CutExample(FoundTable& found) {
  const std::vector<std::string> example = ExampleRow(*found.dataset);
  const auto is_example = [&](const std::vector<std::string>& row) {
    for (std::size_t i = 0; i < found.table.header.size(); ++i) {
      const auto& columns = found.dataset->columns;
      const auto it = std::find_if(columns.begin(), columns.end(), [&](const Column& column) {
        return column.name == found.table.header[i];
      });
      const std::string_view cell = i < row.size() ? std::string_view(row[i]) : "";
      if (it != columns.end() && cell != example[static_cast<std::size_t>(it - columns.begin())]) {
        return false;
      }
    }
    return true;
  };
  if (found.table.rows.empty() || !is_example(found.table.rows.front())) return;
  found.table.rows.erase(found.table.rows.begin());
  ++found.first_line;
  found.notes.emplace_back("the example row of the template read over");
}

// Takes the totals below the rows away; notes it.
void CutTotals(FoundTable& found) {
  std::size_t cut = 0;
  while (!found.table.rows.empty() && IsTotal(found, found.table.rows.back())) {
    found.table.rows.pop_back();
    ++cut;
  }
  if (cut > 0) {
    found.notes.push_back(fmt::format("{} totals below the rows read over", cut));
  }
}

}  // namespace

std::optional<FoundTable> FindTable(Lines& lines, std::string_view dataset) {
  for (std::size_t i = 0; i < std::min(lines.size(), kTitleLinesMax); ++i) {
    std::optional<Fit> fit = FitOf(lines[i], dataset);
    if (!fit) continue;
    FoundTable found;
    found.dataset = fit->dataset;
    found.first_line = i + 1;
    found.table.header = std::move(fit->header);
    found.unknown = std::move(fit->unknown);
    if (i > 0) found.notes.push_back(fmt::format("{} title lines above the header read over", i));
    found.table.rows.assign(
        std::make_move_iterator(lines.begin() + static_cast<std::ptrdiff_t>(i) + 1),
        std::make_move_iterator(lines.end()));
    CutExample(found);
    CutTotals(found);
    return found;
  }
  return std::nullopt;
}

void FindErrorTexts(FoundTable& found) {
  static constexpr std::array<std::string_view, 12> kErrors = {
      "#N/A",   "#REF!",   "#NAME?", "#DIV/0!", "#VALUE!", "#NUM!",
      "#NULL!", "#SPILL!", "#CALC!", "nan",     "NaN",     "NaT"};
  std::vector<std::size_t> columns;
  for (std::size_t i = 0; i < found.table.header.size(); ++i) {
    const auto is_it = [&](const Column& one) { return one.name == found.table.header[i]; };
    if (std::ranges::any_of(found.dataset->columns, is_it)) columns.push_back(i);
  }
  for (std::size_t row = 0; row < found.table.rows.size(); ++row) {
    const auto& cells = found.table.rows[row];
    for (const std::size_t column : columns) {
      if (column >= cells.size() || std::ranges::find(kErrors, cells[column]) == kErrors.end()) {
        continue;
      }
      auto& findings = found.table.findings[row];
      const auto said = [column](const CellFinding& one) { return one.column == column; };
      if (std::ranges::any_of(findings, said)) continue;
      findings.push_back(
          {.column = column,
           .what = fmt::format("the cell holds {} instead of a value", cells[column]),
           .remedy = "Correct the formula or the export, or type the value; an unknown one is left "
                     "empty."});
    }
  }
}

bool SameColumn(std::string_view a, std::string_view b) { return Plain(a) == Plain(b); }

}  // namespace daybook::cli
