// One line a lifecycle event, none a record; never a submitted value.
#pragma once

#include <string>

namespace daybook::runtime {

// Sets up the process's logger on standard error. `level` as in Config.
void InitLogging(const std::string& level);

}  // namespace daybook::runtime
