// Signs and words that stand in a cell in the place of a figure. Pure.
#pragma once

#include <string_view>

namespace daybook::ingest {

// "dash", "asterisk" or "dots" of a sign that offices write for nought, for a number that is too
// small to print, and for one that is not known; "" for anything else.
std::string_view SignIn(std::string_view cell);

// n/a
bool IsNotApplicable(std::string_view cell);

// A number with or without the sign of a unit, one with words of precision ("<5", "about 40"), a
// sign, n/a, or a marker in square brackets: what stands in the cells of a table of figures. No
// range, which may be a band of ages or a year.
bool IsFigure(std::string_view cell);

}  // namespace daybook::ingest
