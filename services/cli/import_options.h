// What `daybook import` and `daybook watch` are told on the command line.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace daybook::cli {

struct ImportOptions {
  std::vector<std::string> paths;
  std::string dataset;  // for files that are not recognised by their header
  std::string agency;   // for files whose manifest names none
  std::string sheet;    // of a workbook, for files whose manifest names none
  std::string scope;
  std::string kind;          // whole, additions, corrections; empty: see KindOf in source_file.h
  std::string extract_date;  // ISO 8601
  std::string covers;        // "2024-01..2024-03": months that a whole file covers; empty: as found
  std::uint32_t confirm_voids = 0;
  bool as_new_version = false;
  std::string reason;  // of as_new_version
  bool dry_run = false;
  bool strict = false;      // a column that the dataset does not have refuses the file
  bool nil_return = false;  // a file without rows says that there was nothing
  std::string receipts;     // folder for receipts and rejects; empty: rejects beside the input
  std::vector<std::string> answers;  // "ID=CHOICE": how files are to be read
  bool keep_answers = false;         // for the next file of the same layout
  // Every row of every finding, else the first of them and how many more.
  bool all_findings = false;
};

}  // namespace daybook::cli
