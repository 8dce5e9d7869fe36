#include "services/cli/rejects.h"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "eventstore/core/error.h"
#include "fmt/format.h"

namespace daybook::cli {
namespace {

// Everything that was said of one row, each thing once.
struct Said {
  std::set<std::string> fields;
  std::set<std::string> reasons;
  std::set<std::string> remedies;
};

std::string Joined(const std::set<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : "; ") + part;
  return text;
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

std::string RejectsPath(const std::string& input, const std::string& folder) {
  const std::filesystem::path path(input);
  std::string stem = path.stem().string();
  // The rejects of rejects take their place.
  if (stem.ends_with(kRejectsInfix)) stem.resize(stem.size() - kRejectsInfix.size());
  const std::filesystem::path name = stem + std::string(kRejectsInfix) + ".csv";
  return ((folder.empty() ? path.parent_path() : std::filesystem::path(folder)) / name).string();
}

std::string RejectsText(const CsvTable& table, const std::vector<FileFinding>& findings) {
  std::map<std::uint32_t, Said> rows;
  for (const FileFinding& finding : findings) {
    if (!finding.refused || finding.row == 0 || finding.row > table.rows.size()) continue;
    Said& said = rows[finding.row];
    said.fields.insert(finding.field);
    said.reasons.insert(fmt::format("{}: {}", finding.reason, finding.description));
    said.remedies.insert(finding.remedy);
  }
  if (rows.empty()) return "";
  std::vector<std::size_t> kept;  // columns that are the file's own
  std::string text;
  for (std::size_t i = 0; i < table.header.size(); ++i) {
    if (table.header[i].starts_with(kRejectColumn)) continue;
    kept.push_back(i);
    text += CsvCell(table.header[i]) + ",";
  }
  for (const char* column : {"row", "column", "reason", "what to do"}) {
    text += fmt::format("{}{}{}", kRejectColumn, column,
                        std::string_view(column) == "what to do" ? "\n" : ",");
  }
  for (const auto& [number, said] : rows) {
    const auto& cells = table.rows[number - 1];
    for (const std::size_t i : kept) text += CsvCell(i < cells.size() ? cells[i] : "") + ",";
    text += fmt::format("{},{},{},{}\n", number, CsvCell(Joined(said.fields)),
                        CsvCell(Joined(said.reasons)), CsvCell(Joined(said.remedies)));
  }
  return text;
}

absl::Status WriteWhole(const std::string& path, const std::string& text) {
  const std::string unfinished = path + ".part";
  std::ofstream out(unfinished, std::ios::binary | std::ios::trunc);
  out << text;
  out.close();
  std::error_code error;
  if (out) std::filesystem::rename(unfinished, path, error);
  if (out && !error) return absl::OkStatus();
  std::filesystem::remove(unfinished, error);
  return eventstore::MakeError(
      absl::StatusCode::kUnavailable, path + " cannot be written",
      {.reason = "",
       .remedy = "Make room, or name a folder that can be written with --receipts.",
       .fields = {},
       .metadata = {}});
}

}  // namespace daybook::cli
