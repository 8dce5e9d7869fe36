// What the reader of files knows of a dataset: its columns and the form of their cells. Values
// only; whoever reads files fills them (services/cli/dataset.h).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace daybook::ingest {

// The form in which a column's cells are wanted; see cell_forms.h.
enum class CellKind : std::uint8_t {
  kText,
  kKey,        // of an incident or a row in its source
  kPersonKey,  // of a person or of a case of one
  kAge,        // an age or a band of ages, never a date
  kWord,       // one of a list, or an id: in lower case with hyphens
  kDay,
  kMonth,
  kDayOrMonth,
  kMoment,  // a day, perhaps with a time of day
  kTime,
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
  std::vector<std::string> headings = {};  // what offices call it, each known in any case
  // Columns of which any one stands in the place of a required one.
  std::vector<std::string> instead = {};
};

// What of a dataset's row a printed table may say once: by the labels of its rows or columns, or
// for all of its figures. See layout.h.
struct PrintedPart {
  // Whether the next table like it may be read by the same answer: not where it says what only this
  // one is about, or only where the lines above the table say the same and so tell the two apart.
  enum Kept : std::uint8_t { kAlways, kWithTitle, kNever };

  std::string id;             // in questions and answers: "measure"
  std::string column;         // of the dataset
  std::string what = {};      // what says it in a table, in words
  std::string question = {};  // what is asked where nothing in the table says it
  Kept kept = kAlways;
  bool labels = false;  // the labels of rows or columns may say it
  // Its labels are those of one of several lists, which an answer names: "dimension:sex" and the
  // label Male give "sex=Male".
  bool is_list = false;
  // It says something of a figure and not which one it is: figures of one row of the dataset may
  // stand in several columns of the table, and only one of them says it.
  bool is_remark = false;
  bool is_sender = false;  // it may well be the agency that sends the file
  // The choices, where there are no others, with their meanings.
  std::vector<std::pair<std::string, std::string>> words = {};
};

// How tables of figures, as offices print them, become rows of a dataset.
struct PrintedSpec {
  std::vector<PrintedPart> parts;
  // Columns that a figure of the table may go into, by the words of an answer; the first one unless
  // it is told otherwise. Figures of one row of the dataset come from several columns of the table.
  std::vector<std::pair<std::string, std::string>> figures;
};

struct DatasetSpec {
  std::string name;
  std::vector<ColumnSpec> columns;
  std::string one_line = {};              // what a row is
  std::vector<std::string> example = {};  // the row of the template, a cell for every column
  // Column of the months that a full extract covers; empty: its files are not compared by month.
  std::string cover_column = {};
  // Of those, the column that says whose records they are where an agency may send those of
  // several; empty: they are the sender's.
  std::string holder_column = {};
  std::optional<PrintedSpec> printed = {};  // of a dataset that printed tables may hold
  // Any other column refuses the file: it may say whom a record is about.
  bool no_other_columns = false;

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

// Columns with these beginnings are ignored: why a row was refused, and what a pre-filled return
// tells its reader.
inline constexpr std::string_view kRejectColumn = "reject: ";
inline constexpr std::string_view kInfoColumn = "info: ";

}  // namespace daybook::ingest
