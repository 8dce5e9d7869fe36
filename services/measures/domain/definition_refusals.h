// The refusal that definitions share. For services/measures/domain only.
#pragma once

#include <string_view>

#include "services/commands/decision.h"

namespace daybook::measures {

// ALREADY_EXISTS: what `field` names is defined with other content.
commands::Rejection DefinedOtherwise(std::string_view field, std::string_view remedy);

}  // namespace daybook::measures
