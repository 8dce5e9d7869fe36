// What the report `register` lists, and so `daybook list`.
#pragma once

#include <array>
#include <string_view>

namespace daybook::registry {

inline constexpr std::array<std::string_view, 11> kListNames = {
    "areas",        "crime-types", "dimensions", "flags",    "measures",  "partners",
    "partnerships", "plans",       "prescribed", "services", "sub-groups"};

}  // namespace daybook::registry
