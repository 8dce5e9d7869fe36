// What tells the layout of one table from others, whatever its file is called. Pure.
#pragma once

#include <string>
#include <vector>

#include "services/ingest/table_finder.h"

namespace daybook::ingest {

// Of a printed table: the lines above it, its sheet and its headings, without days, numbers and
// periods, so that next month's table has the same one; neighbouring headings that differ in
// nothing else count once. Where nothing stands above it, the labels of its rows as well: headings
// alone are those of many tables. Of any other table: its header.
std::string LayoutSignature(const FoundTable& found);

// The headings, shortened, for a person: "Crime type | Colchester | Basildon | …".
std::string LayoutWords(const FoundTable& found);

}  // namespace daybook::ingest
