// StoreMeta as bytes (daybook.views.v1.StoredState). Pure.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "projections/store/view_store.h"

namespace daybook::projections {

std::string EncodeMeta(const StoreMeta& meta);

// DATA_LOSS when the bytes do not read.
absl::StatusOr<StoreMeta> DecodeMeta(std::string_view bytes);

}  // namespace daybook::projections
