// Names of streams that are made of several ids. Pure.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace daybook::commands {

// "<category>-<part>/<part>/…", for example "series-robbery/colchester/essex-police". Ids hold no
// "/", so that two lists of ids never give one name. A name that would be longer than a stream's
// may be is
// "<category>-sha256-<hex of the SHA-256 of the joined parts>" instead.
std::string StreamName(std::string_view category, std::initializer_list<std::string_view> parts);

}  // namespace daybook::commands
