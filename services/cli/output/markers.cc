#include "services/cli/output/markers.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "fmt/format.h"

namespace daybook::cli {
namespace {

// https://analysisfunction.civilservice.gov.uk/policy-store/symbols-in-tables-definitions-and-help/
constexpr std::array<std::pair<std::string_view, std::string_view>, 10> kMarkers = {{
    {"b", "break in the series"},
    {"c", "confidential"},
    {"e", "estimated"},
    {"f", "forecast"},
    {"low", "rounds to zero"},
    {"p", "provisional"},
    {"r", "revised"},
    {"u", "low reliability"},
    {"x", "not available"},
    {"z", "not applicable"},
}};

}  // namespace

std::string MarkerWords(std::string_view marker) {
  for (const auto& [known, words] : kMarkers) {
    if (known == marker) return std::string(words);
  }
  return std::string(marker);
}

std::vector<std::string> MarkersOf(const reports::v1::Table& table) {
  std::set<std::string> markers;
  for (const auto& row : table.rows()) {
    for (const auto& cell : row.cells()) {
      if (!cell.marker().empty()) markers.insert(cell.marker());
    }
  }
  return {markers.begin(), markers.end()};
}

std::string MarkerLegend(const reports::v1::Table& table) {
  std::string legend;
  for (const std::string& marker : MarkersOf(table)) {
    const std::string bracketed = "[" + marker + "]";
    const bool explained =
        std::any_of(table.notes().begin(), table.notes().end(),
                    [&](const std::string& note) { return note.starts_with(bracketed); });
    if (explained) continue;
    legend += fmt::format("{}{} {}", legend.empty() ? "" : "; ", bracketed, MarkerWords(marker));
  }
  return legend.empty() ? legend : legend + ".";
}

std::string TruthWords(const reports::v1::Truth& truth) {
  std::string words = fmt::format("As of {} events", truth.checkpoint().size());
  if (!truth.known_on().empty()) {
    words +=
        fmt::format(", as known on {} ({} facts not known by then, {} of unknown date left out)",
                    truth.known_on(), truth.not_yet_known(), truth.known_unknown());
  }
  if (truth.back_loaded() > 0) {
    words += fmt::format("; {} loaded later than known", truth.back_loaded());
  }
  return words + ".";
}

std::string TruthWords(const reports::v1::RenderReportResponse& response) {
  std::string words = TruthWords(response.truth());
  if (response.has_compared_with()) {
    words += "\nCompared with the answer then: " + TruthWords(response.compared_with());
  }
  return words;
}

}  // namespace daybook::cli
