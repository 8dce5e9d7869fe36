// A file on its way into the ledger, read and recognised; nothing of it is sent yet.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/cli/dataset.h"
#include "services/cli/manifest.h"
#include "services/ingest/question.h"
#include "services/ingest/stated_lines.h"
#include "services/ingest/table.h"

namespace daybook::cli {

struct SourceFile {
  const Dataset* dataset = nullptr;  // never null; lives for ever
  ingest::Table table;
  // The series that the file is of: as told; else, of a dataset whose files are compared by month,
  // its holders ("essex-police") or "all"; else its name without the ending and without what copies
  // are called by, with the sheet's.
  std::string scope;
  std::string kind;                         // "corrections" for a file of rejects, else "whole"
  std::string sha256;                       // of its bytes, 64 hexadecimal digits
  std::vector<std::string> notes;           // what was ignored and how it was read, for a person
  std::vector<ingest::Question> questions;  // while there are any, nothing of it is to be sent
  std::map<std::string, ingest::UsedAnswer> used_answers;
  std::vector<std::string> unused_answers;
  ingest::Stated stated;     // day of the extract, months, marking
  bool is_printed = false;   // a table of figures as offices print it
  std::string layout;        // SHA-256 of what tells its layout from others, 64 hexadecimal digits
  std::string layout_words;  // some of its headings
};

struct ReadingOptions {
  bool strict = false;         // a column that the dataset does not have is an error, not a note
  bool nil_return = false;     // a header without rows says that there was nothing to report
  ingest::Stated stated = {};  // what is settled already
  bool may_ask_cover = true;   // it is a whole file
  ingest::Answers answers = {};
};

// Reads the file as ingest/read_table.h says. INVALID_ARGUMENT with the path: what that gives, and
// MISSING_FIELD for a file that cannot be read, UNKNOWN_VALUE where there is no such dataset.
absl::StatusOr<SourceFile> ReadSource(const ImportFile& file, const ReadingOptions& options = {});

}  // namespace daybook::cli
