// A CSV text as lines of cells. The parsing is libcsv's (RFC 4180); this adds where a stray
// quotation mark stands, so that it costs its own row and no other. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "absl/status/statusor.h"
#include "services/ingest/table.h"
#include "services/ingest/text_decoding.h"

namespace daybook::ingest {

// Lines of cells, at most `lines_max` of them. A line has a fault, and its cells are what stands
// between delimiters, without quotation marks around it,
//   * where the text has one;
//   * where a quotation mark stands within a cell that is not quoted, or behind a closing one;
//   * where a quotation mark opens and closes nowhere, or only on a later line that is a row too:
//     reading goes on at the next line, so that no row vanishes in a cell of another.
// Time grows with the length of the text. RESOURCE_EXHAUSTED: out of memory.
absl::StatusOr<Lines> ParseCsv(const DecodedText& text, char delimiter = ',',
                               std::size_t lines_max = SIZE_MAX);

}  // namespace daybook::ingest
