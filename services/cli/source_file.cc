#include "services/cli/source_file.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <regex>
#include <set>
#include <string_view>
#include <utility>

#include "absl/strings/str_join.h"
#include "eventstore/core/error.h"
#include "eventstore/core/ids.h"
#include "eventstore/merkle/hash.h"
#include "proto/values/civil.h"
#include "services/cli/rejects.h"
#include "services/ingest/read_table.h"

namespace daybook::cli {
namespace {

constexpr std::size_t kScopeBytesMax = 120;

absl::Status BadFile(const std::string& path, const std::string& reason, const std::string& what,
                     const std::string& remedy) {
  return eventstore::MakeError(absl::StatusCode::kInvalidArgument, path + ": " + what,
                               {.reason = reason, .remedy = remedy, .fields = {}, .metadata = {}});
}

absl::Status AboutFile(const std::string& path, const absl::Status& status) {
  const auto detail = eventstore::GetErrorDetail(status);
  return BadFile(path, eventstore::ErrorReason(status), eventstore::Message(status),
                 detail ? detail->remedy : "");
}

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(in)), {});
  if (!in.is_open() || in.bad()) {
    return BadFile(path, "MISSING_FIELD", "cannot be read", "Check the path and its rights.");
  }
  return bytes;
}

bool IsRejects(const std::string& path) {
  return std::filesystem::path(path).stem().string().ends_with(kRejectsInfix);
}

// Lower case, and "-" for what a scope may not have.
std::string ScopeText(std::string scope) {
  for (char& c : scope) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    const bool allowed =
        (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
    if (!allowed) c = '-';
  }
  return scope;
}

// What a column has, each once, in order; cells that are empty say nothing.
std::set<std::string> ValuesOf(const ingest::Table& table, const std::string& column) {
  std::set<std::string> values;
  const auto at = ingest::IndexOf(table.header, column);
  for (const auto& row : table.rows) {
    if (at && *at < row.size() && !row[*at].empty()) values.insert(row[*at]);
  }
  return values;
}

// Of a dataset whose rows lie in months, all files of an agency are one series, whatever they are
// called and however many months each has; those of each holder are one where it has such a column.
std::string NaturalScope(const SourceFile& source) {
  std::string scope;
  if (!source.dataset->holder_column.empty()) {
    scope = ScopeText(absl::StrJoin(ValuesOf(source.table, source.dataset->holder_column), "."));
  }
  return scope.empty() || scope.size() > kScopeBytesMax ? "all" : scope;
}

// "2022-08-street (1)", "2022-08-street - Copy", "Copy of 2022-08-street": what browsers and file
// managers call the same file once more.
std::string WithoutCopyMark(std::string name) {
  static const auto& mark = *new std::regex(
      R"(^copy (\(\d{1,3}\) )?of | ?\(\d{1,3}\)$|[-_ ]+copy( ?\(\d{1,3}\)| \d{1,3})?$)",
      std::regex::icase | std::regex::optimize);
  while (true) {
    std::string bare = std::regex_replace(name, mark, "", std::regex_constants::format_first_only);
    if (bare.empty() || bare == name) return name;
    name = std::move(bare);
  }
}

// The series that the file is of: as the manifest or the sender says, of the file itself or of the
// one whose refused rows it has; else the natural one of its dataset; else its name without the
// ending, with that of the sheet where one is named: two sheets of a workbook are two files.
std::string ScopeOf(const ImportFile& file, const SourceFile& source) {
  if (!file.scope.empty()) return file.scope;
  const auto told = ValuesOf(source.table, kRejectsScopeColumn);
  if (told.size() == 1) return *told.begin();
  if (!source.dataset->cover_column.empty()) return NaturalScope(source);
  std::string scope = std::filesystem::path(file.path).stem().string();
  // Mended rejects belong to what their file belongs to.
  if (IsRejects(file.path)) scope.resize(scope.size() - kRejectsInfix.size());
  scope = WithoutCopyMark(std::move(scope));
  if (!file.sheet.empty()) scope += "." + file.sheet;
  return ScopeText(std::move(scope));
}

// All but the table.
void TakeReading(ingest::ReadTableResult& read, SourceFile& source) {
  source.questions = std::move(read.questions);
  source.used_answers = std::move(read.used);
  source.unused_answers = std::move(read.unused_answers);
  source.stated = std::move(read.stated);
  source.is_printed = read.is_printed;
  source.layout = eventstore::ToHex(merkle::Sha256(read.layout));
  source.layout_words = std::move(read.layout_words);
}

}  // namespace

absl::StatusOr<SourceFile> ReadSource(const ImportFile& file, const ReadingOptions& options) {
  ingest::DatasetSpecs datasets = Datasets();
  if (!file.dataset.empty()) {
    const Dataset* named = FindDataset(file.dataset);
    if (named == nullptr) {
      return BadFile(file.path, "UNKNOWN_VALUE", "there is no such dataset",
                     "`daybook import --help` lists them.");
    }
    datasets = {named, 1};
  }
  DAYBOOK_ASSIGN_OR_RETURN(std::string bytes, ReadFile(file.path));
  SourceFile source;
  source.sha256 = eventstore::ToHex(merkle::Sha256(bytes));
  auto read = ingest::ReadTable(std::move(bytes),
                                {.datasets = datasets,
                                 .sheet = file.sheet,
                                 .strict = options.strict,
                                 .may_have_no_rows = options.nil_return,
                                 .name = std::filesystem::path(file.path).stem().string(),
                                 .agency = file.agency,
                                 .stated = options.stated,
                                 .may_ask_cover = options.may_ask_cover && !IsRejects(file.path),
                                 .answers = options.answers});
  if (!read.ok()) return AboutFile(file.path, read.status());
  TakeReading(*read, source);
  source.dataset = read->dataset;
  source.table = std::move(read->table);
  source.notes = std::move(read->notes);
  source.scope = ScopeOf(file, source);
  source.kind = IsRejects(file.path) ? "corrections" : "whole";
  return source;
}

}  // namespace daybook::cli
