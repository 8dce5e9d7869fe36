// What an import found in a file, and how a person is told: findings that say the same of many rows
// are told once, with the rows. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace daybook::cli {

// Something about a row that a person should know.
struct FileFinding {
  std::uint32_t row = 0;   // 0: the file as a whole
  std::uint32_t line = 0;  // of the row, as a spreadsheet counts; 0: unknown
  bool refused = true;     // else it was recorded, but somebody should confirm it
  std::string field;
  std::string reason;
  std::string description;
  std::string remedy;
  friend bool operator==(const FileFinding&, const FileFinding&) = default;
};

// Lines like "FILE rows 4, 8-12 (lines 5, 9-13), force: refused UNKNOWN_ORGANISATION: … -> remedy",
// in the order of the first row of each. At most `runs_max` runs of rows are named in a line; how
// many more rows there are is said. 0: all of them.
std::vector<std::string> FindingLines(const std::string& path,
                                      const std::vector<FileFinding>& findings,
                                      std::size_t runs_max);

}  // namespace daybook::cli
