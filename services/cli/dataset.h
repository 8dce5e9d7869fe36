// The files that `daybook import` takes: their columns, and what becomes of a row. What
// `daybook import --template` prints and services/cli/TEMPLATES.md shows is made from this.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace daybook::cli {

// The form in which a column's cells are wanted; see cell_forms.h.
enum class CellKind : std::uint8_t { kText, kDay, kMonth, kDayOrMonth, kPeriod, kNumber, kValue };

struct Column {
  std::string name;
  bool required = false;  // of the file; whether a cell may be empty is the server's rule
  std::string meaning;    // what stands in its cells, in words
  CellKind kind = CellKind::kText;
};

struct Dataset {
  std::string name;
  std::vector<Column> columns;
  std::string one_line;  // what a row is
};

// Every dataset, in the order of the manual.
const std::vector<Dataset>& Datasets();

// nullptr for a name that is none.
const Dataset* FindDataset(std::string_view name);

// Columns with these beginnings are read over: why a row was refused (rejects.h), and what a
// pre-filled return tells its reader (report quarter-return).
inline constexpr std::string_view kRejectColumn = "reject: ";
inline constexpr std::string_view kInfoColumn = "info: ";

// The template of one dataset: its header line, then every column with its meaning.
std::string TemplateText(const Dataset& dataset);

// All templates as a Markdown document: services/cli/TEMPLATES.md.
std::string TemplatesMarkdown();

}  // namespace daybook::cli
