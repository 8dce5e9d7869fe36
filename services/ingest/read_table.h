// A file's bytes as the rows of a dataset: the way in for everything that takes files. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/ingest/dataset_spec.h"
#include "services/ingest/table.h"

namespace daybook::ingest {

struct TableRequest {
  DatasetSpecs datasets;          // one of them, or any of them that the header tells
  std::string sheet = {};         // of a workbook; empty: the visible one with such a table
  bool strict = false;            // a column that the dataset does not have is an error, not a note
  bool may_have_no_rows = false;  // a header alone says that there was nothing to report
};

struct ReadTableResult {
  const DatasetSpec* dataset = nullptr;  // one of the request's
  Table table;
  std::vector<std::string> notes;  // what was read over and how it was read, for a person
};

inline constexpr std::size_t kFileBytesMax = std::size_t{1} << 30;

// Reads CSV (UTF-8, UTF-16 or Windows-1252; commas, semicolons or tabs) or the sheet of an XLSX
// workbook (sheet_finder.h), finds the table in it and brings its cells into the dataset's form.
// INVALID_ARGUMENT with what is wrong and what to do: MISSING_FIELD (it is empty, has no rows, or
// lacks a required column), UNKNOWN_VALUE (no such sheet, a header of none or several, an unknown
// column), INVALID_FIELD (no text, no workbook, a column twice), TOO_LARGE (kFileBytesMax). Cells
// and rows that cannot be read are findings of the table.
absl::StatusOr<ReadTableResult> ReadTable(std::string bytes, const TableRequest& request);

}  // namespace daybook::ingest
