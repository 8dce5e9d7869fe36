#include "services/cli/source_file.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

#include "eventstore/core/error.h"
#include "eventstore/core/ids.h"
#include "eventstore/merkle/hash.h"
#include "fmt/format.h"

namespace daybook::cli {
namespace {

absl::Status BadFile(const std::string& path, const std::string& reason, const std::string& what,
                     const std::string& remedy) {
  return eventstore::MakeError(absl::StatusCode::kInvalidArgument, path + ": " + what,
                               {.reason = reason, .remedy = remedy, .fields = {}, .metadata = {}});
}

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(in)), {});
  if (!in.is_open() || in.bad()) {
    return BadFile(path, "MISSING_FIELD", "cannot be read", "Check the path and its rights.");
  }
  return bytes;
}

// The header must be one that the dataset knows.
absl::Status CheckHeader(const std::string& path, const Dataset& dataset, const Header& header) {
  for (const Column& column : dataset.columns) {
    if (column.required && std::find(header.begin(), header.end(), column.name) == header.end()) {
      return BadFile(
          path, "MISSING_FIELD",
          fmt::format("column \"{}\" of dataset {} is missing", column.name, dataset.name),
          "Add the column, or name another dataset with --dataset.");
    }
  }
  for (std::size_t i = 0; i < header.size(); ++i) {
    const std::string& name = header[i];
    if (std::find(header.begin() + static_cast<std::ptrdiff_t>(i) + 1, header.end(), name) !=
        header.end()) {
      return BadFile(path, "INVALID_FIELD", fmt::format("column \"{}\" stands twice", name),
                     "Keep one of the two.");
    }
    const bool known = std::any_of(dataset.columns.begin(), dataset.columns.end(),
                                   [&](const Column& column) { return column.name == name; });
    if (!known) {
      return BadFile(
          path, "UNKNOWN_VALUE", fmt::format("dataset {} has no column \"{}\"", dataset.name, name),
          "Remove the column or correct its name: nothing of a file is left out silently.");
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<const Dataset*> ChooseDataset(const ImportFile& file, const Header& header) {
  if (!file.dataset.empty()) {
    const Dataset* named = FindDataset(file.dataset);
    if (named == nullptr) {
      return BadFile(file.path, "UNKNOWN_VALUE", "there is no such dataset",
                     "`daybook import --help` lists them.");
    }
    return named;
  }
  const Dataset* recognised = RecogniseDataset(header);
  if (recognised == nullptr) {
    return BadFile(file.path, "UNKNOWN_VALUE", "the header is not that of exactly one dataset",
                   "Name it with --dataset.");
  }
  return recognised;
}

// What the file is complete for: as the manifest says, else its name without the ending.
std::string ScopeOf(const ImportFile& file) {
  if (!file.scope.empty()) return file.scope;
  std::string scope = std::filesystem::path(file.path).stem().string();
  for (char& c : scope) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    const bool allowed =
        (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
    if (!allowed) c = '-';
  }
  return scope;
}

absl::StatusOr<CsvTable> Parse(const std::string& path, const std::string& bytes) {
  auto table = ParseCsv(bytes);
  if (table.ok()) return table;
  const auto detail = eventstore::GetErrorDetail(table.status());
  return BadFile(path, eventstore::ErrorReason(table.status()), eventstore::Message(table.status()),
                 detail ? detail->remedy : "");
}

}  // namespace

absl::StatusOr<SourceFile> ReadSource(const ImportFile& file) {
  DAYBOOK_ASSIGN_OR_RETURN(const std::string bytes, ReadFile(file.path));
  SourceFile source;
  DAYBOOK_ASSIGN_OR_RETURN(source.table, Parse(file.path, bytes));
  DAYBOOK_ASSIGN_OR_RETURN(source.dataset, ChooseDataset(file, source.table.header));
  DAYBOOK_RETURN_IF_ERROR(CheckHeader(file.path, *source.dataset, source.table.header));
  source.scope = ScopeOf(file);
  source.sha256 = eventstore::ToHex(merkle::Sha256(bytes));
  return source;
}

}  // namespace daybook::cli
