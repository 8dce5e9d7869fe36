#include "eventstore/rocksdb/directory_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>

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

}  // namespace

absl::StatusOr<DirectoryLock> DirectoryLock::Acquire(const std::filesystem::path& directory) {
  std::error_code error;
  std::filesystem::create_directories(directory, error);
  if (error) return Unusable(directory, error.message());
  if (!std::filesystem::is_directory(directory, error)) {
    return Unusable(directory, "it is not a directory");
  }
  absl::StatusOr<UniqueFd> file = OpenFile(directory / "LOCK", O_RDWR | O_CREAT);
  if (!file.ok()) return Unusable(directory, Message(file.status()));
  // The lock file may be there and writable while the directory is not.
  if (::access(directory.c_str(), W_OK) != 0) {
    return Unusable(directory, std::generic_category().message(errno));
  }
  if (::flock(file->get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return Unusable(directory, std::generic_category().message(errno));
    return MakeError(
        absl::StatusCode::kFailedPrecondition,
        "another process owns the data directory " + directory.string(),
        {.reason = std::string(reason::kDirectoryInUse),
         .remedy = "Stop the other daybookd or command that uses this directory, or name another "
                   "directory; do not delete its LOCK file.",
         .fields = {},
         .metadata = {{"directory", directory.string()}}});
  }
  return DirectoryLock(*std::move(file));
}

}  // namespace daybook::eventstore::rocks
