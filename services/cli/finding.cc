#include "services/cli/finding.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "absl/strings/str_join.h"
#include "fmt/format.h"

namespace daybook::cli {
namespace {

using Key = std::tuple<bool, std::string, std::string, std::string, std::string>;
using NumberRun = std::pair<std::uint32_t, std::uint32_t>;  // first and last number

std::vector<NumberRun> RunsOf(std::vector<std::uint32_t> rows) {
  std::sort(rows.begin(), rows.end());
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  std::vector<NumberRun> runs;
  for (const std::uint32_t row : rows) {
    if (!runs.empty() && runs.back().second + 1 == row) {
      runs.back().second = row;
    } else {
      runs.emplace_back(row, row);
    }
  }
  return runs;
}

// "rows 4, 8-12 and 7 more rows", with `what` in place of "row"; at most `runs_max` runs, 0 for
// all.
std::string NumbersText(std::string_view what, const std::vector<std::uint32_t>& numbers,
                        std::size_t runs_max) {
  const std::vector<NumberRun> runs = RunsOf(numbers);
  const std::size_t shown = runs_max == 0 ? runs.size() : std::min(runs_max, runs.size());
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < shown; ++i) {
    texts.push_back(runs[i].first == runs[i].second
                        ? fmt::to_string(runs[i].first)
                        : fmt::format("{}-{}", runs[i].first, runs[i].second));
  }
  std::uint32_t more = 0;
  for (std::size_t i = shown; i < runs.size(); ++i) more += runs[i].second - runs[i].first + 1;
  const bool one = runs.size() == 1 && runs[0].first == runs[0].second;
  std::string text = fmt::format("{}{} {}", what, one ? "" : "s", absl::StrJoin(texts, ", "));
  if (more > 0) text += fmt::format(" and {} more {}s", more, what);
  return text;
}

// Rows and lines of the findings of one group; empty for the file as a whole.
std::string PlacesText(const std::vector<const FileFinding*>& findings, std::size_t runs_max) {
  std::vector<std::uint32_t> rows;
  std::vector<std::uint32_t> lines;
  for (const FileFinding* finding : findings) {
    if (finding->row > 0) rows.push_back(finding->row);
    if (finding->line > 0) lines.push_back(finding->line);
  }
  if (rows.empty()) return "";
  std::string text = " " + NumbersText("row", rows, runs_max);
  if (!lines.empty()) text += " (" + NumbersText("line", lines, runs_max) + ")";
  return text;
}

}  // namespace

std::vector<std::string> FindingLines(const std::string& path,
                                      const std::vector<FileFinding>& findings,
                                      std::size_t runs_max) {
  std::map<Key, std::size_t> places;
  std::vector<std::vector<const FileFinding*>> groups;
  for (const FileFinding& finding : findings) {
    const Key key{finding.refused, finding.field, finding.reason, finding.description,
                  finding.remedy};
    const auto [place, is_new] = places.emplace(key, groups.size());
    if (is_new) groups.emplace_back();
    groups[place->second].push_back(&finding);
  }
  std::vector<std::string> lines;
  for (const auto& group : groups) {
    const FileFinding* finding = group.front();
    lines.push_back(fmt::format("{}{}{}{}: {} {}: {}{}{}", path, PlacesText(group, runs_max),
                                finding->field.empty() ? "" : ", ", finding->field,
                                finding->refused ? "refused" : "ask", finding->reason,
                                finding->description, finding->remedy.empty() ? "" : " -> ",
                                finding->remedy));
  }
  return lines;
}

}  // namespace daybook::cli
