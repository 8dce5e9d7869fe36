// A workbook put together from what a fuzzer gives: the archive and its parts are well formed, what
// stands in the cells, their formats and the sheet is not bound to be.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tests/fuzz/input.h"

namespace daybook::fuzz {

// Reads up to 64 cells below the header: for each its style (a byte), its kind (a byte), and its
// stored text. Before them: whether days count from 1904, and four format codes.
std::string MadeWorkbook(const std::vector<std::string>& header, Input& in);

// A workbook whose sheet, shared texts and styles are these XML texts.
std::string WorkbookOf(const std::string& sheet, const std::string& texts,
                       const std::string& styles, bool days_from_1904);

}  // namespace daybook::fuzz
