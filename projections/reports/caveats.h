// What the caveats of a figure mean.
#pragma once

#include <string>

namespace daybook::reports {

// One sentence for the notes under a table; a code that has none stands for itself.
std::string CaveatNote(const std::string& code);

}  // namespace daybook::reports
