// Keys in a directory of this machine, apart from the log: `master.key` (mode 0600) and `table/`
// (RocksDB, every write synced). Directory mode 0700. Back it up apart from the log, and not for
// long: a key backup brings back what was erased.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string_view>

#include "absl/status/statusor.h"
#include "eventstore/sealing/key_provider.h"

namespace daybook::sealing {

// What to do where there are no keys.
enum class MissingKeys : std::uint8_t {
  kMake,    // a log without events, or an operator who gives the sealed parts up
  kRefuse,  // KeysLost: a log that holds events was written with keys
};

// PART_DAMAGED (DATA_LOSS): a log that holds events has no keys beside it.
absl::Status KeysLost(const std::filesystem::path& directory);

// Creates what is missing, as `missing` says; a refusal makes nothing. The keys are those of one
// log, which is written beside them when they are first opened with it; `log_id` empty: of
// whichever. DIRECTORY_UNUSABLE when it cannot be read or written or the master key is readable by
// others; PART_DAMAGED (DATA_LOSS) when the master key is not what it was written as, when it or
// the table of wrapped keys is missing beside the other, or when they are the keys of another log.
absl::StatusOr<std::unique_ptr<KeyProvider>> OpenLocalKeys(const std::filesystem::path& directory,
                                                           MissingKeys missing = MissingKeys::kMake,
                                                           std::string_view log_id = {});

// Whether OpenLocalKeys would take the keys, by the same errors; false when there are none, so that
// it would make new ones. Changes nothing, and opens the table for reading at most: also beside a
// running daemon.
absl::StatusOr<bool> CheckLocalKeys(const std::filesystem::path& directory,
                                    std::string_view log_id = {});

// The same without a disk, for tests.
std::unique_ptr<KeyProvider> MakeMemoryKeys();

}  // namespace daybook::sealing
