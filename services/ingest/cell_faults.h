// Cells of a table that hold no value of their sender's. Pure.
#pragma once

#include "services/ingest/table_finder.h"

namespace daybook::ingest {

// Adds a finding for each cell of the dataset's columns that holds what a program writes in the
// place of a value it does not have or cannot show: "#N/A", "Err:502", "#######", "nan".
void FindErrorTexts(FoundTable& found);

// Adds a finding for each cell of the dataset's columns that is longer than any may be.
void FindLongCells(FoundTable& found);

}  // namespace daybook::ingest
