#include "services/cli/source_file.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <set>
#include <utility>

#include "eventstore/core/error.h"
#include "eventstore/core/ids.h"
#include "eventstore/merkle/hash.h"
#include "fmt/format.h"
#include "services/cli/cell_forms.h"
#include "services/cli/rejects.h"
#include "services/cli/sheet_finder.h"
#include "services/cli/table_finder.h"
#include "services/cli/text_decoding.h"
#include "services/ingest/workbook.h"

namespace daybook::cli {
namespace {

// `path` empty: it is added where it is known.
absl::Status BadFile(const std::string& path, const std::string& reason, const std::string& what,
                     const std::string& remedy) {
  return eventstore::MakeError(absl::StatusCode::kInvalidArgument,
                               path.empty() ? what : path + ": " + what,
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

constexpr std::size_t kLookedAtLines = 40;  // to tell the delimiter

// Which delimiter the file has: the one under which a header is found.
char DelimiterOf(const std::string& text, const std::string& dataset) {
  for (const char delimiter : {',', ';', '\t'}) {
    auto lines = ParseCsv(text, delimiter, kLookedAtLines);
    if (lines.ok() && FindTable(*lines, dataset)) return delimiter;
  }
  return ',';
}

absl::StatusOr<Lines> ReadLines(std::string bytes, const std::string& dataset,
                                std::vector<std::string>& notes) {
  DAYBOOK_ASSIGN_OR_RETURN(const DecodedText text, DecodeText(std::move(bytes)));
  if (text.encoding != "UTF-8") notes.push_back("read as " + text.encoding);
  const char delimiter = DelimiterOf(text.utf8, dataset);
  if (delimiter == ';') notes.emplace_back("cells are separated by semicolons");
  if (delimiter == '\t') notes.emplace_back("cells are separated by tabs");
  return ParseCsv(text.utf8, delimiter);
}

// What a file is that is no table, by its first characters; empty for one that may be.
std::string OtherKind(std::string_view bytes) {
  while (!bytes.empty() &&
         (bytes.front() == ' ' || bytes.front() == '\n' || bytes.front() == '\r')) {
    bytes.remove_prefix(1);
  }
  if (bytes.starts_with("%PDF")) return "a PDF document";
  if (bytes.starts_with("{\\rtf")) return "an RTF document";
  if (bytes.starts_with("{") || bytes.starts_with("[{") || bytes.starts_with("[\n"))
    return "a JSON file";
  if (bytes.starts_with("<?xml")) return "an XML file";
  if (bytes.starts_with("<!DOCTYPE") || bytes.starts_with("<html")) return "a web page (HTML)";
  return "";
}

// Why no table was found: what the first line lacks of the dataset that was named, or whose columns
// it has the most of.
absl::Status NoTable(const ImportFile& file, const Lines& lines) {
  if (lines.empty()) {
    return BadFile("", "MISSING_FIELD", "the file is empty", "Send a file with a header and rows.");
  }
  if (file.dataset.empty()) {
    return BadFile("", "UNKNOWN_VALUE", "the header is not that of exactly one dataset",
                   "Name it with --dataset; `daybook template DATASET` shows the columns.");
  }
  const Dataset* named = FindDataset(file.dataset);  // which there is, as ReadSource saw
  for (const Column& column : named->columns) {
    const bool there =
        std::any_of(lines.front().begin(), lines.front().end(),
                    [&](const std::string& cell) { return SameColumn(cell, column.name); });
    if (column.required && !there) {
      return BadFile(
          "", "MISSING_FIELD",
          fmt::format("column \"{}\" of dataset {} is missing", column.name, named->name),
          "Add the column, or name another dataset with --dataset.");
    }
  }
  return BadFile("", "UNKNOWN_VALUE", "no line of it is the header of its dataset",
                 "Put the header above the rows.");
}

bool IsOfDataset(const FoundTable& found, const std::string& name) {
  return std::ranges::any_of(found.dataset->columns,
                             [&](const Column& column) { return column.name == name; });
}

// Columns that are not stored may have any name, and may have it twice.
absl::Status CheckHeader(const std::string& path, const FoundTable& found, bool strict) {
  const Header& header = found.table.header;
  for (std::size_t i = 0; i < header.size(); ++i) {
    const bool again = std::find(header.begin() + static_cast<std::ptrdiff_t>(i) + 1, header.end(),
                                 header[i]) != header.end();
    if (again && IsOfDataset(found, header[i])) {
      return BadFile(path, "INVALID_FIELD", fmt::format("column \"{}\" stands twice", header[i]),
                     "Keep one of the two.");
    }
  }
  if (!strict || found.unknown.empty()) return absl::OkStatus();
  return BadFile(
      path, "UNKNOWN_VALUE",
      fmt::format("dataset {} has no column \"{}\"", found.dataset->name, found.unknown.front()),
      "Remove the column or correct its name, or send the file without --strict.");
}

// A column without a heading is told apart by what is in it: nothing, or something that is lost.
void NoteUnknown(const FoundTable& found, std::vector<std::string>& notes) {
  for (const std::string& name :
       std::set<std::string>(found.unknown.begin(), found.unknown.end())) {
    if (name.empty()) continue;
    notes.push_back(
        fmt::format("column \"{}\" is none of dataset {}: not stored", name, found.dataset->name));
  }
  std::size_t lost = 0;
  for (const auto& row : found.table.rows) {
    for (std::size_t i = 0; i < std::min(row.size(), found.table.header.size()); ++i) {
      lost += found.table.header[i].empty() && !row[i].empty() ? 1 : 0;
    }
  }
  if (lost > 0) {
    notes.push_back(fmt::format("{} cells in columns without a heading: not stored", lost));
  }
}

bool IsRejects(const std::string& path) {
  return std::filesystem::path(path).stem().string().ends_with(kRejectsInfix);
}

// What the file is complete for: as the manifest says, else its name without the ending.
std::string ScopeOf(const ImportFile& file) {
  if (!file.scope.empty()) return file.scope;
  std::string scope = std::filesystem::path(file.path).stem().string();
  // Mended rejects belong to what their file belongs to.
  if (IsRejects(file.path)) scope.resize(scope.size() - kRejectsInfix.size());
  for (char& c : scope) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    const bool allowed =
        (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
    if (!allowed) c = '-';
  }
  return scope;
}

absl::Status AboutFile(const std::string& path, const absl::Status& status) {
  const auto detail = eventstore::GetErrorDetail(status);
  return BadFile(path, eventstore::ErrorReason(status), eventstore::Message(status),
                 detail ? detail->remedy : "");
}

// The table of a file, however it is written down.
absl::StatusOr<FoundTable> TableOf(const ImportFile& file, std::string bytes,
                                   bool& days_from_1904) {
  if (ingest::IsCompoundFile(bytes)) return ingest::CompoundFileError(bytes);
  if (ingest::IsZip(bytes)) {
    DAYBOOK_ASSIGN_OR_RETURN(const ingest::Workbook workbook, ingest::ReadWorkbook(bytes));
    days_from_1904 = workbook.days_from_1904;
    return FindSheet(workbook, file.dataset, file.sheet);
  }
  if (const std::string kind = OtherKind(bytes); !kind.empty()) {
    return BadFile("", "INVALID_FIELD", "the file is " + kind + " and no table",
                   "Send CSV or an XLSX workbook.");
  }
  std::vector<std::string> notes;
  DAYBOOK_ASSIGN_OR_RETURN(Lines lines, ReadLines(std::move(bytes), file.dataset, notes));
  std::optional<FoundTable> found = FindTable(lines, file.dataset);
  if (!found) return NoTable(file, lines);
  found->notes.insert(found->notes.begin(), notes.begin(), notes.end());
  return *std::move(found);
}

}  // namespace

absl::StatusOr<SourceFile> ReadSource(const ImportFile& file, const ReadingOptions& options) {
  DAYBOOK_ASSIGN_OR_RETURN(std::string bytes, ReadFile(file.path));
  if (bytes.size() > kFileBytesMax) {
    return BadFile(file.path, "TOO_LARGE", "the file is larger than 1 GiB", "Split it by month.");
  }
  SourceFile source;
  source.sha256 = eventstore::ToHex(merkle::Sha256(bytes));
  if (!file.dataset.empty() && FindDataset(file.dataset) == nullptr) {
    return BadFile(file.path, "UNKNOWN_VALUE", "there is no such dataset",
                   "`daybook import --help` lists them.");
  }
  bool days_from_1904 = false;
  auto found = TableOf(file, std::move(bytes), days_from_1904);
  if (!found.ok()) return AboutFile(file.path, found.status());
  DAYBOOK_RETURN_IF_ERROR(CheckHeader(file.path, *found, options.strict));
  if (found->table.rows.empty() && !options.nil_return) {
    return BadFile(file.path, "MISSING_FIELD", "the file has a header and no rows",
                   "Send rows; if there was nothing to report, say so with --nil.");
  }
  source.notes = found->notes;
  NoteUnknown(*found, source.notes);
  FindErrorTexts(*found);
  SettleYearsAndMonths(*found->dataset, found->table);
  if (days_from_1904) CountDaysFrom1900(*found->dataset, found->table);
  const std::size_t rounded = BringIntoForm(*found->dataset, found->table);
  if (rounded > 0) {
    source.notes.push_back(fmt::format("{} values with more than {} decimals were rounded half up",
                                       rounded, kDecimalsMax));
  }
  source.dataset = found->dataset;
  source.table = std::move(found->table);
  source.scope = ScopeOf(file);
  source.kind = IsRejects(file.path) ? "corrections" : "whole";
  return source;
}

}  // namespace daybook::cli
