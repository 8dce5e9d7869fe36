#include "services/commands/rows_read.h"

#include "eventstore/core/limits.h"

namespace daybook::commands {

std::optional<std::uint32_t> RowNumbers::Take(std::uint32_t number, Problems& problems) {
  if (number == 0) {
    problems.push_back(MissingField("row"));
    return std::nullopt;
  }
  if (number > eventstore::limits::kFileRowsMax) {
    problems.push_back(InvalidField("row", "is beyond what a file may hold",
                                    "Send the file in parts of their own scopes."));
    return std::nullopt;
  }
  if (!seen_.insert(number).second) {
    problems.push_back(InvalidField("row", "an earlier row has this number",
                                    "Number the rows of a file 1, 2, 3, …"));
    return std::nullopt;
  }
  return number;
}

}  // namespace daybook::commands
