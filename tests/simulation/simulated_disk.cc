#include "tests/simulation/simulated_disk.h"

#include <algorithm>

namespace daybook::simulation {
struct SimulatedDisk::Handle {
  DiskNodePtr node;
  std::string path;
  std::uint64_t epoch;
};

SimulatedDisk::SimulatedDisk(std::uint64_t seed)
    : random_(seed), root_(std::make_shared<DiskNode>()) {
  root_->is_directory = true;
}

Chance SimulatedDisk::Dice() {
  return [this](std::uint64_t end) {
    mutex_.AssertHeld();  // what is thrown within one operation
    return random_() % end;
  };
}

DiskError SimulatedDisk::Fault(DiskOperation operation, const std::string& path) {
  if (off_in_ && (*off_in_)-- == 0) {
    off_in_.reset();
    SwitchOff();
  }
  if (image_) return DiskError::kNone;  // a ghost
  return faults_.On(operation, path);
}

std::pair<DiskNodePtr, std::string> SimulatedDisk::Parent(const std::string& path) const {
  std::string trimmed = path;
  while (trimmed.size() > 1 && trimmed.back() == '/') trimmed.pop_back();
  const std::size_t slash = trimmed.rfind('/');
  DiskNodePtr parent = Find(trimmed.substr(0, slash));
  if (parent && !parent->is_directory) parent = nullptr;
  return {parent, trimmed.substr(slash + 1)};
}

DiskError SimulatedDisk::Open(const std::string& path, bool create, bool truncate,
                              HandlePtr& handle) {
  const absl::MutexLock lock(&mutex_);
  DiskNodePtr node = Find(path);
  const DiskOperation operation = node ? DiskOperation::kOpen : DiskOperation::kCreate;
  if (DiskError error = Fault(operation, path); error != DiskError::kNone) return error;
  if (node && node->is_directory) return DiskError::kInputOutput;
  if (!node) {
    if (!create) return DiskError::kNotFound;
    const auto [parent, name] = Parent(path);
    if (!parent) return DiskError::kNotFound;
    node = std::make_shared<DiskNode>();
    parent->Enter({.remove = "", .add = name, .node = node});
  } else if (truncate) {
    used_ -= node->content.size();
    node->Write({.offset = 0, .bytes = "", .truncates = true});
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
  DiskNode& node = *handle.node;
  const std::uint64_t end = offset + bytes.size();
  const std::uint64_t growth = end > node.content.size() ? end - node.content.size() : 0;
  if (error == DiskError::kNone && growth > 0 && used_ + growth > capacity_) {
    error = DiskError::kNoSpace;
  }
  // A write that fails may have begun.
  if (error != DiskError::kNone) bytes = bytes.substr(0, growth > 0 ? 0 : Dice()(bytes.size() + 1));
  if (!bytes.empty()) {
    const std::size_t before = node.content.size();
    node.Write({.offset = offset, .bytes = std::string(bytes), .truncates = false});
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
  DiskNode& node = *handle.node;
  used_ = used_ - node.content.size() + size;
  node.Write({.offset = size, .bytes = "", .truncates = true});
  return DiskError::kNone;
}

DiskError SimulatedDisk::Sync(Handle& handle) {
  const absl::MutexLock lock(&mutex_);
  if (handle.epoch != epoch_) return DiskError::kInputOutput;
  DiskNode& node = *handle.node;
  const DiskError error = Fault(DiskOperation::kSync, handle.path);
  if (error != DiskError::kNone) {
    // As kernels do: the pages count as clean afterwards, the next sync says OK without them.
    node.KeepSome(Dice());
    return error;
  }
  node.Sync();
  return DiskError::kNone;
}

std::uint64_t SimulatedDisk::SizeOf(const Handle& handle) {
  const absl::MutexLock lock(&mutex_);
  return handle.node->content.size();
}

DiskError SimulatedDisk::SyncDirectory(const std::string& path) {
  const absl::MutexLock lock(&mutex_);
  const DiskNodePtr node = Find(path);
  if (!node || !node->is_directory) return DiskError::kNotFound;
  if (DiskError error = Fault(DiskOperation::kSync, path); error != DiskError::kNone) return error;
  node->Sync();
  return DiskError::kNone;
}

DiskError SimulatedDisk::MakeDirectory(const std::string& path, bool may_exist) {
  const absl::MutexLock lock(&mutex_);
  if (const DiskNodePtr node = Find(path)) {
    return may_exist && node->is_directory ? DiskError::kNone : DiskError::kExists;
  }
  if (DiskError error = Fault(DiskOperation::kCreate, path); error != DiskError::kNone) {
    return error;
  }
  const auto [parent, name] = Parent(path);
  if (!parent) return DiskError::kNotFound;
  auto made = std::make_shared<DiskNode>();
  made->is_directory = true;
  parent->Enter({.remove = "", .add = name, .node = std::move(made)});
  return DiskError::kNone;
}

DiskError SimulatedDisk::RemoveDirectory(const std::string& path) {
  const absl::MutexLock lock(&mutex_);
  const DiskNodePtr node = Find(path);
  if (!node || !node->is_directory) return DiskError::kNotFound;
  if (!node->entries.empty()) return DiskError::kExists;
  if (DiskError error = Fault(DiskOperation::kRemove, path); error != DiskError::kNone) {
    return error;
  }
  const auto [parent, name] = Parent(path);
  parent->Enter({.remove = name, .add = "", .node = nullptr});
  return DiskError::kNone;
}

DiskError SimulatedDisk::Remove(const std::string& path) {
  const absl::MutexLock lock(&mutex_);
  const DiskNodePtr node = Find(path);
  if (!node || node->is_directory) return DiskError::kNotFound;
  if (DiskError error = Fault(DiskOperation::kRemove, path); error != DiskError::kNone) {
    return error;
  }
  const auto [parent, name] = Parent(path);
  parent->Enter({.remove = name, .add = "", .node = nullptr});
  used_ = BytesUnder(root_);
  return DiskError::kNone;
}

DiskError SimulatedDisk::Rename(const std::string& from, const std::string& to) {
  const absl::MutexLock lock(&mutex_);
  const DiskNodePtr node = Find(from);
  if (!node) return DiskError::kNotFound;
  if (DiskError error = Fault(DiskOperation::kRename, to); error != DiskError::kNone) return error;
  const auto [source, old_name] = Parent(from);
  const auto [target, new_name] = Parent(to);
  if (!target) return DiskError::kNotFound;
  if (source == target) {
    target->Enter({.remove = old_name, .add = new_name, .node = node});
  } else {
    target->Enter({.remove = "", .add = new_name, .node = node});
    source->Enter({.remove = old_name, .add = "", .node = nullptr});
  }
  used_ = BytesUnder(root_);
  return DiskError::kNone;
}

DiskError SimulatedDisk::Link(const std::string& from, const std::string& to) {
  const absl::MutexLock lock(&mutex_);
  const DiskNodePtr node = Find(from);
  if (!node) return DiskError::kNotFound;
  if (DiskError error = Fault(DiskOperation::kCreate, to); error != DiskError::kNone) return error;
  const auto [target, name] = Parent(to);
  if (!target) return DiskError::kNotFound;
  target->Enter({.remove = "", .add = name, .node = node});
  return DiskError::kNone;
}

DiskError SimulatedDisk::List(const std::string& path, std::vector<std::string>& names) {
  const absl::MutexLock lock(&mutex_);
  const DiskNodePtr node = Find(path);
  if (!node || !node->is_directory) return DiskError::kNotFound;
  names.clear();
  for (const auto& [name, child] : node->entries) names.push_back(name);
  return DiskError::kNone;
}

SimulatedDisk::Kind SimulatedDisk::KindOf(const std::string& path) {
  const absl::MutexLock lock(&mutex_);
  const DiskNodePtr node = Find(path);
  if (!node) return Kind::kNone;
  return node->is_directory ? Kind::kDirectory : Kind::kFile;
}

DiskError SimulatedDisk::Size(const std::string& path, std::uint64_t& size) {
  const absl::MutexLock lock(&mutex_);
  const DiskNodePtr node = Find(path);
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

void SimulatedDisk::FailAt(FaultPoint point, DiskError error, bool from_then_on) {
  const absl::MutexLock lock(&mutex_);
  faults_.Arm(std::move(point), error, from_then_on);
}

void SimulatedDisk::SetCapacity(std::uint64_t bytes) {
  const absl::MutexLock lock(&mutex_);
  used_ = BytesUnder(root_);
  capacity_ = bytes;
}

std::uint64_t SimulatedDisk::UsedBytes() {
  const absl::MutexLock lock(&mutex_);
  return BytesUnder(root_);
}

void SimulatedDisk::Heal() {
  const absl::MutexLock lock(&mutex_);
  faults_.Disarm();
  capacity_ = UINT64_MAX;
}

bool SimulatedDisk::failed() const {
  const absl::MutexLock lock(&mutex_);
  return faults_.has_failed();
}

DiskFaults::Counts SimulatedDisk::counts() const {
  const absl::MutexLock lock(&mutex_);
  return faults_.counts();
}

void SimulatedDisk::Recount() {
  const absl::MutexLock lock(&mutex_);
  faults_.Recount();
}

void SimulatedDisk::SwitchOff() {
  if (!image_) image_ = CopyTree(root_);
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
  LosePower(root_, Dice());
  locks_.clear();
  faults_.Disarm();
  off_in_.reset();
  ++epoch_;
  used_ = BytesUnder(root_);
}

std::map<std::string, std::uint64_t> SimulatedDisk::FilesUnder(const std::string& directory) {
  const absl::MutexLock lock(&mutex_);
  std::map<std::string, std::uint64_t> files;
  std::vector<std::pair<std::string, DiskNodePtr>> left = {{directory, Find(directory)}};
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
  const DiskNodePtr node = Find(path);
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
  DiskNodePtr root;
  {
    const absl::MutexLock lock(&mutex_);
    root = CopyTree(root_);
  }
  auto copy = std::make_unique<SimulatedDisk>(seed);
  // Never two disks' locks at once: they have no order.
  const absl::MutexLock copy_lock(&copy->mutex_);
  copy->root_ = std::move(root);
  MakeDurable(copy->root_);
  copy->used_ = BytesUnder(copy->root_);
  return copy;
}

}  // namespace daybook::simulation
