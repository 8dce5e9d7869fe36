#include "services/cli/pack_list.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <set>

#include "eventstore/core/error.h"
#include "fmt/format.h"
#include "toml++/toml.h"

namespace daybook::cli {
namespace {

using reports::v1::RenderReportResponse;

absl::Status Wrong(const std::string& path, const toml::source_region& source,
                   const std::string& what, const std::string& remedy) {
  return eventstore::MakeError(absl::StatusCode::kInvalidArgument,
                               fmt::format("{}:{}: {}", path, source.begin.line, what),
                               {.reason = "INVALID_FIELD", .remedy = remedy});
}

// Letters, digits, hyphens, underscores and points, and none to begin with.
bool IsFileName(const std::string& name) {
  return !name.empty() && name.front() != '.' &&
         std::all_of(name.begin(), name.end(), [](unsigned char c) {
           return std::isalnum(c) != 0 || c == '-' || c == '_' || c == '.';
         });
}

void BeginTable(reports::v1::Table& table) {
  table.set_name("pack");
  table.set_title("Reports of the pack");
  for (const char* key : {"file", "report", "parameters"}) {
    auto& column = *table.add_columns();
    column.set_key(key);
    column.set_title(std::string(1, static_cast<char>(std::toupper(*key))) + (key + 1));
    column.set_names_row(std::string_view(key) == "file");
  }
}

absl::Status AddReport(const std::string& path, const toml::table& entry,
                       std::set<std::string>& files, reports::v1::Table& table) {
  std::string file;
  std::string report;
  std::map<std::string, std::string> parameters;
  for (const auto& [key, node] : entry) {
    const auto value = node.value_exact<std::string>();
    if (!value) return Wrong(path, node.source(), "a text in quotes is wanted", "Quote it.");
    if (value->find(';') != std::string::npos) {
      return Wrong(path, node.source(), "a value with a semicolon",
                   "Lists of a report are separated by commas.");
    }
    if (key == "file") {
      file = *value;
    } else if (key == "report") {
      report = *value;
    } else {
      parameters[std::string(key.str())] = *value;
    }
  }
  if (report.empty()) {
    return Wrong(path, entry.source(), "a report without a name", "Add report = \"…\".");
  }
  if (file.empty()) file = report;
  if (!IsFileName(file)) {
    return Wrong(path, entry.source(), "its file has no name that a file can have",
                 "Use letters, digits, hyphens, underscores and points.");
  }
  if (!files.insert(file).second) {
    return Wrong(path, entry.source(), "another report is written under the same name",
                 "Give each its own: file = \"…\".");
  }
  std::string text;
  for (const auto& [name, value] : parameters) {
    text += fmt::format("{}{}={}", text.empty() ? "" : "; ", name, value);
  }
  auto& row = *table.add_rows();
  for (const std::string* cell : {&file, &report, &text}) row.add_cells()->set_text(*cell);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<RenderReportResponse> ReadPackList(const std::string& path) {
  RenderReportResponse contents;
  reports::v1::Table& table = *contents.add_tables();
  BeginTable(table);
  std::set<std::string> files;
  try {  // toml++ reports by exception; it ends here
    const toml::table root = toml::parse_file(path);
    for (const auto& [key, node] : root) {
      if (key == "title" && node.is_string()) {
        table.set_title(*node.value_exact<std::string>());
      } else if (!(key == "report" && node.is_array_of_tables())) {
        return Wrong(path, node.source(), "unknown key",
                     "A list holds a title and [[report]] tables.");
      }
    }
    if (const auto* entries = root["report"].as_array()) {
      for (const auto& entry : *entries) {
        DAYBOOK_RETURN_IF_ERROR(AddReport(path, *entry.as_table(), files, table));
      }
    }
  } catch (const toml::parse_error& error) {
    return Wrong(path, error.source(), std::string(error.description()), "Correct the list.");
  }
  if (table.rows().empty()) {
    return Wrong(path, {}, "it names no report", "Add [[report]] tables.");
  }
  return contents;
}

}  // namespace daybook::cli
