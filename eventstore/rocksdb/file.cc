#include "eventstore/rocksdb/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "eventstore/core/error.h"

namespace daybook::eventstore::rocks {

UniqueFd& UniqueFd::operator=(UniqueFd&& other) noexcept {
  if (this != &other) {
    Close();
    fd_ = std::exchange(other.fd_, -1);
  }
  return *this;
}

void UniqueFd::Close() {
  if (fd_ >= 0) ::close(fd_);
  fd_ = -1;
}

absl::Status FileError(std::string_view what, const std::filesystem::path& path, int error_number) {
  return absl::UnavailableError(std::string(what) + " " + path.string() + ": " +
                                std::generic_category().message(error_number));
}

absl::StatusOr<UniqueFd> OpenFile(const std::filesystem::path& path, int flags) {
  const int fd = ::open(path.c_str(), flags | O_CLOEXEC, 0640);
  if (fd < 0) return FileError("cannot open", path, errno);
  return UniqueFd(fd);
}

absl::Status WriteAt(const UniqueFd& file, const std::filesystem::path& path,
                     std::string_view bytes, std::uint64_t offset) {
  while (!bytes.empty()) {
    const ssize_t n = ::pwrite(file.get(), bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return FileError("cannot write", path, n < 0 ? errno : ENOSPC);
    bytes.remove_prefix(static_cast<std::size_t>(n));
    offset += static_cast<std::uint64_t>(n);
  }
  return absl::OkStatus();
}

absl::Status SyncData(const UniqueFd& file, const std::filesystem::path& path) {
  // No retry after a failure: the kernel may have dropped the pages, a second call would say OK.
  if (::fdatasync(file.get()) != 0) return FileError("cannot sync", path, errno);
  return absl::OkStatus();
}

absl::Status SyncDirectory(const std::filesystem::path& directory) {
  DAYBOOK_ASSIGN_OR_RETURN(const UniqueFd fd, OpenFile(directory, O_RDONLY | O_DIRECTORY));
  if (::fsync(fd.get()) != 0) return FileError("cannot sync", directory, errno);
  return absl::OkStatus();
}

absl::StatusOr<std::string> ReadWhole(const std::filesystem::path& path) {
  DAYBOOK_ASSIGN_OR_RETURN(const UniqueFd file, OpenFile(path, O_RDONLY));
  struct stat info {};
  if (::fstat(file.get(), &info) != 0) return FileError("cannot read", path, errno);
  std::string content(static_cast<std::size_t>(info.st_size), '\0');
  std::size_t done = 0;
  while (done < content.size()) {
    const ssize_t n =
        ::pread(file.get(), content.data() + done, content.size() - done, static_cast<off_t>(done));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return FileError("cannot read", path, errno);
    if (n == 0) break;
    done += static_cast<std::size_t>(n);
  }
  content.resize(done);
  return content;
}

absl::Status WriteWholeDurably(const std::filesystem::path& path, std::string_view content) {
  const std::filesystem::path temporary = path.string() + ".new";
  DAYBOOK_ASSIGN_OR_RETURN(const UniqueFd file, OpenFile(temporary, O_WRONLY | O_CREAT | O_TRUNC));
  DAYBOOK_RETURN_IF_ERROR(WriteAt(file, temporary, content, 0));
  if (::fsync(file.get()) != 0) return FileError("cannot sync", temporary, errno);
  if (::rename(temporary.c_str(), path.c_str()) != 0) {
    return FileError("cannot rename to", path, errno);
  }
  return SyncDirectory(path.parent_path());
}

absl::StatusOr<UniqueFd> CreateZeroed(const std::filesystem::path& path, std::uint64_t size) {
  DAYBOOK_ASSIGN_OR_RETURN(UniqueFd file, OpenFile(path, O_RDWR | O_CREAT | O_TRUNC));
  if (const int error = ::posix_fallocate(file.get(), 0, static_cast<off_t>(size)); error != 0) {
    return FileError("cannot allocate", path, error);
  }
  const std::string zeros(1U << 20, '\0');
  for (std::uint64_t at = 0; at < size; at += zeros.size()) {
    const std::uint64_t n = std::min<std::uint64_t>(zeros.size(), size - at);
    DAYBOOK_RETURN_IF_ERROR(WriteAt(file, path, std::string_view(zeros).substr(0, n), at));
  }
  if (::fsync(file.get()) != 0) return FileError("cannot sync", path, errno);
  return file;
}

}  // namespace daybook::eventstore::rocks
