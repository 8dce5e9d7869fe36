#include "services/commands/stream_name.h"

#include "eventstore/core/ids.h"
#include "eventstore/core/limits.h"
#include "eventstore/merkle/hash.h"

namespace daybook::commands {

std::string StreamName(std::string_view category, std::initializer_list<std::string_view> parts) {
  std::string joined;
  for (const std::string_view part : parts) {
    if (!joined.empty()) joined.push_back('/');
    joined += part;
  }
  const std::string prefix = std::string(category) + "-";
  if (prefix.size() + joined.size() <= eventstore::limits::kStreamNameBytesMax) {
    return prefix + joined;
  }
  return prefix + "sha256-" + eventstore::ToHex(merkle::Sha256(joined));
}

}  // namespace daybook::commands
