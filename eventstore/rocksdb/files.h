// The few operations on files that durability depends on, with errors that name the file.
//
// Everything goes through the file system of a rocksdb::Env, the one that RocksDB itself is given:
// what stands under the store in a test (lost writes, full disks, failing syncs) stands under all
// of it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "rocksdb/env.h"
#include "rocksdb/file_system.h"

namespace daybook::eventstore::rocks {

// The machine's own. What is made through it, only its owner may read.
rocksdb::Env* LocalEnv();

// UNAVAILABLE, "cannot <what> <path>: <system's words>"; reason DISK_FULL when there is no room.
// FAILED_PRECONDITION, DIRECTORY_UNUSABLE when this user has no right to it, or a file stands where
// a directory should.
absl::Status FileError(std::string_view what, const std::filesystem::path& path,
                       const rocksdb::IOStatus& why);

// A file open for writing anywhere in it. One writer a file; movable.
class File {
 public:
  File() = default;
  File(std::filesystem::path path, std::unique_ptr<rocksdb::FSRandomRWFile> file)
      : path_(std::move(path)), file_(std::move(file)) {}

  absl::Status WriteAt(std::string_view bytes, std::uint64_t offset);
  // The bytes reach the medium; the file's size must already be right (fdatasync). Never again
  // after a failure: the kernel may have dropped the pages, and a second call would say OK.
  absl::Status Sync();
  bool is_open() const { return file_ != nullptr; }

 private:
  std::filesystem::path path_;
  std::unique_ptr<rocksdb::FSRandomRWFile> file_;
};

// By path. Copies share the file system. Thread-safe as long as the paths differ.
class Files {
 public:
  explicit Files(rocksdb::Env* env) : system_(env->GetFileSystem()) {}

  rocksdb::FileSystem& system() const { return *system_; }
  const std::shared_ptr<rocksdb::FileSystem>& shared_system() const { return system_; }

  // An error, and not false, where it cannot be told: no right to look, a loop of links.
  absl::StatusOr<bool> Exists(const std::filesystem::path& path) const;
  // False also where nothing is. Opens it to look, which blocks on a FIFO.
  absl::StatusOr<bool> IsDirectory(const std::filesystem::path& path) const;
  absl::StatusOr<std::uint64_t> Size(const std::filesystem::path& path) const;
  // Names in the directory, sorted, without "." and "..".
  absl::StatusOr<std::vector<std::string>> List(const std::filesystem::path& directory) const;
  // No names where the directory is not there.
  absl::StatusOr<std::vector<std::string>> ListIfThere(
      const std::filesystem::path& directory) const;
  absl::StatusOr<std::string> ReadWhole(const std::filesystem::path& path) const;

  // The file must exist.
  absl::StatusOr<File> Open(const std::filesystem::path& path) const;
  // A new file of `size` zero bytes, allocated, written and synced, so that a later sync of data
  // written over them has no allocation to record. Nothing is left behind by a failure.
  absl::StatusOr<File> CreateZeroed(const std::filesystem::path& path, std::uint64_t size) const;
  // Either the old or the new content is there after a crash, never a mixture.
  absl::Status WriteWholeDurably(const std::filesystem::path& path, std::string_view content) const;

  // With its parents, durable on return; nothing when it is there.
  absl::Status MakeDirectories(const std::filesystem::path& path) const;
  // Durable after SyncDirectory of the parent.
  absl::Status Rename(const std::filesystem::path& from, const std::filesystem::path& to) const;
  absl::Status Remove(const std::filesystem::path& path) const;
  // With everything in it; OK when it is not there.
  absl::Status RemoveTree(const std::filesystem::path& directory) const;
  absl::Status SyncDirectory(const std::filesystem::path& directory) const;

 private:
  std::shared_ptr<rocksdb::FileSystem> system_;
};

}  // namespace daybook::eventstore::rocks
