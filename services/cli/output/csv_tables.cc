#include "services/cli/output/csv_tables.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_join.h"
#include "nlohmann/json.hpp"
#include "proto/values/decimal.h"
#include "services/cli/output/json_text.h"
#include "services/cli/output/markers.h"
#include "services/cli/output/table_layout.h"

namespace daybook::cli {
namespace {

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

}  // namespace

std::string CsvCell(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted.push_back('"');
    quoted.push_back(c);
  }
  return quoted + '"';
}

std::string ToCsv(const reports::v1::Table& table) {
  std::vector<std::string> fields;
  for (const auto& column : table.columns()) fields.push_back(CsvCell(column.key()));
  std::string out = absl::StrJoin(fields, ",") + '\n';
  for (const auto& row : table.rows()) {
    fields.clear();
    for (const auto& cell : row.cells()) fields.push_back(CsvCell(AsText(CellText(cell, false))));
    out += absl::StrJoin(fields, ",") + '\n';
  }
  return out;
}

std::string ToCsv(const reports::v1::RenderReportResponse& response) {
  std::string out;
  for (const auto& table : response.tables()) {
    if (!out.empty()) out += '\n';
    out += ToCsv(table);
  }
  return out;
}

bool IsNumbers(const reports::v1::Table& table, int column) {
  return std::all_of(table.rows().begin(), table.rows().end(), [&](const auto& row) {
    if (column >= row.cells_size()) return true;
    const auto& cell = row.cells(column);
    if (cell.text().empty()) return true;
    return cell.marker().empty() && values::Decimal::Parse(cell.text()).has_value();
  });
}

std::string CsvMetadata(const std::string& url, const reports::v1::Table& table,
                        const reports::v1::Truth& truth) {
  using Json = nlohmann::ordered_json;
  Json nulls = Json::array({""});
  for (const std::string& marker : MarkersOf(table)) nulls.push_back("[" + marker + "]");
  Json columns = Json::array();
  for (int c = 0; c < table.columns_size(); ++c) {
    const bool numbers = table.columns(c).numeric() && IsNumbers(table, c);
    columns.push_back({{"name", table.columns(c).key()},
                       {"titles", Json::array({table.columns(c).key(), table.columns(c).title()})},
                       {"datatype", numbers ? "decimal" : "string"},
                       {"null", nulls}});
  }
  Json comments = Json::array();
  for (const std::string& note : table.notes()) comments.push_back(note);
  if (const std::string legend = MarkerLegend(table); !legend.empty()) comments.push_back(legend);
  comments.push_back(TruthWords(truth));
  Json metadata = {{"@context", Json::array({"http://www.w3.org/ns/csvw", {{"@language", "en"}}})},
                   {"url", url},
                   {"dc:title", table.title()},
                   {"rdfs:comment", comments},
                   {"tableSchema", {{"columns", columns}}}};
  if (!truth.known_on().empty()) metadata["dc:date"] = truth.known_on();
  return JsonText(metadata) + "\n";
}

}  // namespace daybook::cli
