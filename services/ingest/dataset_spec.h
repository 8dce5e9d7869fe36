// What the reader of files knows of a dataset: its columns and the form of their cells. Values
// only; whoever reads files fills them (services/cli/dataset.h).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace daybook::ingest {

// The form in which a column's cells are wanted; see cell_forms.h.
enum class CellKind : std::uint8_t {
  kText,
  kWord,  // one of a list, or an id: in lower case with hyphens
  kDay,
  kMonth,
  kDayOrMonth,
  kYear,  // a plan or assessment year, never a month
  kPeriod,
  kNumber,
  kPercent,
  kMoney,
  kValue,  // a figure, with what is said of its precision or absence
};

struct ColumnSpec {
  std::string name;
  bool required = false;     // of the file; whether a cell may be empty is the server's rule
  std::string meaning = {};  // what stands in its cells, in words
  CellKind kind = CellKind::kText;
};

struct DatasetSpec {
  std::string name;
  std::vector<ColumnSpec> columns;
  std::string one_line = {};              // what a row is
  std::vector<std::string> example = {};  // the row of the template, a cell for every column
  // Columns whose values say what a file is complete for, where it has one of each; empty: its name
  // does.
  std::vector<std::string> scope_columns = {};

  // nullptr where it has no column of that name.
  const ColumnSpec* Find(std::string_view column) const {
    for (const ColumnSpec& one : columns) {
      if (one.name == column) return &one;
    }
    return nullptr;
  }
};

// The datasets whose table a file may hold: all of them, or the one that its sender named.
using DatasetSpecs = std::span<const DatasetSpec>;

// Columns with these beginnings are read over: why a row was refused, and what a pre-filled return
// tells its reader.
inline constexpr std::string_view kRejectColumn = "reject: ";
inline constexpr std::string_view kInfoColumn = "info: ";

}  // namespace daybook::ingest
