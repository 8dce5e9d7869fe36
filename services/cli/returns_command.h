// `daybook report reminders … DIR`: what each lead is asked for, ready to be sent.
#pragma once

#include "services/cli/connection.h"
#include "services/cli/report_files.h"

namespace daybook::cli {

// For each lead that the report `reminders` names: a folder of its name in `directory` with the
// reminder (reminder.txt) and the return to fill in (updates.csv and updates.xlsx, report
// `quarter-return`), which `daybook import` takes as it is. Prints what was written. A lead whose
// return the server refuses makes the exit code kRefused; the others are written.
// `options.directory` is given.
int RunReturns(const Connection& connection, const ReportOptions& options);

}  // namespace daybook::cli
