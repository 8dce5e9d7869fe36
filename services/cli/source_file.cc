#include "services/cli/source_file.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

#include "eventstore/core/error.h"
#include "eventstore/core/ids.h"
#include "eventstore/merkle/hash.h"
#include "services/cli/rejects.h"
#include "services/ingest/read_table.h"

namespace daybook::cli {
namespace {

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

// What the file is complete for: as the manifest says, else its name without the ending, with that
// of the sheet where one is named: two sheets of a workbook are two files.
std::string ScopeOf(const ImportFile& file) {
  if (!file.scope.empty()) return file.scope;
  std::string scope = std::filesystem::path(file.path).stem().string();
  // Mended rejects belong to what their file belongs to.
  if (IsRejects(file.path)) scope.resize(scope.size() - kRejectsInfix.size());
  if (!file.sheet.empty()) scope += "." + file.sheet;
  for (char& c : scope) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    const bool allowed =
        (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
    if (!allowed) c = '-';
  }
  return scope;
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
  source.scope = ScopeOf(file);
  source.kind = IsRejects(file.path) ? "corrections" : "whole";
  return source;
}

}  // namespace daybook::cli
