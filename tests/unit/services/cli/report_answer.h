// A small report to print.
#pragma once

#include <string>
#include <vector>

#include "daybook/reports/v1/reports_service.pb.h"

namespace daybook::cli {

// One table with columns name, words and count (a number), and a long note.
inline reports::v1::RenderReportResponse Answer(const std::vector<std::vector<std::string>>& rows) {
  reports::v1::RenderReportResponse answer;
  auto* table = answer.add_tables();
  table->set_title("A report");
  for (const char* key : {"name", "words", "count"}) {
    auto* column = table->add_columns();
    column->set_key(key);
    column->set_title(key);
    column->set_numeric(std::string(key) == "count");
  }
  for (const auto& cells : rows) {
    auto* row = table->add_rows();
    for (const auto& cell : cells) row->add_cells()->set_text(cell);
  }
  table->add_notes("A note that is a good deal longer than the line that it has to stand on.");
  return answer;
}

}  // namespace daybook::cli
