// Brings the cells of a table into the form that its dataset wants: "31/01/2024", "1,620", "<5",
// "n/a", "Not started". Pure.
#pragma once

#include <cstddef>

#include "services/ingest/dataset_spec.h"
#include "services/ingest/question.h"
#include "services/ingest/table.h"

namespace daybook::ingest {

// Of a workbook that counts days from 1904: numbers in columns of days and months that no format
// made dates of, brought to Excel's usual count, in which DayIn reads them.
void CountDaysFrom1900(const DatasetSpec& dataset, Table& table);

// Settles what "2007-08" is in a column of periods, August 2007 or the year 2007-08: what the
// others of its column are that have one reading, years or months. Where that settles nothing it is
// asked; without an inquiry each such cell is a finding.
void SettleYearsAndMonths(const DatasetSpec& dataset, Table& table, Inquiry* inquiry = nullptr);

// Brings the cells of a table into the form of its dataset, by the kind of each column
// (written_day.h, written_number.h; words in lower case with hyphens). What it cannot read it
// leaves, for the server to refuse with the reason. Of a value
//   * "<5" becomes "suppressed-below" 5, "n/a" becomes "not-applicable" in the column of absences;
//   * "about 40", ">90", "8 to 10" become their number, word of precision and upper end;
//   * a dash, an asterisk or dots may be nought or an absence: which is asked once for the file,
//   and
//     a finding of each cell without an inquiry.
// Columns that this needs are made where the file lacks them. The sign of another unit than the
// column's (65% of a count) is a finding. A number with more than kDecimalsMax decimals is rounded
// half up. Every row has a cell for each column of the header. Returns how many numbers were
// rounded.
std::size_t BringIntoForm(const DatasetSpec& dataset, Table& table, Inquiry* inquiry = nullptr);

}  // namespace daybook::ingest
