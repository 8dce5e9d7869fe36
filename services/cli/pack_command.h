// `daybook report pack`: every table of a partnership's year, or of a list, into a folder.
#pragma once

#include "services/cli/connection.h"
#include "services/cli/report_files.h"

namespace daybook::cli {

// Every report that the server names for the partnership and year (report `pack`), or that
// `options.list` does (pack_list.h), as html, csv and
// xlsx into `directory`, with an index. What a report refuses stands in the index and makes the
// exit code kRefused; the others are written.
// `options.directory` is given.
int RunPack(const Connection& connection, const ReportOptions& options);

}  // namespace daybook::cli
