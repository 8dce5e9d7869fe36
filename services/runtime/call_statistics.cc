#include "services/runtime/call_statistics.h"

namespace daybook::runtime {

CallStatistics& CallStatistics::Process() {
  static auto* const statistics = new CallStatistics;  // calls may end while the process does
  return *statistics;
}

void CallStatistics::CountError(std::string_view reason) {
  const absl::MutexLock lock(&mutex_);
  const auto found = errors_.find(reason);
  if (found == errors_.end()) {
    errors_.emplace(reason, 1);
  } else {
    ++found->second;
  }
}

std::map<std::string, std::uint64_t, std::less<>> CallStatistics::errors() const {
  const absl::MutexLock lock(&mutex_);
  return errors_;
}

}  // namespace daybook::runtime
