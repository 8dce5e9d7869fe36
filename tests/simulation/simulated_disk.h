// A disk in memory that behaves as badly as a real one may: it loses what was not synced, tears
// what was being written, keeps nothing of a sync that failed, runs full, and returns an error at
// any operation it is told to.
//
// What counts as durable is strict: bytes of a file once it was synced, a name in a directory once
// the directory was synced. Directory changes that were not synced survive in their order, some
// prefix of them; writes that were not synced survive in any order, by sectors.
//
// Thread-safe. simulated_file_system.h puts RocksDB's interface on it.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "tests/simulation/disk_faults.h"
#include "tests/simulation/disk_node.h"

namespace daybook::simulation {

class SimulatedDisk {
 public:
  explicit SimulatedDisk(std::uint64_t seed);

  // A file, open. Becomes useless when the power goes.
  struct Handle;
  using HandlePtr = std::shared_ptr<Handle>;

  // --- what a program does; paths are absolute, parents must exist ---
  DiskError Open(const std::string& path, bool create, bool truncate, HandlePtr& handle);
  DiskError Read(const Handle& handle, std::uint64_t offset, std::size_t n, std::string& bytes);
  DiskError Write(Handle& handle, std::uint64_t offset, std::string_view bytes);
  DiskError Append(Handle& handle, std::string_view bytes);
  DiskError Truncate(Handle& handle, std::uint64_t size);
  DiskError Sync(Handle& handle);
  std::uint64_t SizeOf(const Handle& handle);
  DiskError SyncDirectory(const std::string& path);
  DiskError MakeDirectory(const std::string& path, bool may_exist);
  DiskError RemoveDirectory(const std::string& path);
  DiskError Remove(const std::string& path);
  DiskError Rename(const std::string& from, const std::string& to);
  DiskError Link(const std::string& from, const std::string& to);
  DiskError List(const std::string& path, std::vector<std::string>& names);
  enum class Kind : std::uint8_t { kNone, kFile, kDirectory };
  Kind KindOf(const std::string& path);
  DiskError Size(const std::string& path, std::uint64_t& size);
  DiskError Lock(const std::string& path);
  void Unlock(const std::string& path);
  std::uint64_t FreeBytes();

  // --- what a test does ---
  // Fails one operation, once, or from it on every one of that kind and class until Heal.
  void FailAt(FaultPoint point, DiskError error, bool from_then_on);
  // Bytes that fit; writes beyond get NoSpace. The default is without end.
  void SetCapacity(std::uint64_t bytes);
  std::uint64_t UsedBytes();
  // No fault any more, no limit.
  void Heal();
  // Whether the fault of FailAt has happened.
  bool failed() const;
  // How often each kind of operation was done on each class, since the disk was made or Recount.
  DiskFaults::Counts counts() const;
  void Recount();

  // From now on nothing that the program does is on the disk: it goes on as a ghost, and sees what
  // it does.
  void PowerOff();
  bool is_off() const;
  // The same, before the operation after that many more.
  void PowerOffAfter(std::uint64_t operations);
  // Applies what the loss of power leaves, forgets handles and locks, works again.
  void PowerOn();

  // All files, with their sizes.
  std::map<std::string, std::uint64_t> FilesUnder(const std::string& directory);
  // Damage at rest, in the cache and on the medium.
  void Flip(const std::string& path, std::uint64_t offset, int bit);
  void Erase(const std::string& path);
  // A copy of everything, as it is in the cache, with all of it durable.
  std::unique_ptr<SimulatedDisk> Copy(std::uint64_t seed);

 private:
  DiskError Fault(DiskOperation operation, const std::string& path)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  DiskNodePtr Find(const std::string& path) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return FindNode(root_, path);
  }
  std::pair<DiskNodePtr, std::string> Parent(const std::string& path) const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  DiskError WriteLocked(Handle& handle, std::uint64_t offset, std::string_view bytes)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void SwitchOff() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  Chance Dice() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  mutable absl::Mutex mutex_;
  std::mt19937_64 random_ ABSL_GUARDED_BY(mutex_);
  DiskNodePtr root_ ABSL_GUARDED_BY(mutex_);
  std::set<std::string> locks_ ABSL_GUARDED_BY(mutex_);
  std::uint64_t epoch_ ABSL_GUARDED_BY(mutex_) = 0;
  DiskNodePtr image_ ABSL_GUARDED_BY(mutex_);  // as it was when the power went; null before
  std::optional<std::uint64_t> off_in_ ABSL_GUARDED_BY(mutex_);
  std::uint64_t used_ ABSL_GUARDED_BY(mutex_) = 0;
  std::uint64_t capacity_ ABSL_GUARDED_BY(mutex_) = UINT64_MAX;
  DiskFaults faults_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace daybook::simulation
