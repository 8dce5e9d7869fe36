// How long the streams are that are asked for again and again: registers, plans, whatever many
// commands look at. In memory, so that asking costs no look-up in RocksDB.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

namespace daybook::eventstore::rocks {

// Thread-safe. Of a stream it either knows what RocksDB holds, or nothing.
class StreamHeads {
 public:
  // Number of events in the stream, as of everything applied; nullopt when it is not known here.
  std::optional<std::uint64_t> Find(std::string_view stream) const {
    const absl::ReaderMutexLock lock(&mutex_);
    const auto it = counts_.find(stream);
    return it == counts_.end() ? std::nullopt : std::optional(it->second);
  }

  // A look into RocksDB between Begin and Keep is kept, unless something was applied meanwhile.
  std::uint64_t Begin() const {
    const absl::ReaderMutexLock lock(&mutex_);
    return generation_;
  }
  void Keep(std::string_view stream, std::uint64_t count, std::uint64_t begun) {
    const absl::MutexLock lock(&mutex_);
    if (begun != generation_) return;
    if (counts_.size() >= kStreamsMax) counts_.clear();  // what is asked for comes back
    counts_[std::string(stream)] = count;
  }

  // A group is in RocksDB. `each` is called once with a function that takes a stream of the group
  // and its length after it.
  template <class ForEachStream>
  void Applied(const ForEachStream& each) {
    const absl::MutexLock lock(&mutex_);
    ++generation_;
    if (counts_.empty()) return;
    each([this](std::string_view stream, std::uint64_t count) {
      mutex_.AssertHeld();
      if (const auto it = counts_.find(stream); it != counts_.end()) it->second = count;
    });
  }

  // After something that may have been applied in part.
  void Forget() {
    const absl::MutexLock lock(&mutex_);
    ++generation_;
    counts_.clear();
  }

 private:
  struct Hasher {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>()(text);
    }
  };
  static constexpr std::size_t kStreamsMax = 4096;
  mutable absl::Mutex mutex_;
  std::unordered_map<std::string, std::uint64_t, Hasher, std::equal_to<>> counts_
      ABSL_GUARDED_BY(mutex_);
  std::uint64_t generation_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace daybook::eventstore::rocks
