// Keys that look like what they must not be: something about a person. Pure.
#pragma once

#include <string_view>

#include "services/commands/door.h"

namespace daybook::commands {

// What a key looks like, in words ("a telephone number"); empty for one that looks like none. Meant
// are names, e-mail addresses, telephone, NHS and National Insurance numbers and dates of birth, in
// any case and with any separators. It is a guess: a key of letters and digits that a system made
// is seldom taken for one.
std::string_view LooksLike(std::string_view key);

// INVALID_FIELD for such a key; nothing for an empty one. The key is not repeated.
void RefusePersonalKey(std::string_view field, std::string_view key, Problems& problems);

}  // namespace daybook::commands
