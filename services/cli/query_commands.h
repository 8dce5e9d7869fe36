// `daybook report` without a name, `daybook views`: what the server's views are, and made anew.
#pragma once

#include "services/cli/connection.h"

namespace daybook::cli {

int RunListReports(const Connection& connection);
int RunViews(const Connection& connection);
// Has the views made anew beside those that answer. With `wait` it says how far they are and how it
// ended: kRefused when they were given up, or had rows that the old ones had not.
int RunRebuildViews(const Connection& connection, bool wait);

}  // namespace daybook::cli
