#include "tests/simulation/disk_node.h"

#include <algorithm>
#include <set>
#include <utility>

namespace daybook::simulation {
namespace {

constexpr std::uint64_t kSectorBytes = 512;

void Put(std::string& content, const FileChange& change) {
  if (change.truncates) {
    content.resize(change.offset);
    return;
  }
  if (content.size() < change.offset + change.bytes.size()) {
    content.resize(change.offset + change.bytes.size());
  }
  content.replace(change.offset, change.bytes.size(), change.bytes);
}

void Put(std::map<std::string, DiskNodePtr>& entries, const DirectoryChange& change) {
  if (!change.remove.empty()) entries.erase(change.remove);
  if (!change.add.empty()) entries[change.add] = change.node;
}

void PutSomeSectors(std::string& content, const FileChange& change, const Chance& chance) {
  for (std::uint64_t at = 0; at < change.bytes.size(); at += kSectorBytes) {
    if (chance(2) == 0) continue;
    Put(content, {.offset = change.offset + at,
                  .bytes = change.bytes.substr(at, kSectorBytes),
                  .truncates = false});
  }
}

// Of what was not synced, any part may be on the medium; but a file never has a size that its bytes
// do not fill: it grows by what was appended, in order, as on ext4 (data=ordered) and XFS.
void KeepSomeBytes(DiskNode& file, const Chance& chance) {
  enum : std::uint64_t { kLost, kWhole, kTorn, kSectors, kChoices };
  bool grows = true;
  for (FileChange& change : file.unsynced) {
    const std::uint64_t choice = chance(kChoices);
    const bool appends =
        !change.truncates && change.offset + change.bytes.size() > file.durable.size();
    if (appends && !grows) continue;
    if (choice == kLost) {
      grows = grows && !appends;
    } else if (choice == kWhole || change.truncates) {
      Put(file.durable, change);
    } else if (choice == kTorn || appends) {
      if (appends) grows = false;
      change.bytes.resize(chance(change.bytes.size() + 1));
      Put(file.durable, change);
    } else {
      PutSomeSectors(file.durable, change, chance);
    }
  }
  file.unsynced.clear();
}

// Changes of a directory survive in their order.
void KeepSomeEntries(DiskNode& directory, const Chance& chance) {
  const std::uint64_t kept = chance(directory.changes.size() + 1);
  for (std::uint64_t i = 0; i < kept; ++i) Put(directory.durable_entries, directory.changes[i]);
  directory.changes.clear();
}

// Every node that has a name under `root`, once.
std::vector<DiskNode*> NodesUnder(const DiskNodePtr& root) {
  std::set<DiskNode*> seen;
  std::vector<DiskNode*> nodes;
  std::vector<DiskNode*> left = {root.get()};
  while (!left.empty()) {
    DiskNode* node = left.back();
    left.pop_back();
    if (!seen.insert(node).second) continue;
    nodes.push_back(node);
    for (const auto& [name, child] : node->entries) left.push_back(child.get());
  }
  return nodes;
}

DiskNodePtr CopyOf(const DiskNodePtr& node, std::map<DiskNode*, DiskNodePtr>& copies) {
  if (!node) return nullptr;
  DiskNodePtr& made = copies[node.get()];
  if (made) return made;
  made = std::make_shared<DiskNode>(*node);
  const DiskNodePtr result = made;  // the map may move it
  for (auto* entries : {&result->entries, &result->durable_entries}) {
    for (auto& [name, child] : *entries) child = CopyOf(child, copies);
  }
  for (DirectoryChange& change : result->changes) change.node = CopyOf(change.node, copies);
  return result;
}

void Lose(const DiskNodePtr& node, const Chance& chance, std::set<DiskNode*>& seen) {
  if (!seen.insert(node.get()).second) return;
  node->KeepSome(chance);
  node->content = node->durable;
  node->entries = node->durable_entries;
  for (const auto& [name, child] : node->entries) Lose(child, chance, seen);
}

}  // namespace

void DiskNode::Write(FileChange change) {
  Put(content, change);
  unsynced.push_back(std::move(change));
}

void DiskNode::Enter(DirectoryChange change) {
  Put(entries, change);
  changes.push_back(std::move(change));
}

void DiskNode::Sync() {
  for (const FileChange& change : unsynced) Put(durable, change);
  unsynced.clear();
  for (const DirectoryChange& change : changes) Put(durable_entries, change);
  changes.clear();
}

void DiskNode::KeepSome(const Chance& chance) {
  if (is_directory) {
    KeepSomeEntries(*this, chance);
  } else {
    KeepSomeBytes(*this, chance);
  }
}

DiskNodePtr FindNode(const DiskNodePtr& root, const std::string& path) {
  DiskNodePtr node = root;
  std::size_t at = 0;
  while (node && at < path.size()) {
    if (path[at] == '/') {
      ++at;
      continue;
    }
    const std::size_t end = std::min(path.find('/', at), path.size());
    if (!node->is_directory) return nullptr;
    const auto it = node->entries.find(path.substr(at, end - at));
    node = it == node->entries.end() ? nullptr : it->second;
    at = end;
  }
  return node;
}

std::uint64_t BytesUnder(const DiskNodePtr& root) {
  std::uint64_t sum = 0;
  for (const DiskNode* node : NodesUnder(root)) sum += node->content.size();
  return sum;
}

DiskNodePtr CopyTree(const DiskNodePtr& root) {
  std::map<DiskNode*, DiskNodePtr> copies;
  return CopyOf(root, copies);
}

void LosePower(const DiskNodePtr& root, const Chance& chance) {
  std::set<DiskNode*> seen;
  Lose(root, chance, seen);
}

void MakeDurable(const DiskNodePtr& root) {
  for (DiskNode* node : NodesUnder(root)) {
    node->durable = node->content;
    node->unsynced.clear();
    node->durable_entries = node->entries;
    node->changes.clear();
  }
}

}  // namespace daybook::simulation
