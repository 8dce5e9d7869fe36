// A directory with a RocksDB view store for each generation and the number of the one that answers:
//
//   views/serving   "2"
//   views/2/        RocksDbViewStore
//   views/3/        while a rebuild runs
//
// The directory belongs to the views: RemoveOthers takes away whatever else is in it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "projections/store/rocksdb_view_store.h"
#include "projections/store/view_shelf.h"

namespace daybook::projections {

class DiskViewShelf final : public ViewShelf {
 public:
  // Makes the directory (its parent must exist). DIRECTORY_UNUSABLE (FAILED_PRECONDITION). Which
  // process may use it is decided by the lock of the store that is opened. `log` is told why a
  // store was thrown away.
  static absl::StatusOr<std::unique_ptr<DiskViewShelf>> Open(
      std::filesystem::path directory, std::function<void(std::string_view line)> log);

  // The stamp of the store that would answer after a start. Changes nothing and takes no lock.
  // DIRECTORY_UNUSABLE where Open refuses what is there; RocksDbViewStore::Peek's errors.
  static absl::StatusOr<ViewStamp> Peek(const std::filesystem::path& directory);

  std::uint64_t serving() const override { return serving_; }
  absl::StatusOr<std::unique_ptr<ViewStore>> Open(std::uint64_t generation) override;
  absl::Status Serve(std::uint64_t generation) override;
  absl::Status RemoveOthers(std::uint64_t generation) override;

 private:
  DiskViewShelf(std::filesystem::path directory, std::function<void(std::string_view)> log);
  std::filesystem::path PathOf(std::uint64_t generation) const;

  const std::filesystem::path directory_;
  const std::filesystem::path pointer_;
  const std::function<void(std::string_view)> log_;
  std::uint64_t serving_;
};

}  // namespace daybook::projections
