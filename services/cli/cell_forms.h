// How offices write values, and how a dataset wants them: "31/01/2024", "1,620", "<5", "n/a". Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "services/cli/csv_reader.h"
#include "services/cli/dataset.h"

namespace daybook::cli {

// "2024-01-31" of 31/01/2024, 31-1-24, 31.01.2024, 31 January 2024, 31 Jan 24, 2024-01-31 00:00:00,
// or Excel's number of a day (45322). Days stand before months, as in the United Kingdom. nullopt
// for anything else, and for a day that does not exist.
std::optional<std::string> DayIn(std::string_view text);

// "2024-01" of January 2024, Jan-24, 01/2024, or of any day of it.
std::optional<std::string> MonthIn(std::string_view text);

// "1620" of 1,620 or "£1,620"; "65" of 65%. nullopt when it is no such number.
std::optional<std::string> NumberIn(std::string_view text);

// Brings the cells of a table into the form of its dataset, by the kind of each column. What it
// cannot read it leaves, for the server to refuse with the reason.
//   * a value that is "<5" becomes "suppressed-below" 5, "n/a" and "-" become "not-applicable",
//   where
//     the dataset has a column for the absence and the row leaves it empty.
void BringIntoForm(const Dataset& dataset, CsvTable& table);

}  // namespace daybook::cli
