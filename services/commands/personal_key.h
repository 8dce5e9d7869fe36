// Keys that must not say who somebody is (proto/values/personal_key.h). Pure.
#pragma once

#include <string_view>

#include "services/commands/door.h"

namespace daybook::commands {

// INVALID_FIELD for a key that is surely personal, or a word where a system would have a number; a
// number that merely may be is taken, since one in eleven has the form of an NHS number: of a file
// the reader asks (services/ingest/key_forms.h). Nothing for an empty one. The key is not repeated.
void RefusePersonalKey(std::string_view field, std::string_view key, Problems& problems);

}  // namespace daybook::commands
