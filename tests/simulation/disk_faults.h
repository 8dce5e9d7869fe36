// When an operation of the simulated disk fails, and how often each was done. Not thread-safe.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace daybook::simulation {

enum class DiskOperation : std::uint8_t { kOpen, kCreate, kRead, kWrite, kSync, kRename, kRemove };
std::string_view NameOf(DiskOperation operation);

enum class DiskError : std::uint8_t { kNone, kNotFound, kExists, kInputOutput, kNoSpace, kLocked };

// Where to fail: the n-th (from 0) operation of this kind on files of this class.
struct FaultPoint {
  std::string file_class;  // see ClassOf
  DiskOperation operation = DiskOperation::kWrite;
  std::uint64_t n = 0;
  friend auto operator<=>(const FaultPoint&, const FaultPoint&) = default;
};

// What kind of file a path is: "journal", "identity", "table", "manifest", "current", "options",
// "wal", "directory" or "other", after the room it is in ("log/" or "views/").
std::string ClassOf(std::string_view path);

class DiskFaults {
 public:
  using Counts = std::map<std::pair<std::string, DiskOperation>, std::uint64_t>;

  // Fails one operation, once, or from it on every one of that kind and class until Disarm.
  void Arm(FaultPoint point, DiskError error, bool from_then_on);
  void Disarm() { armed_.reset(); }
  // Counts the operation; the error that it is to end with.
  DiskError On(DiskOperation operation, std::string_view path);

  bool has_failed() const { return armed_ && armed_->has_failed; }
  const Counts& counts() const { return counts_; }
  void Recount() { counts_.clear(); }

 private:
  struct Armed {
    FaultPoint point;
    DiskError error;
    bool from_then_on;
    std::uint64_t seen = 0;
    bool has_failed = false;
  };
  std::optional<Armed> armed_;
  Counts counts_;
};

}  // namespace daybook::simulation
