// `daybook import PATH…`: files, or a folder with a manifest.
#pragma once

#include <string>
#include <vector>

#include "services/cli/connection.h"

namespace daybook::cli {

struct ImportOptions {
  std::vector<std::string> paths;
  std::string dataset;  // for files that are not recognised by their header
  std::string agency;   // for files whose manifest names none
  std::string scope;
  bool all_findings =
      false;  // every row of every finding, else the first of them and how many more
};

// Returns the exit code: 0 all rows are in, 1 findings, 2 usage, 3 server unreachable.
int RunImport(const Connection& connection, const ImportOptions& options);

// `daybook import --template DATASET` (or `all`, as Markdown); needs no server.
int RunTemplate(const std::string& dataset);

}  // namespace daybook::cli
