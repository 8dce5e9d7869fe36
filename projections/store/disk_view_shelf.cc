#include "projections/store/disk_view_shelf.h"

#include <fstream>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "eventstore/core/error.h"
#include "projections/store/rocksdb_view_store.h"

namespace daybook::projections {
namespace fs = std::filesystem;
namespace {

absl::Status Unusable(const std::string& what, const fs::path& path, const std::string& why) {
  return eventstore::MakeError(
      absl::StatusCode::kFailedPrecondition,
      "the directory of the views " + path.string() + " cannot be " + what + ": " + why,
      {.reason = std::string(eventstore::reason::kDirectoryUnusable),
       .remedy = "Make it readable and writable, and look whether its disk is full.",
       .fields = {},
       .metadata = {}});
}

constexpr char kPointer[] = "serving";

// 1 where there is none.
std::uint64_t ReadPointer(const fs::path& pointer) {
  std::uint64_t generation = 0;
  std::error_code error;
  if (!fs::is_regular_file(pointer, error)) return 1;  // opening a FIFO would block
  std::ifstream in(pointer);
  return in >> generation && generation > 0 ? generation : 1;
}

}  // namespace

absl::StatusOr<std::unique_ptr<DiskViewShelf>> DiskViewShelf::Open(
    fs::path directory, std::function<void(std::string_view)> log) {
  std::error_code error;
  fs::create_directory(directory, error);
  if (error) return Unusable("made", directory, error.message());
  return std::unique_ptr<DiskViewShelf>(new DiskViewShelf(std::move(directory), std::move(log)));
}

DiskViewShelf::DiskViewShelf(fs::path directory, std::function<void(std::string_view)> log)
    : directory_(std::move(directory)),
      pointer_(directory_ / kPointer),
      log_(std::move(log)),
      serving_(ReadPointer(pointer_)) {}

absl::StatusOr<ViewStamp> DiskViewShelf::Peek(const fs::path& directory) {
  std::error_code error;
  const fs::directory_iterator contents(directory, error);
  const bool absent = error == std::errc::no_such_file_or_directory &&
                      fs::symlink_status(directory).type() == fs::file_type::not_found;
  if (error && !absent) return Unusable("read", directory, error.message());
  return RocksDbViewStore::Peek(directory / std::to_string(ReadPointer(directory / kPointer)));
}

fs::path DiskViewShelf::PathOf(std::uint64_t generation) const {
  return directory_ / std::to_string(generation);
}

absl::StatusOr<std::unique_ptr<ViewStore>> DiskViewShelf::Open(std::uint64_t generation) {
  DAYBOOK_ASSIGN_OR_RETURN(auto store, RocksDbViewStore::Open(PathOf(generation)));
  if (!store->dropped_because().empty()) {
    log_("views are folded again: " + store->dropped_because());
  }
  return store;
}

absl::Status DiskViewShelf::Serve(std::uint64_t generation) {
  const fs::path temporary = pointer_.string() + ".tmp";
  {
    std::ofstream out(temporary, std::ios::trunc);
    out << generation << '\n';
    if (!out.flush()) return Unusable("written", temporary, "the file cannot be written");
  }
  std::error_code error;
  fs::rename(temporary, pointer_, error);
  if (error) return Unusable("written", pointer_, error.message());
  serving_ = generation;
  return absl::OkStatus();
}

absl::Status DiskViewShelf::RemoveOthers(std::uint64_t generation) {
  std::error_code error;
  std::vector<fs::path> others;
  for (fs::directory_iterator entry(directory_, error), end; !error && entry != end;
       entry.increment(error)) {
    const fs::path& path = entry->path();
    if (path != PathOf(generation) && path != pointer_) others.push_back(path);
  }
  for (const fs::path& path : others) {
    if (!error) fs::remove_all(path, error);
  }
  return error ? Unusable("tidied", directory_, error.message()) : absl::OkStatus();
}

}  // namespace daybook::projections
