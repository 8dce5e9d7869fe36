// The columns of one figure -> the oneof `value` that observations and measurements share.
#pragma once

#include <initializer_list>
#include <string_view>

#include "services/cli/cell_reader.h"

namespace daybook::cli {

// A cell that the figure's form has no place for is a problem: nothing of a row is left out.
inline void RefuseStrayCells(CellReader& cells, std::initializer_list<std::string_view> columns) {
  for (const std::string_view column : columns) {
    if (!cells.Has(column)) continue;
    cells.Problem(column, "INVALID_FIELD", "does not go with the other cells of the figure",
                  "A row holds one figure: a value (or why there is none), or a numerator and a "
                  "denominator, or a printed percentage alone.");
  }
}

// `value`, `precision`, `upper` and `absence`. An absence has no precision; one that is given is
// the server's to refuse.
inline void MapQuantity(CellReader& cells, types::v1::Quantity& out) {
  out.set_value(cells.Text("value"));
  out.set_upper(cells.Text("upper"));
  if (cells.Has("precision") || !cells.Has("absence")) {
    out.set_precision(cells.Precision("precision"));
  }
  out.set_absence(static_cast<types::v1::Quantity::Absence>(cells.Word(
      "absence", {"", "not-collected", "not-applicable", "not-yet-due", "suppressed-below"})));
}

// `value` (with `precision`, `upper`) or `absence` is a quantity; `numerator` and `denominator` are
// a share, with `printed_percent` as the source printed it; `printed_percent` alone is a percentage
// without its parts. Nothing is set where all are empty.
template <class Message>
void MapValue(CellReader& cells, Message& out) {
  if (cells.Has("value") || cells.Has("absence")) {
    MapQuantity(cells, *out.mutable_quantity());
    RefuseStrayCells(
        cells, {"numerator", "denominator", "denominator_area", "printed_percent", "missing"});
  } else if (cells.Has("numerator") || cells.Has("denominator")) {
    auto* share = out.mutable_share();
    share->set_numerator(cells.Text("numerator"));
    share->set_denominator(cells.Text("denominator"));
    share->set_denominator_area(cells.Text("denominator_area"));
    share->set_printed_percent(cells.Text("printed_percent"));
    RefuseStrayCells(cells, {"precision", "upper", "missing"});
  } else if (cells.Has("printed_percent")) {
    auto* printed = out.mutable_printed_percent();
    printed->set_percent(cells.Text("printed_percent"));
    printed->set_precision(cells.Precision("precision"));
    printed->set_missing(static_cast<types::v1::PrintedPercent::Missing>(
        cells.Word("missing", {"", "denominator", "numerator", "both"})));
    RefuseStrayCells(cells, {"upper", "denominator_area"});
  } else {
    RefuseStrayCells(cells, {"precision", "upper", "denominator_area", "missing"});
  }
}

}  // namespace daybook::cli
