// Columns of keys and of ages: what a spreadsheet made of them, and what may say who somebody is.
// Pure.
#pragma once

#include "services/ingest/dataset_spec.h"
#include "services/ingest/question.h"
#include "services/ingest/table.h"

namespace daybook::ingest {

// A finding for each key that lost its digits ("2.02401E+16") and each band of ages that became a
// date ("10-Nov" of 10-11).
void FindChangedKeys(const DatasetSpec& dataset, Table& table);

// Numbers in a column of persons' keys that have the form of NHS or telephone numbers or dates:
// more of them than there are by chance are asked about, once for each column. Where the answer is
// that they are personal, a finding of each.
void AskAboutKeys(const DatasetSpec& dataset, Table& table, Inquiry& inquiry);

}  // namespace daybook::ingest
