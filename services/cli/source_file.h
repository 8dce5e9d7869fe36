// A file on its way into the ledger, read and recognised; nothing of it is sent yet.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "services/cli/csv_reader.h"
#include "services/cli/dataset.h"
#include "services/cli/manifest.h"

namespace daybook::cli {

struct SourceFile {
  const Dataset* dataset = nullptr;  // never null; lives for ever
  CsvTable table;
  std::string scope;   // what the file is complete for: as told, else its name without the ending
  std::string sha256;  // of its bytes, 64 hexadecimal digits
};

// INVALID_ARGUMENT with the path and what is wrong: MISSING_FIELD (it cannot be read, is empty, or
// lacks a required column), UNKNOWN_VALUE (no such dataset, a header of none or several, a column
// that the dataset does not have), INVALID_FIELD (not UTF-8, no CSV, a column twice), TOO_LARGE.
absl::StatusOr<SourceFile> ReadSource(const ImportFile& file);

}  // namespace daybook::cli
