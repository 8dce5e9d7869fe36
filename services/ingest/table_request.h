// What whoever reads a file says of it.
#pragma once

#include <string>

#include "services/ingest/dataset_spec.h"
#include "services/ingest/question.h"
#include "services/ingest/stated_lines.h"

namespace daybook::ingest {

struct TableRequest {
  DatasetSpecs datasets = {};     // one of them, or any of them that the header tells
  std::string sheet = {};         // of a workbook; empty: the visible one with such a table
  bool strict = false;            // a column that the dataset does not have is an error, not a note
  bool may_have_no_rows = false;  // a header alone says that there was nothing to report
  std::string name = {};          // of the file, without its ending
  std::string agency = {};        // who sends it
  Stated stated = {};             // what is settled already and not asked
  bool may_ask_cover = true;      // a file of a part covers no months
  Answers answers = {};
};

}  // namespace daybook::ingest
