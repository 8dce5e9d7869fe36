// What an office says beside its table, above the header, below the rows or in the file's name: the
// day of the extract, a security marking, the months that the table covers. Each is asked before it
// counts, and none is passed over. Pure.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/ingest/dataset_spec.h"
#include "services/ingest/question.h"
#include "services/ingest/table.h"

namespace daybook::ingest {

// A line that stands above the header or below the rows.
struct StatedLine {
  std::uint32_t number = 0;  // as a spreadsheet counts
  std::vector<std::string> cells;
  std::string Text() const;  // of its cells that are not empty
};

// What is settled already, and then what the file says and its sender confirmed.
struct Stated {
  std::string extract_date = {};  // ISO 8601; empty: none
  std::string covers = {};        // "2024-01..2024-03"; empty: what is found in the rows
  std::string marking = {};       // "OFFICIAL"; empty: none
};

// Asks about each line that looks like it and adds to `notes` what was taken of it; gives the
// numbers of those lines. A day that is settled is not asked about. INVALID_ARGUMENT, reason
// MARKING_TOO_HIGH: SECRET and above.
absl::StatusOr<std::set<std::uint32_t>> AskAboutLines(const std::vector<StatedLine>& lines,
                                                      Inquiry& inquiry, Stated& stated,
                                                      std::vector<std::string>& notes);

// Of a table with a column of months (DatasetSpec::cover_column): where a line or the file's name
// states more months than rows were found of, asks whether the file covers them, also those without
// a row. `name`: of the file, without its ending. Nothing is asked where months are settled.
void AskAboutCover(const std::vector<StatedLine>& lines, const std::string& name,
                   const DatasetSpec& dataset, const Table& table, Inquiry& inquiry,
                   Stated& stated);

}  // namespace daybook::ingest
