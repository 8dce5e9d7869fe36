// Is a string well-formed UTF-8? Pure.
#pragma once

#include <string_view>

namespace daybook::eventstore {

// True for well-formed UTF-8 (RFC 3629: no overlong form, no surrogate, nothing above U+10FFFF).
bool IsUtf8(std::string_view text);

// True for well-formed UTF-8 without control characters: what a name may consist of.
bool IsPrintableUtf8(std::string_view text);

}  // namespace daybook::eventstore
