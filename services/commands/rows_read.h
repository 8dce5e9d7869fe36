// What the door of a versioned dataset makes of one message of rows: a result for every row, and
// what is kept of the good ones until their file is complete. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <vector>

#include "daybook/types/v1/types.pb.h"
#include "services/commands/door.h"
#include "services/commands/versioned_rows.h"

namespace daybook::commands {

struct RowsRead {
  types::v1::RowResults results;
  std::vector<RowToKeep> kept;
};

// The numbers of one message's rows: each finds its row again, so each stands once. Not
// thread-safe.
class RowNumbers {
 public:
  // nullopt exactly when it added a problem: MISSING_FIELD or INVALID_FIELD of "row".
  std::optional<std::uint32_t> Take(std::uint32_t number, Problems& problems);

 private:
  std::set<std::uint32_t> seen_;
};

}  // namespace daybook::commands
