// Who calls; from the request's metadata until identity is a piece of its own.
#pragma once

#include <string>

namespace daybook::commands {

struct Caller {
  std::string agency;  // required: lower-case letters, digits and hyphens
  std::string actor;   // opaque
};

}  // namespace daybook::commands
