// An Excel workbook (XLSX or XLSM, Transitional or Strict) as sheets of texts, as its sender meant
// them: the stored value in the form that the cell's number format says.
//
// Own code, because what a format means is the point here; ZIP and XML are libzip's and expat's.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "services/ingest/workbook_cell.h"

namespace daybook::ingest {

struct WorkbookRow {
  std::uint32_t number = 0;  // as Excel counts, from 1
  bool hidden = false;
  std::vector<WorkbookCell> cells;  // from column A; ends with the last that is not empty
};

// Cells of one value: the first one has it, and of several rows the first of each.
struct MergedCells {
  std::uint32_t first_row = 0;  // from 1
  std::uint32_t last_row = 0;
  std::uint32_t first_column = 0;  // from 0
  std::uint32_t last_column = 0;
};

struct WorkbookSheet {
  std::string name;
  bool hidden = false;
  std::vector<WorkbookRow> rows;  // without those that are wholly empty
  // Cells that were merged over several rows and hold the value of the first now.
  std::size_t filled_cells = 0;
  std::vector<MergedCells> merged;  // over more than one column
};

struct Workbook {
  bool days_from_1904 = false;  // what a number without a format means as a day
  std::vector<WorkbookSheet> sheets;
};

struct WorkbookLimits {
  std::size_t bytes = 64U << 20;      // of the file
  std::size_t cells = 20'000'000;     // of all sheets, each row counted up to its last cell
  std::size_t text_bytes = 1U << 30;  // of all cells
};

// What the first bytes are.
bool IsZip(std::string_view bytes);           // XLSX, among others
bool IsCompoundFile(std::string_view bytes);  // .xls, or a workbook that asks for a password

// INVALID_ARGUMENT, reason INVALID_FIELD with a remedy for each: no workbook (ODS, XLSB, DOCX, a
// plain archive), damaged, without a sheet; TOO_LARGE beyond `limits`. Time and memory grow with
// what is counted there, and not with where in a sheet its rows are.
absl::StatusOr<Workbook> ReadWorkbook(std::string_view bytes, const WorkbookLimits& limits = {});

// Why a compound file is not read, and what to do.
absl::Status CompoundFileError(std::string_view bytes);

}  // namespace daybook::ingest
