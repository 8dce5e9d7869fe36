// A KeyProvider over a table of wrapped keys: the hierarchy, the cache and the names; where the
// table lies is the driver's matter.
//
// Table: "r/<digest of scope>" -> digest of agency (64) and wrapped retention key; "k/<key id>" ->
// digest of scope (64) and wrapped data key, or "erased"; "s/<digest of scope and subject>" -> key
// id; "a/<digest of agency>" -> wrapped key for its files; "n/<digest of space and key>" -> opaque
// id, "o/<opaque id>" -> that digest. Subjects, scopes, agencies and keys stand there only as keyed
// digests.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "eventstore/sealing/key_provider.h"

namespace daybook::sealing {

// Thread-safe.
class KeyTable {
 public:
  virtual ~KeyTable() = default;
  virtual absl::StatusOr<std::optional<std::string>> Get(std::string_view name) = 0;
  // All or nothing, on disk when it returns. An empty value deletes.
  virtual absl::Status Put(const std::vector<std::pair<std::string, std::string>>& rows) = 0;
  // Takes what was overwritten or deleted off the disk.
  virtual absl::Status Purge() = 0;
  // With the master key beside it, in a directory that must not exist yet.
  virtual absl::Status CopyTo(const std::filesystem::path& directory) = 0;
};

class KeyRing final : public KeyProvider {
 public:
  KeyRing(const SecretKey& master, std::unique_ptr<KeyTable> table);

  absl::StatusOr<std::vector<DataKey>> Keys(const std::vector<KeyRequest>& requests) override;
  absl::StatusOr<SecretKey> Find(std::string_view id) override;
  absl::Status CopyTo(const std::filesystem::path& directory) override {
    return table_->CopyTo(directory);
  }
  absl::Status Destroy(std::string_view id) override;
  absl::StatusOr<std::vector<std::string>> OpaqueIds(std::string_view space,
                                                     const std::vector<std::string>& keys,
                                                     bool make) override;
  absl::Status ForgetId(std::string_view opaque_id) override;
  absl::StatusOr<std::string> FileDigest(std::string_view agency, std::string_view sha256) override;

 private:
  using Rows = std::vector<std::pair<std::string, std::string>>;

  // Made where it is missing, if the agency is given.
  absl::StatusOr<SecretKey> RetentionKey(const std::string& scope_digest,
                                         std::optional<std::string_view> agency, Rows& rows)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  absl::Status DeleteId(std::string_view opaque_id) ABSL_LOCKS_EXCLUDED(mutex_);
  absl::Status Overwrite(std::string_view id) ABSL_LOCKS_EXCLUDED(mutex_);
  std::string AgencyDigest(std::string_view agency) const;
  absl::StatusOr<DataKey> KeyFor(const KeyRequest& request, std::map<std::string, DataKey>& made,
                                 Rows& rows) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  absl::StatusOr<SecretKey> Read(std::string_view id) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const SecretKey master_;
  const SecretKey index_key_;   // for the digests; derived from the master key
  const SecretKey lookup_key_;  // for those of keys of persons and cases; likewise
  const std::unique_ptr<KeyTable> table_;

  absl::Mutex mutex_;
  std::map<std::string, SecretKey> retention_ ABSL_GUARDED_BY(mutex_);  // a few an agency and year
};

}  // namespace daybook::sealing
