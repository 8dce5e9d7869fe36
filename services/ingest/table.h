// A file's rows under the names of its dataset's columns, and what cannot be read of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "proto/values/problem.h"

namespace daybook::ingest {

// A line of a text file or a row of a sheet, as it stands there.
struct Line {
  // Counted as a spreadsheet counts its rows, from 1, with empty ones.
  std::uint32_t number = 0;
  std::vector<std::string> cells;  // plain spaces only and none around them (spaces.h)
  // Why its cells may not be what its sender wrote, in words; empty where they are.
  std::string fault = {};
  std::string remedy = {};  // what to do about it
  friend bool operator==(const Line&, const Line&) = default;
};
using Lines = std::vector<Line>;  // without wholly empty ones

// The file's columns in order, trimmed, without a byte order mark.
using Header = std::vector<std::string>;

// Where a column of this name stands.
std::optional<std::size_t> IndexOf(const Header& header, std::string_view name);

inline constexpr std::size_t kWholeRow = std::numeric_limits<std::size_t>::max();

// Why a cell cannot be taken for what its sender sees in it. The words of a finding.
struct CellFinding {
  std::size_t column = 0;  // in the header, or kWholeRow
  std::string what;
  std::string remedy;
};

struct Table {
  Header header;
  std::vector<std::vector<std::string>> rows;
  std::vector<std::uint32_t> lines;  // for each row: Line::number
  // Of cells that cannot be read, by the index of their row; the row is refused for them.
  std::map<std::size_t, std::vector<CellFinding>> findings = {};
  // Of a printed table: for each row the labels that its cells come from, by column. Else empty.
  std::vector<std::map<std::string, std::string>> labels = {};

  // Adds the finding unless the cell has one.
  void AddFinding(std::size_t row, CellFinding finding);
  // With its findings; those of the others stay with their rows.
  void RemoveFirstRow();
  // Gives short rows empty cells.
  void FillRows();
  // A finding for each row that has not a cell for every column. A short row is a file that was cut
  // off, or one whose cells stand in other columns than they seem; cells beyond the header belong
  // to no column. Empty ones beyond it do no harm.
  void FindWrongWidths();
};

// One data row. Refers to its table.
class TableRow {
 public:
  // `findings` of its cells may be null, else they live as long as the row.
  TableRow(const Header& header, std::uint32_t number, std::vector<std::string> fields,
           const std::vector<CellFinding>* findings = nullptr)
      : header_(header), number_(number), fields_(std::move(fields)), findings_(findings) {}

  // Data rows count from 1; the header does not count.
  std::uint32_t number() const { return number_; }
  // Empty for a column that the file does not have or the row is too short for.
  std::string_view operator[](std::string_view column) const;
  std::size_t field_count() const { return fields_.size(); }
  // Adds the findings of its cells.
  void AddFindings(values::Problems& problems) const;

 private:
  const Header& header_;
  std::uint32_t number_;
  std::vector<std::string> fields_;
  const std::vector<CellFinding>* findings_;
};

}  // namespace daybook::ingest
