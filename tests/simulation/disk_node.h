// A file or a directory of the simulated disk: what programs see, what the medium has, and what
// lies between the two. Not thread-safe.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace daybook::simulation {

struct DiskNode;
using DiskNodePtr = std::shared_ptr<DiskNode>;

// A write; without bytes and with `truncates`, a new size.
struct FileChange {
  std::uint64_t offset = 0;
  std::string bytes;
  bool truncates = false;
};

struct DirectoryChange {
  std::string remove;  // name, may be empty
  std::string add;     // name, may be empty
  DiskNodePtr node;
};

// A number below `end`, which is not 0.
using Chance = std::function<std::uint64_t(std::uint64_t end)>;

struct DiskNode {
  bool is_directory = false;
  // A file: as programs see it, as the medium has it, and what was written since.
  std::string content;
  std::string durable;
  std::vector<FileChange> unsynced;
  // A directory: the same.
  std::map<std::string, DiskNodePtr> entries;
  std::map<std::string, DiskNodePtr> durable_entries;
  std::vector<DirectoryChange> changes;

  // Seen by programs from now on, durable with the next Sync.
  void Write(FileChange change);
  void Enter(DirectoryChange change);
  // All of it is on the medium.
  void Sync();
  // A sync of a file failed, or the power went: some of what was written is on the medium, and
  // nothing waits to be. See the .cc for which parts.
  void KeepSome(const Chance& chance);
};

// Null where there is none. `path` is absolute.
DiskNodePtr FindNode(const DiskNodePtr& root, const std::string& path);
// Bytes of all files that have a name.
std::uint64_t BytesUnder(const DiskNodePtr& root);
// Nodes with several names stay one; nodes that only the durable state names are copied, too.
DiskNodePtr CopyTree(const DiskNodePtr& root);
// The power goes and comes back: what programs see is what the medium has.
void LosePower(const DiskNodePtr& root, const Chance& chance);
// Everything that programs see is on the medium.
void MakeDurable(const DiskNodePtr& root);

}  // namespace daybook::simulation
