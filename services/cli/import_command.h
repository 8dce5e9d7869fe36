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
};

// Returns the exit code: 0 all rows are in, 1 findings, 2 usage, 3 server unreachable.
int RunImport(const Connection& connection, const ImportOptions& options);

}  // namespace daybook::cli
