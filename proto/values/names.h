// How files spell the same name differently: comparing names, and finding the nearest one. Unicode
// is utf8proc's. Pure and thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace daybook::values {

// The text in Unicode's form NFC: an e and an accent are one letter. What is not UTF-8 stays as it
// is.
std::string Nfc(std::string_view text);

// What two spellings of one name have in common: NFC, lower case, "&" read as "and", apostrophes
// and full stops inside words left out, other punctuation and runs of white space as one space.
// Empty for a text without a letter or digit.
std::string NormaliseName(std::string_view name);

// How alike two normalised names are, 0 to 1: the better of the share of letters that need no edit
// and the share of words that both have (Dice). 1 only for equal ones.
double Similarity(std::string_view a, std::string_view b);

// The one of `names` that is most like the text, however far; "" where there is none.
std::string NearestOf(std::string_view text, const std::vector<std::string>& names);

}  // namespace daybook::values
