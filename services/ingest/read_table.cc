#include "services/ingest/read_table.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "absl/strings/str_join.h"
#include "eventstore/core/error.h"
#include "fmt/format.h"
#include "proto/values/names.h"
#include "services/ingest/cell_faults.h"
#include "services/ingest/cell_forms.h"
#include "services/ingest/csv_lines.h"
#include "services/ingest/key_forms.h"
#include "services/ingest/layout_signature.h"
#include "services/ingest/printed_reader.h"
#include "services/ingest/sheet_finder.h"
#include "services/ingest/table_finder.h"
#include "services/ingest/text_decoding.h"
#include "services/ingest/workbook.h"
#include "services/ingest/written_number.h"

namespace daybook::ingest {
namespace {

absl::Status BadFile(const std::string& reason, const std::string& what,
                     const std::string& remedy) {
  return eventstore::MakeError(absl::StatusCode::kInvalidArgument, what,
                               {.reason = reason, .remedy = remedy, .fields = {}, .metadata = {}});
}

constexpr std::size_t kLookedAtLines = 40;  // to tell the delimiter

// The delimiter under which a header is found, else the one that makes the most cells.
absl::StatusOr<char> DelimiterOf(const DecodedText& text, DatasetSpecs datasets) {
  char best = ',';
  std::size_t most = 0;
  for (const char delimiter : {',', ';', '\t'}) {
    DAYBOOK_ASSIGN_OR_RETURN(Lines lines, ParseCsv(text, delimiter, kLookedAtLines));
    std::size_t cells = 0;
    for (const Line& line : lines) cells = std::max(cells, line.cells.size());
    if (cells > most) best = delimiter;
    most = std::max(most, cells);
    if (FindTable(lines, datasets)) return delimiter;
  }
  return best;
}

// A table of figures in the lines, where one of the datasets takes such.
absl::StatusOr<std::optional<FoundTable>> PrintedTableIn(Lines& lines, const TableRequest& request,
                                                         Inquiry& inquiry) {
  const DatasetSpec* dataset = PrintedDataset(request.datasets);
  if (dataset == nullptr || IsNearlyFound(lines, request.datasets)) {
    return std::optional<FoundTable>();
  }
  Grid grid{.lines = std::move(lines)};
  auto found = ReadPrintedTable(
      grid, *dataset, {.name = request.name, .agency = request.agency, .titles = {}}, inquiry);
  lines = std::move(grid.lines);
  if (found.ok() && *found && !inquiry.open().empty()) {
    (*found)->notes.push_back(eventstore::Message(NoTable(lines, request.datasets)));
  }
  return found;
}

absl::StatusOr<FoundTable> TableOfText(std::string bytes, const TableRequest& request,
                                       Inquiry& inquiry) {
  const DatasetSpecs datasets = request.datasets;
  DAYBOOK_ASSIGN_OR_RETURN(const DecodedText text, DecodeText(std::move(bytes)));
  DAYBOOK_ASSIGN_OR_RETURN(const char delimiter, DelimiterOf(text, datasets));
  DAYBOOK_ASSIGN_OR_RETURN(Lines lines, ParseCsv(text, delimiter));
  if (lines.empty()) {
    return BadFile("MISSING_FIELD", "the file is empty", "Send a file with a header and rows.");
  }
  std::optional<FoundTable> found = FindTable(lines, datasets);
  if (!found) {
    DAYBOOK_ASSIGN_OR_RETURN(found, PrintedTableIn(lines, request, inquiry));
  }
  if (!found) return NoTable(lines, datasets);
  if (delimiter == ';')
    found->notes.emplace(found->notes.begin(), "cells are separated by semicolons");
  if (delimiter == '\t') found->notes.emplace(found->notes.begin(), "cells are separated by tabs");
  if (text.encoding != "UTF-8")
    found->notes.insert(found->notes.begin(), "read as " + text.encoding);
  return *std::move(found);
}

// What a file is that is no table, by its first characters; empty for one that may be.
std::string OtherKind(std::string_view bytes) {
  bytes.remove_prefix(std::min(bytes.find_first_not_of(" \r\n"), bytes.size()));
  if (bytes.starts_with("%PDF")) return "a PDF document";
  if (bytes.starts_with("{\\rtf")) return "an RTF document";
  if (bytes.starts_with("{") || bytes.starts_with("[{") || bytes.starts_with("[\n")) {
    return "a JSON file";
  }
  if (bytes.starts_with("<?xml")) return "an XML file";
  if (bytes.starts_with("<!DOCTYPE") || bytes.starts_with("<html")) return "a web page (HTML)";
  return "";
}

// The table of a file, however it is written down.
absl::StatusOr<FoundTable> TableOf(std::string bytes, const TableRequest& request, Inquiry& inquiry,
                                   bool& days_from_1904) {
  if (IsCompoundFile(bytes)) return CompoundFileError(bytes);
  if (IsZip(bytes)) {
    DAYBOOK_ASSIGN_OR_RETURN(const Workbook workbook, ReadWorkbook(bytes));
    days_from_1904 = workbook.days_from_1904;
    return FindSheet(workbook, request, inquiry);
  }
  if (const std::string kind = OtherKind(bytes); !kind.empty()) {
    return BadFile("INVALID_FIELD", "the file is " + kind + " and no table",
                   "Send CSV or an XLSX workbook.");
  }
  return TableOfText(std::move(bytes), request, inquiry);
}

// Columns that are not stored may have any name, and may have it twice.
absl::Status CheckHeader(const FoundTable& found, bool strict) {
  const Header& header = found.table.header;
  for (std::size_t i = 0; i < header.size(); ++i) {
    if (*IndexOf(header, header[i]) != i && found.dataset->Find(header[i]) != nullptr) {
      const std::string names = absl::StrJoin(found.renamed, ", ");
      return BadFile("INVALID_FIELD", fmt::format("column \"{}\" stands twice", header[i]),
                     names.empty()
                         ? "Keep one of the two."
                         : "Keep one of the two, or give the other another name: " + names + ".");
    }
  }
  if (found.unknown.empty()) return absl::OkStatus();
  if (found.dataset->no_other_columns) {
    return BadFile("PERSONAL_COLUMN",
                   fmt::format("column \"{}\" is none of dataset {}, whose records must not say "
                               "whom they are about",
                               found.unknown.front(), found.dataset->name),
                   "Remove the column, and every other one that the template does not have, from "
                   "the file.");
  }
  if (!strict) return absl::OkStatus();
  return BadFile(
      "UNKNOWN_VALUE",
      fmt::format("dataset {} has no column \"{}\"", found.dataset->name, found.unknown.front()),
      "Remove the column or correct its name, or send the file without --strict.");
}

// The column that a heading may be a misspelling of, where the file lacks that one.
std::string MeantFor(const FoundTable& found, const std::string& heading) {
  constexpr double kLike = 0.7;
  std::string words;
  double best = kLike;
  for (const ColumnSpec& column : found.dataset->columns) {
    if (IndexOf(found.table.header, column.name)) continue;
    std::vector<std::string> names = {column.name};
    names.insert(names.end(), column.headings.begin(), column.headings.end());
    for (const std::string& name : names) {
      const double like =
          values::Similarity(values::NormaliseName(heading), values::NormaliseName(name));
      if (like < best) continue;
      best = like;
      words = fmt::format("; if it is \"{}\", call it so", column.name);
    }
  }
  return words;
}

// A column without a heading is told apart by what is in it: nothing, or something that is lost.
void NoteUnknown(const FoundTable& found, std::vector<std::string>& notes) {
  for (const std::string& name :
       std::set<std::string>(found.unknown.begin(), found.unknown.end())) {
    if (name.empty()) continue;
    notes.push_back(fmt::format("column \"{}\" is none of dataset {}: not stored{}", name,
                                found.dataset->name, MeantFor(found, name)));
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

// What stands above the header and counts for nothing is told, so that nobody takes it for stored.
void NoteLines(const FoundTable& found, const std::set<std::uint32_t>& taken,
               std::vector<std::string>& notes) {
  constexpr std::size_t kToldMax = 5;
  std::size_t told = 0;
  for (const StatedLine& line : found.above) {
    if (taken.contains(line.number) || ++told > kToldMax) continue;
    std::vector<std::string> cells = line.cells;
    std::erase(cells, "");
    notes.push_back(fmt::format("line {} stands above the header and is not stored: \"{}\"",
                                line.number, absl::StrJoin(cells, "; ")));
  }
  if (told > kToldMax) {
    notes.push_back(fmt::format("{} more lines above the header are not stored", told - kToldMax));
  }
}

// The cells of a table that was found, in the dataset's form.
void FormCells(FoundTable& found, bool days_from_1904, Inquiry& inquiry,
               std::vector<std::string>& notes) {
  found.table.FindWrongWidths();
  FindErrorTexts(found);
  FindLongCells(found);
  FindChangedKeys(*found.dataset, found.table);
  AskAboutKeys(*found.dataset, found.table, inquiry);
  SettleYearsAndMonths(*found.dataset, found.table, &inquiry);
  if (days_from_1904) CountDaysFrom1900(*found.dataset, found.table);
  const std::size_t rounded = BringIntoForm(*found.dataset, found.table, &inquiry);
  if (rounded == 0) return;
  notes.push_back(fmt::format("{} values with more than {} decimals were rounded half up", rounded,
                              kDecimalsMax));
}

}  // namespace

absl::StatusOr<ReadTableResult> ReadTable(std::string bytes, const TableRequest& request) {
  if (bytes.size() > kFileBytesMax) {
    return BadFile("TOO_LARGE", "the file is larger than 1 GiB", "Split it by month.");
  }
  bool days_from_1904 = false;
  Inquiry inquiry(request.answers);
  DAYBOOK_ASSIGN_OR_RETURN(FoundTable found,
                           TableOf(std::move(bytes), request, inquiry, days_from_1904));
  DAYBOOK_RETURN_IF_ERROR(CheckHeader(found, request.strict));
  const bool is_open = !inquiry.open().empty();
  if (found.is_printed && found.table.rows.empty() && !is_open) {
    return BadFile("MISSING_FIELD", "no figure of the table is one to be stored",
                   "Say of its rows and columns what they stand for, with --answer 'label:…=…'.");
  }
  if (found.table.rows.empty() && !request.may_have_no_rows && !is_open) {
    return BadFile("MISSING_FIELD", "the file has a header and no rows",
                   "Send rows; if there was nothing to report, say so with --nil.");
  }
  ReadTableResult result{.dataset = found.dataset,
                         .stated = request.stated,
                         .is_printed = found.is_printed,
                         .layout = LayoutSignature(found),
                         .layout_words = LayoutWords(found)};
  std::vector<StatedLine> lines = found.above;
  lines.insert(lines.end(), found.below.begin(), found.below.end());
  std::vector<std::string> stated;
  DAYBOOK_ASSIGN_OR_RETURN(const std::set<std::uint32_t> taken,
                           AskAboutLines(lines, inquiry, result.stated, stated));
  NoteLines(found, taken, result.notes);
  for (const auto* more : {&stated, &found.notes}) {
    result.notes.insert(result.notes.end(), more->begin(), more->end());
  }
  result.notes.insert(result.notes.end(), found.renamed.begin(), found.renamed.end());
  NoteUnknown(found, result.notes);
  FormCells(found, days_from_1904, inquiry, result.notes);
  if (request.may_ask_cover) {
    AskAboutCover(lines, request.name, *found.dataset, found.table, inquiry, result.stated);
  }
  result.questions = inquiry.open();
  result.used = inquiry.used();
  result.unused_answers = inquiry.Unused();
  result.table = std::move(found.table);
  return result;
}

}  // namespace daybook::ingest
