// Cells of a CSV row as values, with a problem for each cell that cannot be read. What a value
// means and whether it is allowed is the server's rule; only the form of the file is read here.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "daybook/types/v1/types.pb.h"
#include "proto/values/problem.h"
#include "services/ingest/table.h"

namespace daybook::cli {

// Not thread-safe; lives as long as the row.
class CellReader {
 public:
  CellReader(const ingest::TableRow& row, values::Problems& problems)
      : row_(row), problems_(problems) {}

  std::string Text(std::string_view column) const { return std::string(row_[column]); }
  bool Has(std::string_view column) const { return !row_[column].empty(); }
  // "yes", "no", "true", "false", "1", "0"; empty is no.
  bool YesNo(std::string_view column);
  // Whole number from 0; empty is 0.
  std::uint32_t Number(std::string_view column);
  // Parts separated by semicolons, trimmed, without empty ones.
  std::vector<std::string> List(std::string_view column) const;
  // As proto/values/period.h reads periods; not set where the cell is empty.
  types::v1::Period Period(std::string_view column);
  types::v1::Precision Precision(std::string_view column);
  // "2024-03-18", "2024-03" or "unknown"; empty is "received now".
  types::v1::Known Known(std::string_view column);
  // One of `words`; its index. Empty is 0, and so is a word that is none (with a problem).
  int Word(std::string_view column, std::initializer_list<std::string_view> words);

  void Problem(std::string_view column, std::string_view reason, std::string_view what,
               std::string_view remedy);

 private:
  const ingest::TableRow& row_;
  values::Problems& problems_;
};

// The column "known" into the head of the command, where it has a value.
template <class Request>
void MapKnown(CellReader& cells, Request& out) {
  if (cells.Has("known")) *out.mutable_head()->mutable_known() = cells.Known("known");
}

}  // namespace daybook::cli
