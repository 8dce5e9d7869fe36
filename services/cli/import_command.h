// `daybook import PATH…`: files, or a folder with a manifest.
#pragma once

#include <string>

#include "services/cli/connection.h"
#include "services/cli/import_options.h"

namespace daybook::cli {

// Prints the names of all datasets, and what a row of each is; needs no server.
int RunListDatasets();

// Returns the exit code: 0 all rows are in, 1 findings, 2 usage, 3 server unreachable.
int RunImport(const Connection& connection, const ImportOptions& options);

// `daybook import --template DATASET` (or `all`, as Markdown); needs no server.
int RunTemplate(const std::string& dataset);

}  // namespace daybook::cli
