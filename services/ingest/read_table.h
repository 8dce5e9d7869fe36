// A file's bytes as the rows of a dataset: the way in for everything that takes files. Pure.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/ingest/dataset_spec.h"
#include "services/ingest/question.h"
#include "services/ingest/stated_lines.h"
#include "services/ingest/table.h"
#include "services/ingest/table_request.h"

namespace daybook::ingest {

struct ReadTableResult {
  const DatasetSpec* dataset = nullptr;  // one of the request's
  Table table = {};                      // not to be stored while a question is open
  std::vector<std::string> notes = {};   // what was ignored and how it was read, for a person
  std::vector<Question> questions = {};  // what the answers leave open
  std::map<std::string, UsedAnswer> used = {};   // the answers that count, by question
  std::vector<std::string> unused_answers = {};  // questions that nothing asked
  Stated stated = {};                            // with what the file says beside its table
  bool is_printed = false;                       // a table of figures as offices print it
  std::string layout = {};  // tells its layout from others (layout_signature.h)
  std::string layout_words = {};
};

inline constexpr std::size_t kFileBytesMax = std::size_t{1} << 30;

// Reads CSV (UTF-8, UTF-16 or Windows-1252; commas, semicolons or tabs) or the sheet of an XLSX
// workbook (sheet_finder.h), finds the table in it and brings its cells into the dataset's form.
// Where no header is found, a table of figures is read as its sender's answers say
// (printed_reader.h). What has two readings is a question; see also stated_lines.h.
// INVALID_ARGUMENT with what is wrong and what to do: MISSING_FIELD (it is empty, has no rows, or
// lacks a required column), UNKNOWN_VALUE (no such sheet, a header of none or several, an unknown
// column), INVALID_FIELD (no text, no workbook, a column twice, two printed tables), TOO_LARGE
// (kFileBytesMax), MARKING_TOO_HIGH. Cells and rows that cannot be read are findings of the table.
absl::StatusOr<ReadTableResult> ReadTable(std::string bytes, const TableRequest& request);

}  // namespace daybook::ingest
