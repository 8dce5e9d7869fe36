#include "services/cli/rejects.h"

#include <filesystem>
#include <map>
#include <set>

#include "fmt/format.h"
#include "services/cli/output/csv_tables.h"

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

}  // namespace daybook::cli
