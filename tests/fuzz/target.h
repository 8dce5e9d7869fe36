// What a fuzz target is: a function over bytes that ends the process when a property does not hold,
// and the inputs to begin with. One target a program; tests/fuzz/README.md lists them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace daybook::fuzz {

// Any bytes. Deterministic: the same bytes take the same way.
void RunOne(std::string_view input);

// Small inputs from which every part of the target is reached. Always the same ones.
std::vector<std::string> Seeds();

}  // namespace daybook::fuzz
