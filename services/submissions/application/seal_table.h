// What stands sealed of the rows of a scope, by small numbers: 8 bytes a row of which something is
// sealed and 33 a part. Not thread-safe.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "services/commands/sealed_row.h"

namespace daybook::submissions {

class SealTable {
 public:
  using Handle = std::uint32_t;  // 0: nothing is sealed, and nothing was erased

  Handle Keep(const commands::SealedRow& row) {
    if (row.parts.empty() && row.erased == 0) return 0;
    ranges_.push_back({static_cast<std::uint32_t>(traces_.size()),
                       static_cast<std::uint8_t>(row.parts.size()), row.erased});
    traces_.insert(traces_.end(), row.parts.begin(), row.parts.end());
    return static_cast<Handle>(ranges_.size());
  }

  std::span<const commands::PartTrace> PartsOf(Handle handle) const {
    if (handle == 0) return {};
    const Range& range = ranges_[handle - 1];
    return {traces_.data() + range.first, range.count};
  }
  commands::PartSet ErasedOf(Handle handle) const {
    return handle == 0 ? commands::PartSet{0} : ranges_[handle - 1].erased;
  }

 private:
  struct Range {
    std::uint32_t first = 0;
    std::uint8_t count = 0;
    commands::PartSet erased = 0;
  };
  std::vector<Range> ranges_;
  std::vector<commands::PartTrace> traces_;
};

}  // namespace daybook::submissions
