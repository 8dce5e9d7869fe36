// The columns of one figure -> the oneof `value` that observations and measurements share.
#pragma once

#include "services/cli/cell_reader.h"

namespace daybook::cli {

// `value` (with `precision`, `upper`) or `absence` is a quantity; `numerator` and `denominator` are
// a share, with `printed_percent` as the source printed it; `printed_percent` alone is a percentage
// without its parts. Nothing is set where all are empty.
template <class Message>
void MapValue(CellReader& cells, Message& out) {
  if (cells.Has("value") || cells.Has("absence")) {
    auto* quantity = out.mutable_quantity();
    quantity->set_value(cells.Text("value"));
    quantity->set_upper(cells.Text("upper"));
    quantity->set_precision(cells.Precision("precision"));
    quantity->set_absence(static_cast<types::v1::Quantity::Absence>(cells.Word(
        "absence", {"", "not-collected", "not-applicable", "not-yet-due", "suppressed-below"})));
  } else if (cells.Has("numerator") || cells.Has("denominator")) {
    auto* share = out.mutable_share();
    share->set_numerator(cells.Text("numerator"));
    share->set_denominator(cells.Text("denominator"));
    share->set_denominator_area(cells.Text("denominator_area"));
    share->set_printed_percent(cells.Text("printed_percent"));
  } else if (cells.Has("printed_percent")) {
    auto* printed = out.mutable_printed_percent();
    printed->set_percent(cells.Text("printed_percent"));
    printed->set_precision(cells.Precision("precision"));
    printed->set_missing(static_cast<types::v1::PrintedPercent::Missing>(
        cells.Word("missing", {"", "denominator", "numerator", "both"})));
  }
}

}  // namespace daybook::cli
