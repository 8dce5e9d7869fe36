// A CSV file as rows of named fields. The parsing is libcsv's (RFC 4180); this adds the header,
// UTF-8 and the row numbers by which findings name a row.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "proto/values/problem.h"

namespace daybook::cli {

// The file's columns in order, trimmed, without a byte order mark.
using Header = std::vector<std::string>;

// Why a cell cannot be taken for what its sender sees in it. The words of a finding.
struct CellFinding {
  std::size_t column = 0;
  std::string what;
  std::string remedy;
};

// One data row. Fields have plain spaces only and none around them (ingest/spaces.h).
class CsvRow {
 public:
  // `findings` of its cells may be null, else they live as long as the row.
  CsvRow(const Header& header, std::uint32_t number, std::vector<std::string> fields,
         const std::vector<CellFinding>* findings = nullptr)
      : header_(header), number_(number), fields_(std::move(fields)), findings_(findings) {}

  // Data rows count from 1; the header does not count.
  std::uint32_t number() const { return number_; }
  // Empty for a column that the file does not have or the row is too short for.
  std::string_view operator[](std::string_view column) const;
  std::size_t field_count() const { return fields_.size(); }
  // Adds what makes the row unreadable, whatever its dataset: the findings of its cells, and a
  // problem unless it has a cell for every column. A short row is a file that was cut off, or one
  // whose cells stand in other columns than they seem; cells beyond the header belong to no column.
  // Empty ones beyond it do no harm.
  void CheckForm(values::Problems& problems) const;

 private:
  const Header& header_;
  std::uint32_t number_;
  std::vector<std::string> fields_;
  const std::vector<CellFinding>* findings_;
};

struct CsvTable {
  Header header;
  std::vector<std::vector<std::string>> rows;  // without wholly empty lines
  // Of cells that cannot be read, by the index of their row; the row is refused for them.
  std::map<std::size_t, std::vector<CellFinding>> findings = {};
};

inline constexpr std::size_t kFileBytesMax = std::size_t{1} << 30;

// Lines of cells, wholly empty ones left out; at most `lines_max` of them. The text is UTF-8
// without byte order mark. INVALID_ARGUMENT: a quote that never closes (with the line).
absl::StatusOr<std::vector<std::vector<std::string>>> ParseCsv(std::string_view text,
                                                               char delimiter = ',',
                                                               std::size_t lines_max = SIZE_MAX);

}  // namespace daybook::cli
