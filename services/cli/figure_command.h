// `daybook figure REF`: one figure that was printed, and what it rests on.
#pragma once

#include <string>

#include "services/cli/connection.h"
#include "services/cli/report_files.h"

namespace daybook::cli {

// "812.7": figure 7 of the report that was released at position 812, as printed and as made again
// from what the ledger knew then; "812.0": every figure of it. "205": the figure at that position
// that a document printed, against what is held.
int RunFigure(const Connection& connection, const std::string& reference, ReportOptions options);

}  // namespace daybook::cli
