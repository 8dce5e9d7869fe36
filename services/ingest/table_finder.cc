#include "services/ingest/table_finder.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_join.h"
#include "eventstore/core/error.h"
#include "fmt/format.h"
#include "proto/values/names.h"

namespace daybook::ingest {
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

// Letters and digits in lower case, one space for whatever else there is: "Crime No." is "crime
// no", "District/Borough" "district borough".
std::string HeadingWords(std::string_view heading) {
  std::string words;
  for (const char c : heading) {
    const auto letter = static_cast<unsigned char>(c);
    if (absl::ascii_isalnum(letter) || letter >= 0x80) {
      words.push_back(absl::ascii_tolower(letter));
    } else if (!words.empty() && words.back() != ' ') {
      words.push_back(' ');
    }
  }
  if (words.ends_with(' ')) words.pop_back();
  return words;
}

// By another word for it than its name.
const ColumnSpec* ColumnCalled(const DatasetSpec& dataset, std::string_view heading) {
  const std::string words = HeadingWords(heading);
  if (words.empty()) return nullptr;
  for (const ColumnSpec& column : dataset.columns) {
    const bool is_called = HeadingWords(column.name) == words ||
                           std::ranges::any_of(column.headings, [&](const auto& one) {
                             return HeadingWords(one) == words;
                           });
    if (is_called) return &column;
  }
  return nullptr;
}

// What other words for columns are read as, in the order of the header.
using Renamed = std::vector<std::pair<std::string, std::string>>;

// Headings that the dataset does not have, under the names of columns that nothing else is called.
void Rename(const DatasetSpec& dataset, Header& header, Renamed& renamed) {
  const Header given = header;
  for (std::size_t i = 0; i < given.size(); ++i) {
    if (dataset.Find(given[i]) != nullptr || given[i].starts_with(kRejectColumn) ||
        given[i].starts_with(kInfoColumn)) {
      continue;
    }
    const ColumnSpec* column = ColumnCalled(dataset, given[i]);
    if (column == nullptr || IndexOf(given, column->name)) continue;
    renamed.emplace_back(given[i], column->name);
    header[i] = column->name;
  }
}

// The header under the dataset's names; a column that it does not have keeps its own.
Header Named(const DatasetSpec& dataset, const std::vector<std::string>& line,
             Renamed* renamed = nullptr) {
  Header header;
  for (const std::string& cell : line) {
    const std::string plain = Plain(cell);
    const auto it =
        std::find_if(dataset.columns.begin(), dataset.columns.end(),
                     [&](const ColumnSpec& column) { return Plain(column.name) == plain; });
    header.push_back(it == dataset.columns.end() ? cell : it->name);
  }
  if (renamed != nullptr) Rename(dataset, header, *renamed);
  while (!header.empty() && header.back().empty()) header.pop_back();
  return header;
}

// Whether the header has the column, one that may stand in its place, or need not have it.
bool HasEnoughOf(const ColumnSpec& column, const Header& header) {
  return !column.required || IndexOf(header, column.name) ||
         std::ranges::any_of(column.instead, [&](const std::string& other) {
           return IndexOf(header, other).has_value();
         });
}

bool HasRequired(const DatasetSpec& dataset, const Header& header) {
  return std::ranges::all_of(dataset.columns,
                             [&](const ColumnSpec& column) { return HasEnoughOf(column, header); });
}

std::vector<std::string> UnknownOf(const DatasetSpec& dataset, const Header& header) {
  std::vector<std::string> unknown;
  for (const std::string& name : header) {
    const bool known = dataset.Find(name) != nullptr;
    const bool ignored =
        name.empty() || name.starts_with(kRejectColumn) || name.starts_with(kInfoColumn);
    if (!known && !ignored) unknown.push_back(name);
  }
  return unknown;
}

struct Fit {
  const DatasetSpec* dataset = nullptr;
  Header header = {};
  std::vector<std::string> unknown = {};
  Renamed renamed = {};

