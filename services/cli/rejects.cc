#include "services/cli/rejects.h"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <map>
#include <vector>

#include "absl/strings/str_join.h"
#include "fmt/format.h"
#include "services/cli/output/csv_tables.h"

namespace daybook::cli {
namespace {

// One part of every finding of a row, in their order, so that the parts of one finding stand at the
// same place in each cell.
std::string Joined(const std::vector<const FileFinding*>& findings,
                   const std::function<std::string(const FileFinding&)>& part) {
  return absl::StrJoin(findings, "; ", [&](std::string* out, const FileFinding* finding) {
    out->append(part(*finding));
  });
}

}  // namespace

std::string RejectsPath(const std::string& input, const std::string& folder,
                        const std::string& sheet) {
  const std::filesystem::path path(input);
  std::string stem = path.stem().string();
  // The rejects of rejects take their place.
  if (stem.ends_with(kRejectsInfix)) stem.resize(stem.size() - kRejectsInfix.size());
  if (!sheet.empty()) stem += "." + sheet;
  std::ranges::replace(stem, '/', '-');
  const std::filesystem::path name = stem + std::string(kRejectsInfix) + ".csv";
  return ((folder.empty() ? path.parent_path() : std::filesystem::path(folder)) / name).string();
}

std::string RejectsText(const ingest::Table& table, const std::vector<FileFinding>& findings,
                        const std::string& scope) {
  std::map<std::uint32_t, std::vector<const FileFinding*>> rows;
  for (const FileFinding& finding : findings) {
    if (!finding.refused || finding.row == 0 || finding.row > table.rows.size()) continue;
    auto& said = rows[finding.row];
    const auto same = [&](const FileFinding* one) { return *one == finding; };
    if (std::ranges::none_of(said, same)) said.push_back(&finding);
  }
  if (rows.empty()) return "";
  std::vector<std::size_t> kept;  // columns that are the file's own
  std::string text;
  for (std::size_t i = 0; i < table.header.size(); ++i) {
    if (table.header[i].starts_with(ingest::kRejectColumn)) continue;
    kept.push_back(i);
    text += CsvCell(table.header[i]) + ",";
  }
  for (const char* column : {"row", "line", "column", "reason"}) {
    text += fmt::format("{}{},", ingest::kRejectColumn, column);
  }
  text += fmt::format("{}what to do", ingest::kRejectColumn);
  text += scope.empty() ? "\n" : "," + kRejectsScopeColumn + "\n";
  for (const auto& [number, said] : rows) {
    const auto& cells = table.rows[number - 1];
    for (const std::size_t i : kept) text += CsvCell(i < cells.size() ? cells[i] : "") + ",";
    text += fmt::format(
        "{},{},{},{},{}{}\n", number, said.front()->line,
        CsvCell(Joined(said, [](const FileFinding& one) { return one.field; })),
        CsvCell(Joined(said,
                       [](const FileFinding& one) { return one.reason + ": " + one.description; })),
        CsvCell(Joined(said, [](const FileFinding& one) { return one.remedy; })),
        scope.empty() ? "" : "," + CsvCell(scope));
  }
  return text;
}

}  // namespace daybook::cli
