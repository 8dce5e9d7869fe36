#include "eventstore/rocksdb/files.h"

#include <algorithm>
#include <utility>

#include "eventstore/core/error.h"

namespace daybook::eventstore::rocks {
namespace {

constexpr std::size_t kChunkBytes = 1U << 20;

const rocksdb::IOOptions kOptions;

absl::Status Checked(std::string_view what, const std::filesystem::path& path,
                     const rocksdb::IOStatus& status) {
  return status.ok() ? absl::OkStatus() : FileError(what, path, status);
}

// The whole of a new file, with everything that a sync needs.
absl::Status WriteNew(rocksdb::FileSystem& system, const std::filesystem::path& path,
                      std::uint64_t size, std::string_view (*chunk)(const void*, std::uint64_t),
                      const void* content) {
  std::unique_ptr<rocksdb::FSWritableFile> file;
  rocksdb::IOStatus status =
      system.NewWritableFile(path.string(), rocksdb::FileOptions(), &file, nullptr);
  if (!status.ok()) return FileError("open", path, status);
  for (std::uint64_t at = 0; status.ok() && at < size;) {
    const std::string_view bytes = chunk(content, at);
    const std::size_t n = std::min<std::uint64_t>(bytes.size(), size - at);
    status = file->Append(rocksdb::Slice(bytes.data(), n), kOptions, nullptr);
    at += n;
  }
  if (!status.ok()) return FileError("write", path, status);
  status = file->Fsync(kOptions, nullptr);
  if (!status.ok()) return FileError("sync", path, status);
  return Checked("close", path, file->Close(kOptions, nullptr));
}

std::string_view Zeros(const void*, std::uint64_t) {
  static const std::string zeros(kChunkBytes, '\0');
  return zeros;
}

std::string_view Rest(const void* content, std::uint64_t at) {
  return static_cast<const std::string_view*>(content)->substr(at);
}

}  // namespace

rocksdb::Env* LocalEnv() {
  static const bool once = [] {
    rocksdb::Env::Default()->SetAllowNonOwnerAccess(false);
    return true;
  }();
  static_cast<void>(once);
  return rocksdb::Env::Default();
}

absl::Status FileError(std::string_view what, const std::filesystem::path& path,
                       const rocksdb::IOStatus& why) {
  const std::string message =
      "cannot " + std::string(what) + " " + path.string() + ": " + why.ToString();
  const std::string_view remedy =
      message.ends_with("Permission denied")
          ? "Do it as the user that the files belong to (of the Debian package: sudo -u daybook), "
            "or give this user the right to them."
      : message.ends_with("Not a directory") ? "Name a directory, not a file."
      : message.ends_with("Too many levels of symbolic links")
          ? "Its links lead back to itself: put a file or directory in their place."
          : "";
  if (!remedy.empty()) {
    return MakeError(absl::StatusCode::kFailedPrecondition, message,
                     {.reason = std::string(reason::kDirectoryUnusable),
                      .remedy = std::string(remedy),
                      .fields = {},
                      .metadata = {}});
  }
  if (!why.IsNoSpace()) return absl::UnavailableError(message);
  return MakeError(absl::StatusCode::kUnavailable, message,
                   {.reason = std::string(reason::kDiskFull),
                    .remedy = "Make room on the disk of this file; a running daybookd takes "
                              "requests again by itself then.",
                    .fields = {},
                    .metadata = {}});
}

absl::Status File::WriteAt(std::string_view bytes, std::uint64_t offset) {
  return Checked(
      "write", path_,
      file_->Write(offset, rocksdb::Slice(bytes.data(), bytes.size()), kOptions, nullptr));
}

absl::Status File::Sync() { return Checked("sync", path_, file_->Sync(kOptions, nullptr)); }

absl::StatusOr<bool> Files::Exists(const std::filesystem::path& path) const {
  rocksdb::IOStatus status = system_->FileExists(path.string(), kOptions, nullptr);
  if (status.IsNotFound()) {
    // RocksDB says this also where it was not allowed to look; the size says which it was.
    std::uint64_t size = 0;
    status = system_->GetFileSize(path.string(), kOptions, &size, nullptr);
    if (status.IsNotFound() || status.IsPathNotFound()) return false;
  }
  if (!status.ok()) return FileError("look at", path, status);
  return true;
}

absl::StatusOr<bool> Files::IsDirectory(const std::filesystem::path& path) const {
  DAYBOOK_ASSIGN_OR_RETURN(const bool there, Exists(path));
  if (!there) return false;
  bool is_directory = false;
  const rocksdb::IOStatus status =
      system_->IsDirectory(path.string(), kOptions, &is_directory, nullptr);
  if (!status.ok()) return FileError("look at", path, status);
  return is_directory;
}

absl::StatusOr<std::uint64_t> Files::Size(const std::filesystem::path& path) const {
  std::uint64_t size = 0;
  const rocksdb::IOStatus status = system_->GetFileSize(path.string(), kOptions, &size, nullptr);
  if (!status.ok()) return FileError("look at", path, status);
  return size;
}

absl::StatusOr<std::vector<std::string>> Files::List(const std::filesystem::path& directory) const {
  std::vector<std::string> names;
  rocksdb::IOStatus status = system_->GetChildren(directory.string(), kOptions, &names, nullptr);
  if (status.IsNotFound()) {
    // RocksDB says this also of a file, and where it was not allowed to look; opening it tells.
    std::unique_ptr<rocksdb::FSDirectory> opened;
    const rocksdb::IOStatus why =
        system_->NewDirectory(directory.string(), kOptions, &opened, nullptr);
    status = why.ok() ? rocksdb::IOStatus::IOError("Not a directory") : why;
  }
  if (!status.ok()) return FileError("list", directory, status);
  std::erase_if(names, [](const std::string& name) { return name == "." || name == ".."; });
  std::sort(names.begin(), names.end());
  return names;
}

absl::StatusOr<std::vector<std::string>> Files::ListIfThere(
    const std::filesystem::path& directory) const {
  DAYBOOK_ASSIGN_OR_RETURN(const bool there, Exists(directory));
  return there ? List(directory) : std::vector<std::string>();
}

absl::StatusOr<std::string> Files::ReadWhole(const std::filesystem::path& path) const {
  std::unique_ptr<rocksdb::FSSequentialFile> file;
  rocksdb::IOStatus status =
      system_->NewSequentialFile(path.string(), rocksdb::FileOptions(), &file, nullptr);
  if (!status.ok()) return FileError("open", path, status);
  DAYBOOK_ASSIGN_OR_RETURN(const std::uint64_t size, Size(path));
  std::string content(size, '\0');
  std::size_t done = 0;
  while (done < content.size()) {
    rocksdb::Slice read;
    status = file->Read(content.size() - done, kOptions, &read, content.data() + done, nullptr);
    if (!status.ok()) return FileError("read", path, status);
    if (read.empty()) break;
    // A file system may hand out memory of its own instead of filling ours.
    if (read.data() != content.data() + done) {
      std::copy_n(read.data(), read.size(), content.data() + done);
    }
    done += read.size();
  }
  content.resize(done);
  return content;
}

absl::StatusOr<File> Files::Open(const std::filesystem::path& path) const {
  std::unique_ptr<rocksdb::FSRandomRWFile> file;
  const rocksdb::IOStatus status =
      system_->NewRandomRWFile(path.string(), rocksdb::FileOptions(), &file, nullptr);
  if (!status.ok()) return FileError("open", path, status);
  return File(path, std::move(file));
}

absl::StatusOr<File> Files::CreateZeroed(const std::filesystem::path& path,
                                         std::uint64_t size) const {
  if (absl::Status status = WriteNew(*system_, path, size, &Zeros, nullptr); !status.ok()) {
    Remove(path).IgnoreError();  // a full disk needs the room
    return status;
  }
  return Open(path);
}

absl::Status Files::WriteWholeDurably(const std::filesystem::path& path,
                                      std::string_view content) const {
  const std::filesystem::path temporary = path.string() + ".new";
  DAYBOOK_RETURN_IF_ERROR(WriteNew(*system_, temporary, content.size(), &Rest, &content));
  DAYBOOK_RETURN_IF_ERROR(Rename(temporary, path));
  return SyncDirectory(path.parent_path());
}

absl::Status Files::MakeDirectories(const std::filesystem::path& path) const {
  DAYBOOK_ASSIGN_OR_RETURN(const bool there, Exists(path));
  if (there || path.empty()) return absl::OkStatus();
  const std::filesystem::path parent = path.has_parent_path() ? path.parent_path() : ".";
  if (parent != path) DAYBOOK_RETURN_IF_ERROR(MakeDirectories(parent));
  DAYBOOK_RETURN_IF_ERROR(
      Checked("make", path, system_->CreateDirIfMissing(path.string(), kOptions, nullptr)));
  return SyncDirectory(parent);
}

absl::Status Files::Rename(const std::filesystem::path& from,
                           const std::filesystem::path& to) const {
  return Checked("rename to", to,
                 system_->RenameFile(from.string(), to.string(), kOptions, nullptr));
}

absl::Status Files::Remove(const std::filesystem::path& path) const {
  return Checked("remove", path, system_->DeleteFile(path.string(), kOptions, nullptr));
}

absl::Status Files::RemoveTree(const std::filesystem::path& directory) const {
  DAYBOOK_ASSIGN_OR_RETURN(const bool there, Exists(directory));
  if (!there) return absl::OkStatus();
  DAYBOOK_ASSIGN_OR_RETURN(const std::vector<std::string> names, List(directory));
  for (const std::string& name : names) {
    const std::filesystem::path child = directory / name;
    DAYBOOK_ASSIGN_OR_RETURN(const bool is_directory, IsDirectory(child));
    DAYBOOK_RETURN_IF_ERROR(is_directory ? RemoveTree(child) : Remove(child));
  }
  return Checked("remove", directory, system_->DeleteDir(directory.string(), kOptions, nullptr));
}

absl::Status Files::SyncDirectory(const std::filesystem::path& directory) const {
  std::unique_ptr<rocksdb::FSDirectory> handle;
  const rocksdb::IOStatus status =
      system_->NewDirectory(directory.string(), kOptions, &handle, nullptr);
  if (!status.ok()) return FileError("open", directory, status);
  return Checked("sync", directory, handle->Fsync(kOptions, nullptr));
}

}  // namespace daybook::eventstore::rocks