  // The less of it, the better.
  std::pair<std::size_t, std::size_t> Strangeness() const {
    return {unknown.size(), renamed.size()};
  }
};

// The one dataset whose header it is; where several have their required columns in it, the one that
// knows the most of it.
std::optional<Fit> FitOf(const std::vector<std::string>& line, DatasetSpecs datasets) {
  std::optional<Fit> best;
  bool tied = false;
  for (const DatasetSpec& dataset : datasets) {
    Fit fit{.dataset = &dataset};
    fit.header = Named(dataset, line, &fit.renamed);
    if (!HasRequired(dataset, fit.header)) continue;
    fit.unknown = UnknownOf(dataset, fit.header);
    if (best && best->Strangeness() < fit.Strangeness()) continue;
    tied = best && best->Strangeness() == fit.Strangeness();
    best = std::move(fit);
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
      found.dataset->columns.begin(), found.dataset->columns.end(), [&](const ColumnSpec& column) {
        const std::size_t index = IndexOf(found.table.header, column.name).value_or(row.size());
        return column.required && (index >= row.size() || row[index].empty());
      });
}

bool IsExample(const FoundTable& found, const std::vector<std::string>& row) {
  const DatasetSpec& dataset = *found.dataset;
  for (std::size_t i = 0; i < found.table.header.size(); ++i) {
    const ColumnSpec* column = dataset.Find(found.table.header[i]);
    if (column == nullptr) continue;
    const std::string_view cell = i < row.size() ? std::string_view(row[i]) : "";
    const auto at = static_cast<std::size_t>(column - dataset.columns.data());
    if (cell != dataset.example[at]) return false;
  }
  return true;
}

// Takes the first row away when it is the example of the dataset's template; notes it.
void CutExample(FoundTable& found) {
  Table& table = found.table;
  if (table.rows.empty() || found.dataset->example.empty()) return;
  if (!IsExample(found, table.rows.front()) || table.findings.contains(0)) return;
  table.RemoveFirstRow();
  ++found.first_line;
  found.notes.emplace_back("the example row of the template ignored");
}

// Takes the totals below the rows away; notes it.
void CutTotals(FoundTable& found) {
  std::size_t cut = 0;
  while (!found.table.rows.empty() && IsTotal(found, found.table.rows.back())) {
    found.table.rows.pop_back();
    found.table.lines.pop_back();
    ++cut;
  }
  if (cut > 0) {
    found.notes.push_back(fmt::format("{} totals below the rows ignored", cut));
  }
}

void TakeRows(Lines& lines, FoundTable& found) {
  Table& table = found.table;
  for (std::size_t i = found.first_line; i < lines.size(); ++i) {
    if (!lines[i].fault.empty()) {
      table.AddFinding(table.rows.size(), {.column = kWholeRow,
                                           .what = std::move(lines[i].fault),
                                           .remedy = std::move(lines[i].remedy)});
    }
    table.rows.push_back(std::move(lines[i].cells));
    table.lines.push_back(lines[i].number);
  }
}

// How much of a dataset a line has.
struct Likeness {
  const DatasetSpec* dataset = nullptr;
  std::size_t known = 0;                  // columns of the line that it has
  std::vector<std::string> missing = {};  // required columns that the line lacks
};

// The heading that may be meant for a column that is missing; none where nothing is like it.
std::string Resembling(const ColumnSpec& column, const DatasetSpec& dataset, const Header& header) {
  constexpr double kLike = 0.6;
  double best = kLike;
  std::string nearest;
  for (const std::string& heading : header) {
    if (heading.empty() || dataset.Find(heading) != nullptr) continue;
    const double like = values::Similarity(HeadingWords(heading), HeadingWords(column.name));
    if (like < best) continue;
    best = like;
    nearest = fmt::format(" (is \"{}\" meant for it?)", heading);
  }
  return nearest;
}

Likeness LikenessOf(const std::vector<std::string>& line, const DatasetSpec& dataset,
                    bool by_other_words) {
  Renamed renamed;
  const Header header = Named(dataset, line, by_other_words ? &renamed : nullptr);
  Likeness likeness{.dataset = &dataset};
  for (const ColumnSpec& column : dataset.columns) {
    const bool there = IndexOf(header, column.name).has_value();
    likeness.known += there ? 1 : 0;
    if (HasEnoughOf(column, header)) continue;
    likeness.missing.push_back("\"" + column.name + "\"" + Resembling(column, dataset, header));
  }
  return likeness;
}

// Those that a line has the most of; the fewer are missing then, the nearer.
std::vector<Likeness> NearestOf(const Lines& lines, DatasetSpecs datasets, bool by_other_words) {
  std::vector<Likeness> nearest;
  const auto rank = [](const Likeness& one) {
    return std::pair(one.known, -static_cast<std::ptrdiff_t>(one.missing.size()));
  };
  for (std::size_t i = 0; i < std::min(lines.size(), kTitleLinesMax); ++i) {
    for (const DatasetSpec& dataset : datasets) {
      Likeness likeness = LikenessOf(lines[i].cells, dataset, by_other_words);
      if (likeness.known == 0) continue;
      if (!nearest.empty() && rank(likeness) < rank(nearest.front())) continue;
      if (!nearest.empty() && rank(likeness) > rank(nearest.front())) nearest.clear();
      nearest.push_back(std::move(likeness));
    }
  }
  return nearest;
}

}  // namespace

