// How files spell the same name differently: comparing names, and finding the nearest one.
//
// Pure and thread-safe.
#pragma once

#include <string>
#include <string_view>

namespace daybook::partners {

// What two spellings of one name have in common: lower case, "&" read as "and", apostrophes and
// full stops inside words left out, other punctuation and runs of white space as one space. Empty
// for a text without a letter or digit. Bytes of letters outside ASCII stay as they are.
std::string NormaliseName(std::string_view name);

// How alike two normalised names are, 0 to 1: the better of the share of letters that need no edit
// and the share of words that both have (Dice). 1 only for equal ones.
double Similarity(std::string_view a, std::string_view b);

}  // namespace daybook::partners
