// The few operations on files that durability depends on, with errors that name file and offset.
// Nothing here locks: one writer a file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace daybook::eventstore::rocks {

// Owns a file descriptor. Movable, not copyable.
class UniqueFd {
 public:
  UniqueFd() = default;
  explicit UniqueFd(int fd) : fd_(fd) {}
  UniqueFd(UniqueFd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  UniqueFd& operator=(UniqueFd&& other) noexcept;
  UniqueFd(const UniqueFd&) = delete;
  UniqueFd& operator=(const UniqueFd&) = delete;
  ~UniqueFd() { Close(); }

  int get() const { return fd_; }
  bool valid() const { return fd_ >= 0; }
  void Close();

 private:
  int fd_ = -1;
};

// UNAVAILABLE, "<what> <path>: <system's words>".
absl::Status FileError(std::string_view what, const std::filesystem::path& path, int error_number);

absl::StatusOr<UniqueFd> OpenFile(const std::filesystem::path& path, int flags);

absl::Status WriteAt(const UniqueFd& file, const std::filesystem::path& path,
                     std::string_view bytes, std::uint64_t offset);
// The bytes reach the medium; the file's size must already be right (fdatasync).
absl::Status SyncData(const UniqueFd& file, const std::filesystem::path& path);
absl::Status SyncDirectory(const std::filesystem::path& directory);

// The whole file.
absl::StatusOr<std::string> ReadWhole(const std::filesystem::path& path);

// Either the old or the new content is there after a crash, never a mixture.
absl::Status WriteWholeDurably(const std::filesystem::path& path, std::string_view content);

// A new file of `size` zero bytes, allocated, written and synced, so that a later sync of data
// written over them has no allocation to record.
absl::StatusOr<UniqueFd> CreateZeroed(const std::filesystem::path& path, std::uint64_t size);

}  // namespace daybook::eventstore::rocks
