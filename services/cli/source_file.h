// A file on its way into the ledger, read and recognised; nothing of it is sent yet.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/cli/csv_reader.h"
#include "services/cli/dataset.h"
#include "services/cli/manifest.h"

namespace daybook::cli {

struct SourceFile {
  const Dataset* dataset = nullptr;  // never null; lives for ever
  CsvTable table;
  std::string scope;   // what the file is complete for: as told, else its name without the ending
  std::string kind;    // "corrections" for a file of rejects, else "whole"
  std::string sha256;  // of its bytes, 64 hexadecimal digits
  std::vector<std::string> notes;  // what was read over and how it was read, for a person
};

struct ReadingOptions {
  bool strict = false;      // a column that the dataset does not have is an error, not a note
  bool nil_return = false;  // a header without rows says that there was nothing to report
};

// Reads CSV (UTF-8, UTF-16 or Windows-1252; commas, semicolons or tabs) or the sheet of an XLSX
// workbook (sheet_finder.h), finds the table in it and brings its cells into the dataset's form.
// INVALID_ARGUMENT with the path and what is wrong: MISSING_FIELD (it cannot be read, is empty, has
// no rows, or lacks a required column), UNKNOWN_VALUE (no such dataset or sheet, a header of none
// or several, an unknown column), INVALID_FIELD (no text, no CSV, no workbook, a column twice),
// TOO_LARGE (1 GiB). Cells that cannot be read are findings of the table.
absl::StatusOr<SourceFile> ReadSource(const ImportFile& file, const ReadingOptions& options = {});

}  // namespace daybook::cli
