// White space as a person means it. Pure.
#pragma once

#include <string>

namespace daybook::ingest {

// Makes the text NFC (proto/values/names.h), no-break, figure, thin and narrow spaces plain ones,
// takes away what has no width (zero-width spaces, a byte order mark within the text), and trims.
// Everything else stays byte for byte.
void NormaliseSpaces(std::string& text);

}  // namespace daybook::ingest
