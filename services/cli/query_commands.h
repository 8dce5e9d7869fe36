// `daybook report` without a name, `daybook views`: what the server's views are.
#pragma once

#include "services/cli/connection.h"

namespace daybook::cli {

int RunListReports(const Connection& connection);
int RunViews(const Connection& connection);

}  // namespace daybook::cli
