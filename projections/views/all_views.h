// Every view of Daybook.
#pragma once

#include <memory>
#include <vector>

#include "projections/core/view.h"

namespace daybook::views {

// Fresh, empty views, always the same ones in the same order: a projections::ViewSetFactory.
// Thread-safe.
std::vector<std::unique_ptr<projections::View>> AllViews();

}  // namespace daybook::views
