// What a view does with every registered event type, without a line for each that is none of its
// business.
#pragma once

#include <initializer_list>
#include <string_view>
#include <vector>

#include "projections/core/view.h"

namespace daybook::views {

// The types that the view uses, and as ignored those in `left`: names of types, and names of
// contexts ("partners") of which it wants nothing, whatever is added to them. A type of a context
// that the view does use has to be named: nobody shall forget it.
std::vector<projections::TypeHandling> Handlings(
    std::initializer_list<projections::TypeHandling> used,
    std::initializer_list<std::string_view> left);

}  // namespace daybook::views
