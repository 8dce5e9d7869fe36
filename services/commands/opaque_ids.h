// Keys of persons and cases do not enter the name of a stream or a field that stands in clear: they
// are replaced by ids that say nothing. The seam to whoever keeps which is which
// (eventstore/sealing).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace daybook::commands {

// Thread-safe.
class OpaqueIds {
 public:
  virtual ~OpaqueIds() = default;

  // The ids of keys, in their order; a key is one within its space, for example
  // "referrals/<agency>". 32 hexadecimal digits, random, the same one for ever. Where `make` is
  // false, empty for a key that has none. What was made is on disk when it returns, with one sync.
  // Errors: those of the key store.
  virtual absl::StatusOr<std::vector<std::string>> IdsOf(std::string_view space,
                                                         const std::vector<std::string>& keys,
                                                         bool make) = 0;
};

}  // namespace daybook::commands
