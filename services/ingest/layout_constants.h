// What holds for all figures of a printed table, as far as no label says it. For layout.cc only.
#pragma once

#include <set>
#include <string>

#include "services/ingest/dataset_spec.h"
#include "services/ingest/layout.h"
#include "services/ingest/question.h"
#include "services/ingest/table.h"

namespace daybook::ingest {

struct KnownAxes {
  bool are_known = false;            // all of them
  std::set<std::string> parts = {};  // columns of the dataset that their labels give
  bool may_be_periods = false;       // the labels of one give periods, or may do so
};

// Fills the layout's constants, and the column for its figures. Asks for what every row of the
// dataset needs and no label says; while the axes are not known, for what they cannot say.
void AskConstants(const Lines& lines, const DatasetSpec& dataset, const TableContext& context,
                  const KnownAxes& axes, Layout& layout, Inquiry& inquiry);

}  // namespace daybook::ingest
