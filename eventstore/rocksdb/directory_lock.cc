#include "eventstore/rocksdb/directory_lock.h"

#include <string>

#include "eventstore/core/error.h"

namespace daybook::eventstore::rocks {
namespace {

absl::Status Unusable(const std::filesystem::path& directory, std::string_view why) {
  return MakeError(
      absl::StatusCode::kFailedPrecondition,
      "the data directory " + directory.string() + " cannot be used: " + std::string(why),
      {.reason = std::string(reason::kDirectoryUnusable),
       .remedy = "Give a directory on a local disk that this user may write.",
       .fields = {},
       .metadata = {{"directory", directory.string()}}});
}

absl::Status InUse(const std::filesystem::path& directory) {
  return MakeError(
      absl::StatusCode::kFailedPrecondition,
      "another process owns the data directory " + directory.string(),
      {.reason = std::string(reason::kDirectoryInUse),
       .remedy = "Stop the other daybookd or command that uses this directory, or name another "
                 "directory; do not delete its LOCK file.",
       .fields = {},
       .metadata = {{"directory", directory.string()}}});
}

// The file system tells a lock that is held from other errors by its text only.
bool IsHeld(const std::string& text) {
  return text.find("lock hold by current process") != std::string::npos ||
         text.find("Resource temporarily unavailable") != std::string::npos;
}

// The lock file may be there and writable while the directory is not.
absl::Status TryWriting(const Files& files, const std::filesystem::path& directory) {
  const std::filesystem::path probe = directory / "LOCK.probe";
  absl::StatusOr<File> file = files.CreateZeroed(probe, 0);
  if (!file.ok()) {
    // A full disk is no reason to refuse: what is there can be read.
    if (ErrorReason(file.status()) == reason::kDiskFull) return absl::OkStatus();
    return Unusable(directory, Message(file.status()));
  }
  return files.Remove(probe);
}

}  // namespace

void DirectoryLock::Unlock::operator()(rocksdb::FileLock* lock) const {
  system->UnlockFile(lock, rocksdb::IOOptions(), nullptr).PermitUncheckedError();
}

absl::StatusOr<DirectoryLock> DirectoryLock::Acquire(const Files& files,
                                                     const std::filesystem::path& directory) {
  if (absl::Status made = files.MakeDirectories(directory); !made.ok()) {
    return Unusable(directory, Message(made));
  }
  bool is_directory = false;
  const rocksdb::IOOptions options;
  if (!files.system().IsDirectory(directory.string(), options, &is_directory, nullptr).ok() ||
      !is_directory) {
    return Unusable(directory, "it is not a directory");
  }
  rocksdb::FileLock* lock = nullptr;
  const rocksdb::IOStatus status =
      files.system().LockFile((directory / "LOCK").string(), options, &lock, nullptr);
  if (!status.ok()) {
    const std::string text = status.ToString();
    return IsHeld(text) ? InUse(directory) : Unusable(directory, text);
  }
  DirectoryLock held(
      std::unique_ptr<rocksdb::FileLock, Unlock>(lock, Unlock{files.shared_system()}));
  DAYBOOK_RETURN_IF_ERROR(TryWriting(files, directory));
  return held;
}

}  // namespace daybook::eventstore::rocks