bool IsNearlyFound(const Lines& lines, DatasetSpecs datasets) {
  // Of a table of figures labels may have words for columns of records.
  const std::vector<Likeness> nearest = NearestOf(lines, datasets, false);
  if (nearest.empty()) return false;
  const auto required = static_cast<std::size_t>(std::ranges::count_if(
      nearest.front().dataset->columns, [](const ColumnSpec& column) { return column.required; }));
  const std::size_t there = required - nearest.front().missing.size();
  return nearest.front().known >= 2 && 2 * there >= required;
}

absl::Status NoTable(const Lines& lines, DatasetSpecs datasets) {
  const auto error = [](std::string_view reason, const std::string& what,
                        const std::string& remedy) {
    return eventstore::MakeError(
        absl::StatusCode::kInvalidArgument, what,
        {.reason = std::string(reason), .remedy = remedy, .fields = {}, .metadata = {}});
  };
  const std::vector<Likeness> nearest = NearestOf(lines, datasets, true);
  const std::string columns = "`daybook template DATASET` writes a file with the columns.";
  const bool one = datasets.size() == 1;
  if (nearest.empty()) {
    return error(one ? "MISSING_FIELD" : "UNKNOWN_VALUE",
                 fmt::format("no line of it has a column of {}",
                             one ? "dataset " + datasets.front().name : "any dataset"),
                 "Put the header above the rows. " + columns);
  }
  const Likeness& first = nearest.front();
  if (one) {
    return error("MISSING_FIELD",
                 fmt::format("column {} of dataset {} is missing",
                             absl::StrJoin(first.missing, ", "), first.dataset->name),
                 "Add the column, or name another dataset with --dataset. " + columns);
  }
  const std::string names = absl::StrJoin(
      nearest, " or ", [](std::string* out, const auto& near) { out->append(near.dataset->name); });
  if (first.missing.empty()) {
    return error("UNKNOWN_VALUE", "the header is that of several datasets: " + names,
                 "Name the one that is meant with --dataset.");
  }
  return error(
      "UNKNOWN_VALUE",
      fmt::format("the header is that of no dataset; the nearest is {}, which wants {} as well",
                  names, absl::StrJoin(first.missing, ", ")),
      "Add what is missing, or give the columns the names of another dataset. " + columns);
}

std::optional<FoundTable> FindTable(Lines& lines, DatasetSpecs datasets) {
  for (std::size_t i = 0; i < std::min(lines.size(), kTitleLinesMax); ++i) {
    std::optional<Fit> fit = FitOf(lines[i].cells, datasets);
    if (!fit) continue;
    FoundTable found;
    found.dataset = fit->dataset;
    found.first_line = i + 1;
    found.table.header = std::move(fit->header);
    found.unknown = std::move(fit->unknown);
    for (const auto& [heading, column] : fit->renamed) {
      found.renamed.push_back(fmt::format("\"{}\" is read as \"{}\"", heading, column));
    }
    for (std::size_t above = 0; above < i; ++above) {
      found.above.push_back({lines[above].number, lines[above].cells});
    }
    TakeRows(lines, found);
    CutExample(found);
    CutTotals(found);
    return found;
  }
  return std::nullopt;
}

bool SameColumn(std::string_view a, std::string_view b) { return Plain(a) == Plain(b); }

}  // namespace daybook::ingest
