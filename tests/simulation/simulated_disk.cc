#include "tests/simulation/simulated_disk.h"

#include <algorithm>

namespace daybook::simulation {
namespace {

constexpr std::uint64_t kSectorBytes = 512;

std::string_view BaseName(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

std::string_view KindOfName(std::string_view path) {
  const std::string_view name = BaseName(path);
  if (path.find("/journal") != std::string_view::npos) return "journal";
  if (name.starts_with("IDENTITY") || name == "LOCK") return "identity";
  if (name.ends_with(".sst")) return "table";
  if (name.starts_with("MANIFEST")) return "manifest";
  if (name.starts_with("CURRENT") || name.ends_with(".dbtmp")) return "current";
  if (name.starts_with("OPTIONS")) return "options";
  if (name.ends_with(".log")) return "wal";
  if (name.find('.') == std::string_view::npos) return "directory";
  return "other";
}

}  // namespace

std::string_view NameOf(DiskOperation operation) {
  static constexpr std::string_view kNames[] = {"open", "create", "read",  "write",
                                                "sync", "rename", "remove"};
  return kNames[static_cast<std::size_t>(operation)];
}

std::string ClassOf(std::string_view path) {
  const bool views = path.find("/views") != std::string_view::npos;
  return std::string(views ? "views/" : "log/") + std::string(KindOfName(path));
}

struct SimulatedDisk::Node {
  bool is_directory = false;
  // A file: what programs see, what the medium has, and what lies between.
  std::string content;
  std::string durable;
  std::vector<Unsynced> unsynced;
  // A directory: the same.
  std::map<std::string, NodePtr> entries;
  std::map<std::string, NodePtr> durable_entries;
  std::vector<DirectoryChange> changes;
};

struct SimulatedDisk::Handle {
  NodePtr node;
  std::string path;
  std::uint64_t epoch;
};

SimulatedDisk::SimulatedDisk(std::uint64_t seed) : random_(seed), root_(std::make_shared<Node>()) {
  root_->is_directory = true;
}

std::uint64_t SimulatedDisk::Below(std::uint64_t end) { return random_() % end; }

DiskError SimulatedDisk::Fault(DiskOperation operation, const std::string& path) {
  if (off_in_ && (*off_in_)-- == 0) {
    off_in_.reset();
    SwitchOff();
  }
  if (image_) return DiskError::kNone;  // a ghost
  const std::string file_class = ClassOf(path);
  ++counts_[{file_class, operation}];
  if (!armed_ || armed_->point.operation != operation || armed_->point.file_class != file_class) {
    return DiskError::kNone;
  }
  const std::uint64_t n = armed_->seen++;
  const bool now = armed_->from_then_on ? n >= armed_->point.n : n == armed_->point.n;
  if (!now) return DiskError::kNone;
  armed_->failed = true;
  return armed_->error;
}

SimulatedDisk::NodePtr SimulatedDisk::Find(const std::string& path) {
  NodePtr node = root_;
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

std::pair<SimulatedDisk::NodePtr, std::string> SimulatedDisk::Parent(const std::string& path) {
  std::string trimmed = path;
  while (trimmed.size() > 1 && trimmed.back() == '/') trimmed.pop_back();
  const std::size_t slash = trimmed.rfind('/');
  NodePtr parent = Find(trimmed.substr(0, slash));
  if (parent && !parent->is_directory) parent = nullptr;
  return {parent, trimmed.substr(slash + 1)};
}

void SimulatedDisk::Change(Node& directory, DirectoryChange change, bool durable) {
  auto& entries = durable ? directory.durable_entries : directory.entries;
  if (!change.remove.empty()) entries.erase(change.remove);
  if (!change.add.empty()) entries[change.add] = change.node;
  if (!durable) directory.changes.push_back(std::move(change));
}

void SimulatedDisk::Put(std::string& content, const Unsynced& change) {
  if (change.truncates) {
    content.resize(change.offset);
    return;
  }
  if (content.size() < change.offset + change.bytes.size()) {
    content.resize(change.offset + change.bytes.size());
  }
  content.replace(change.offset, change.bytes.size(), change.bytes);
}

DiskError SimulatedDisk::Open(const std::string& path, bool create, bool truncate,
                              HandlePtr& handle) {
  const absl::MutexLock lock(&mutex_);
  NodePtr node = Find(path);
  const DiskOperation operation = node ? DiskOperation::kOpen : DiskOperation::kCreate;
  if (DiskError error = Fault(operation, path); error != DiskError::kNone) return error;
  if (node && node->is_directory) return DiskError::kInputOutput;
  if (!node) {
    if (!create) return DiskError::kNotFound;
    const auto [parent, name] = Parent(path);
    if (!parent) return DiskError::kNotFound;
    node = std::make_shared<Node>();
    Change(*parent, {.remove = "", .add = name, .node = node}, false);
  } else if (truncate) {
    used_ -= node->content.size();
    node->unsynced.push_back({.offset = 0, .bytes = "", .truncates = true});
    Put(node->content, node->unsynced.back());
  }
  handle = std::make_shared<Handle>(Handle{.node = node, .path = path, .epoch = epoch_});
  return DiskError::kNone;
}

DiskError SimulatedDisk::Read(const Handle& handle, std::uint64_t offset, std::size_t n,
                              std::string& bytes) {
  const absl::MutexLock lock(&mutex_);
  if (handle.epoch != epoch_) return DiskError::kInputOutput;
  if (DiskError error = Fault(DiskOperation::kRead, handle.path); error != DiskError::kNone) {
    return error;
  }
  const std::string& content = handle.node->content;
  bytes = offset >= content.size() ? "" : content.substr(offset, n);
  return DiskError::kNone;
}

DiskError SimulatedDisk::WriteLocked(Handle& handle, std::uint64_t offset, std::string_view bytes) {
  if (handle.epoch != epoch_) return DiskError::kInputOutput;
  DiskError error = Fault(DiskOperation::kWrite, handle.path);
  Node& node = *handle.node;
  const std::uint64_t end = offset + bytes.size();
  const std::uint64_t growth = end > node.content.size() ? end - node.content.size() : 0;
  if (error == DiskError::kNone && growth > 0 && used_ + growth > capacity_) {
    error = DiskError::kNoSpace;
  }
  // A write that fails may have begun.
  if (error != DiskError::kNone) bytes = bytes.substr(0, growth > 0 ? 0 : Below(bytes.size() + 1));
  if (!bytes.empty()) {
    const std::size_t before = node.content.size();
    node.unsynced.push_back({.offset = offset, .bytes = std::string(bytes), .truncates = false});
    Put(node.content, node.unsynced.back());
    used_ += node.content.size() - before;
  }
  return error;
}

DiskError SimulatedDisk::Write(Handle& handle, std::uint64_t offset, std::string_view bytes) {
  const absl::MutexLock lock(&mutex_);
  return WriteLocked(handle, offset, bytes);
}

DiskError SimulatedDisk::Append(Handle& handle, std::string_view bytes) {
  const absl::MutexLock lock(&mutex_);
  return WriteLocked(handle, handle.node->content.size(), bytes);
}

DiskError SimulatedDisk::Truncate(Handle& handle, std::uint64_t size) {
  const absl::MutexLock lock(&mutex_);
  if (handle.epoch != epoch_) return DiskError::kInputOutput;
  if (DiskError error = Fault(DiskOperation::kWrite, handle.path); error != DiskError::kNone) {
    return error;
  }
  Node& node = *handle.node;
  used_ = used_ - node.content.size() + size;
  node.unsynced.push_back({.offset = size, .bytes = "", .truncates = true});
  Put(node.content, node.unsynced.back());
  return DiskError::kNone;
}

// Of what was not synced, any part may be on the medium; but a file never has a size that its bytes
// do not fill: it grows by what was appended, in order, as on ext4 (data=ordered) and XFS.
void SimulatedDisk::KeepSome(Node& file) {
  bool grows = true;
  for (Unsynced& change : file.unsynced) {
    const std::uint64_t choice = Below(4);
    const bool appends =
        !change.truncates && change.offset + change.bytes.size() > file.durable.size();
    if (appends && !grows) continue;
    if (choice == 0) {  // lost
      grows = grows && !appends;
      continue;
    }
    if (choice == 1 || change.truncates) {
      Put(file.durable, change);
      continue;
    }
    if (appends) grows = false;
    if (choice == 2 || appends) {  // torn at some byte
      change.bytes.resize(Below(change.bytes.size() + 1));
      Put(file.durable, change);
      continue;
    }
    // Some of its sectors.
    for (std::uint64_t at = 0; at < change.bytes.size(); at += kSectorBytes) {
      if (Below(2) == 0) continue;
      Put(file.durable, {.offset = change.offset + at,
                         .bytes = change.bytes.substr(at, kSectorBytes),
                         .truncates = false});
    }
  }
  file.unsynced.clear();
}

DiskError SimulatedDisk::Sync(Handle& handle) {
  const absl::MutexLock lock(&mutex_);
  if (handle.epoch != epoch_) return DiskError::kInputOutput;
  Node& node = *handle.node;
  const DiskError error = Fault(DiskOperation::kSync, handle.path);
  if (error != DiskError::kNone) {
    // As kernels do: the pages count as clean afterwards, the next sync says OK without them.
    KeepSome(node);
    return error;
  }
  for (const Unsynced& change : node.unsynced) Put(node.durable, change);
  node.unsynced.clear();
  return DiskError::kNone;
}

std::uint64_t SimulatedDisk::SizeOf(const Handle& handle) {
  const absl::MutexLock lock(&mutex_);
  return handle.node->content.size();
}

DiskError SimulatedDisk::SyncDirectory(const std::string& path) {
  const absl::MutexLock lock(&mutex_);
  const NodePtr node = Find(path);
  if (!node || !node->is_directory) return DiskError::kNotFound;
  if (DiskError error = Fault(DiskOperation::kSync, path); error != DiskError::kNone) return error;
  for (DirectoryChange& change : node->changes) Change(*node, std::move(change), true);
  node->changes.clear();
  return DiskError::kNone;
}

DiskError SimulatedDisk::MakeDirectory(const std::string& path, bool may_exist) {
  const absl::MutexLock lock(&mutex_);
  if (const NodePtr node = Find(path)) {
    return may_exist && node->is_directory ? DiskError::kNone : DiskError::kExists;
  }
  if (DiskError error = Fault(DiskOperation::kCreate, path); error != DiskError::kNone) {
    return error;
  }
  const auto [parent, name] = Parent(path);
  if (!parent) return DiskError::kNotFound;
  auto made = std::make_shared<Node>();
  made->is_directory = true;
  Change(*parent, {.remove = "", .add = name, .node = std::move(made)}, false);
  return DiskError::kNone;
}

DiskError SimulatedDisk::RemoveDirectory(const std::string& path) {
  const absl::MutexLock lock(&mutex_);
  const NodePtr node = Find(path);
  if (!node || !node->is_directory) return DiskError::kNotFound;
  if (!node->entries.empty()) return DiskError::kExists;
  if (DiskError error = Fault(DiskOperation::kRemove, path); error != DiskError::kNone) {
    return error;
  }
  const auto [parent, name] = Parent(path);
  Change(*parent, {.remove = name, .add = "", .node = nullptr}, false);
  return DiskError::kNone;
}

DiskError SimulatedDisk::Remove(const std::string& path) {
  const absl::MutexLock lock(&mutex_);
  const NodePtr node = Find(path);
  if (!node || node->is_directory) return DiskError::kNotFound;
  if (DiskError error = Fault(DiskOperation::kRemove, path); error != DiskError::kNone) {
    return error;
  }
  const auto [parent, name] = Parent(path);
  Change(*parent, {.remove = name, .add = "", .node = nullptr}, false);
  used_ = Used();
  return DiskError::kNone;
}

DiskError SimulatedDisk::Rename(const std::string& from, const std::string& to) {
  const absl::MutexLock lock(&mutex_);
  const NodePtr node = Find(from);
  if (!node) return DiskError::kNotFound;
  if (DiskError error = Fault(DiskOperation::kRename, to); error != DiskError::kNone) return error;
  const auto [source, old_name] = Parent(from);
  const auto [target, new_name] = Parent(to);
  if (!target) return DiskError::kNotFound;
  if (source == target) {
    Change(*target, {.remove = old_name, .add = new_name, .node = node}, false);
  } else {
    Change(*target, {.remove = "", .add = new_name, .node = node}, false);
    Change(*source, {.remove = old_name, .add = "", .node = nullptr}, false);
  }
  used_ = Used();
  return DiskError::kNone;
}

DiskError SimulatedDisk::Link(const std::string& from, const std::string& to) {
  const absl::MutexLock lock(&mutex_);
  const NodePtr node = Find(from);
  if (!node) return DiskError::kNotFound;
  if (DiskError error = Fault(DiskOperation::kCreate, to); error != DiskError::kNone) return error;
  const auto [target, name] = Parent(to);
  if (!target) return DiskError::kNotFound;
  Change(*target, {.remove = "", .add = name, .node = node}, false);
  return DiskError::kNone;
}

DiskError SimulatedDisk::List(const std::string& path, std::vector<std::string>& names) {
  const absl::MutexLock lock(&mutex_);
  const NodePtr node = Find(path);
  if (!node || !node->is_directory) return DiskError::kNotFound;
  names.clear();
  for (const auto& [name, child] : node->entries) names.push_back(name);
  return DiskError::kNone;
}

SimulatedDisk::Kind SimulatedDisk::KindOf(const std::string& path) {
  const absl::MutexLock lock(&mutex_);
  const NodePtr node = Find(path);
  if (!node) return Kind::kNone;
  return node->is_directory ? Kind::kDirectory : Kind::kFile;
}

DiskError SimulatedDisk::Size(const std::string& path, std::uint64_t& size) {
  const absl::MutexLock lock(&mutex_);
  const NodePtr node = Find(path);
  if (!node) return DiskError::kNotFound;
  size = node->content.size();
  return DiskError::kNone;
}

DiskError SimulatedDisk::Lock(const std::string& path) {
  const absl::MutexLock lock(&mutex_);
  if (DiskError error = Fault(DiskOperation::kOpen, path); error != DiskError::kNone) return error;
  if (!locks_.insert(path).second) return DiskError::kLocked;
  return DiskError::kNone;
}

void SimulatedDisk::Unlock(const std::string& path) {
  const absl::MutexLock lock(&mutex_);
  locks_.erase(path);
}

std::uint64_t SimulatedDisk::FreeBytes() {
  const absl::MutexLock lock(&mutex_);
  return capacity_ > used_ ? capacity_ - used_ : 0;
}

std::uint64_t SimulatedDisk::Used() {
  std::uint64_t sum = 0;
  std::set<Node*> seen;
  std::vector<Node*> left = {root_.get()};
  while (!left.empty()) {
    Node* node = left.back();
    left.pop_back();
    if (!seen.insert(node).second) continue;
    sum += node->content.size();
    for (const auto& [name, child] : node->entries) left.push_back(child.get());
  }
  return sum;
}

void SimulatedDisk::FailAt(FaultPoint point, DiskError error, bool from_then_on) {
  const absl::MutexLock lock(&mutex_);
  armed_ = Armed{.point = std::move(point), .error = error, .from_then_on = from_then_on};
}

void SimulatedDisk::SetCapacity(std::uint64_t bytes) {
  const absl::MutexLock lock(&mutex_);
  used_ = Used();
  capacity_ = bytes;
}

std::uint64_t SimulatedDisk::UsedBytes() {
  const absl::MutexLock lock(&mutex_);
  return Used();
}

void SimulatedDisk::Heal() {
  const absl::MutexLock lock(&mutex_);
  armed_.reset();
  capacity_ = UINT64_MAX;
}

bool SimulatedDisk::failed() const {
  const absl::MutexLock lock(&mutex_);
  return armed_ && armed_->failed;
}

std::map<std::pair<std::string, DiskOperation>, std::uint64_t> SimulatedDisk::counts() const {
  const absl::MutexLock lock(&mutex_);
  return counts_;
}

void SimulatedDisk::Recount() {
  const absl::MutexLock lock(&mutex_);
  counts_.clear();
}

// Nodes with several names stay one; nodes that only the durable state names are copied, too.
SimulatedDisk::NodePtr SimulatedDisk::CopyOf(const NodePtr& node,
                                             std::map<Node*, NodePtr>& copies) {
  if (!node) return nullptr;
  NodePtr& made = copies[node.get()];
  if (made) return made;
  made = std::make_shared<Node>(*node);
  const NodePtr result = made;  // the map may move it
  for (auto* entries : {&result->entries, &result->durable_entries}) {
    for (auto& [name, child] : *entries) child = CopyOf(child, copies);
  }
  for (DirectoryChange& change : result->changes) change.node = CopyOf(change.node, copies);
  return result;
}

void SimulatedDisk::SwitchOff() {
  if (image_) return;
  std::map<Node*, NodePtr> copies;
  image_ = CopyOf(root_, copies);
}

void SimulatedDisk::PowerOff() {
  const absl::MutexLock lock(&mutex_);
  SwitchOff();
}

bool SimulatedDisk::is_off() const {
  const absl::MutexLock lock(&mutex_);
  return image_ != nullptr;
}

void SimulatedDisk::PowerOffAfter(std::uint64_t operations) {
  const absl::MutexLock lock(&mutex_);
  off_in_ = operations;
}

void SimulatedDisk::PowerOn() {
  const absl::MutexLock lock(&mutex_);
  if (image_) root_ = std::exchange(image_, nullptr);
  std::set<Node*> seen;
  Lose(root_, seen);
  locks_.clear();
  armed_.reset();
  off_in_.reset();
  ++epoch_;
  used_ = Used();
}

void SimulatedDisk::Lose(const NodePtr& node, std::set<Node*>& seen) {
  if (!seen.insert(node.get()).second) return;
  if (!node->is_directory) {
    KeepSome(*node);
    node->content = node->durable;
    return;
  }
  // Some first changes of the directory, in their order.
  const std::uint64_t kept = Below(node->changes.size() + 1);
  for (std::uint64_t i = 0; i < kept; ++i) Change(*node, std::move(node->changes[i]), true);
  node->changes.clear();
  node->entries = node->durable_entries;
  for (const auto& [name, child] : node->entries) Lose(child, seen);
}

std::map<std::string, std::uint64_t> SimulatedDisk::FilesUnder(const std::string& directory) {
  const absl::MutexLock lock(&mutex_);
  std::map<std::string, std::uint64_t> files;
  std::vector<std::pair<std::string, NodePtr>> left = {{directory, Find(directory)}};
  while (!left.empty()) {
    const auto [path, node] = left.back();
    left.pop_back();
    if (!node) continue;
    if (!node->is_directory) files[path] = node->content.size();
    for (const auto& [name, child] : node->entries) {
      std::string child_path = path;
      left.emplace_back(child_path.append("/").append(name), child);
    }
  }
  return files;
}

void SimulatedDisk::Flip(const std::string& path, std::uint64_t offset, int bit) {
  const absl::MutexLock lock(&mutex_);
  const NodePtr node = Find(path);
  for (std::string* bytes : {&node->content, &node->durable}) {
    if (offset < bytes->size()) {
      (*bytes)[offset] = static_cast<char>((*bytes)[offset] ^ (1 << bit));
    }
  }
}

void SimulatedDisk::Erase(const std::string& path) {
  const absl::MutexLock lock(&mutex_);
  const auto [parent, name] = Parent(path);
  parent->entries.erase(name);
  parent->durable_entries.erase(name);
}

std::unique_ptr<SimulatedDisk> SimulatedDisk::Copy(std::uint64_t seed) {
  const absl::MutexLock lock(&mutex_);
  auto copy = std::make_unique<SimulatedDisk>(seed);
  const absl::MutexLock copy_lock(&copy->mutex_);
  std::map<Node*, NodePtr> copies;
  copy->root_ = CopyOf(root_, copies);
  for (const auto& [from, made] : copies) {
    made->durable = made->content;
    made->unsynced.clear();
    made->durable_entries = made->entries;
    made->changes.clear();
  }
  copy->used_ = copy->Used();
  return copy;
}

}  // namespace daybook::simulation
