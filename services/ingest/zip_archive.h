// The entries of a ZIP archive in memory, read in pieces (libzip).
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

struct zip;

namespace daybook::ingest {

// Not thread-safe. Movable.
class ZipArchive {
 public:
  // INVALID_ARGUMENT without a reason when the bytes are no archive or a damaged one. `bytes` must
  // outlive it.
  static absl::StatusOr<ZipArchive> Open(std::string_view bytes);

  bool Has(const std::string& name) const;

  // Gives the content of an entry to `sink` piece by piece; its error ends the reading.
  // INVALID_ARGUMENT when there is no such entry, it is encrypted or damaged, or longer than
  // `bytes_max`: an archive of a few kilobytes may unfold to any size.
  absl::Status Read(const std::string& name, std::size_t bytes_max,
                    const std::function<absl::Status(std::string_view piece)>& sink) const;

 private:
  struct Close {
    void operator()(zip* archive) const;
  };
  explicit ZipArchive(zip* archive) : archive_(archive) {}
  std::unique_ptr<zip, Close> archive_;
};

}  // namespace daybook::ingest
