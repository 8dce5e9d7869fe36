#include "eventstore/sealing/key_ring.h"

#include <sodium.h>

#include "eventstore/core/error.h"
#include "eventstore/core/ids.h"
#include "eventstore/sealing/cipher.h"

namespace daybook::sealing {
namespace {

constexpr std::string_view kErased = "erased";
constexpr std::size_t kDigestChars = 64;

std::string Prefixed(std::string_view prefix, std::string_view text) {
  std::string out(prefix);
  out += text;
  return out;
}

std::string ScopeText(const RetentionScope& scope) {
  return std::to_string(scope.agency.size()) + ' ' + scope.agency + ' ' +
         std::to_string(scope.dataset.size()) + ' ' + scope.dataset + ' ' +
         std::to_string(scope.year);
}

SecretKey DeriveIndexKey(const SecretKey& master) {
  SecretKey key;
  constexpr std::string_view kPurpose = "daybook key index 1";
  crypto_generichash(key.data(), SecretKey::kBytes,
                     reinterpret_cast<const unsigned char*>(kPurpose.data()), kPurpose.size(),
                     master.data(), SecretKey::kBytes);
  return key;
}

absl::Status Erased() {
  return eventstore::MakeError(absl::StatusCode::kFailedPrecondition, "the key was destroyed",
                               {.reason = std::string(reason::kPartErased),
                                .remedy = "Nothing can bring it back.",
                                .fields = {},
                                .metadata = {}});
}

}  // namespace

KeyRing::KeyRing(const SecretKey& master, std::unique_ptr<KeyTable> table)
    : master_(master),
      index_key_(DeriveIndexKey(master)),
      lookup_key_(DeriveKey(master, "daybook lookup 1")),
      table_(std::move(table)) {}

std::string KeyRing::AgencyDigest(std::string_view agency) const {
  return KeyedDigest(index_key_, Prefixed("agency ", agency));
}

absl::StatusOr<SecretKey> KeyRing::RetentionKey(const std::string& scope_digest,
                                                std::optional<std::string_view> agency,
                                                Rows& rows) {
  if (const auto known = retention_.find(scope_digest); known != retention_.end()) {
    return known->second;
  }
  const std::string name = "r/" + scope_digest;
  DAYBOOK_ASSIGN_OR_RETURN(const auto stored, table_->Get(name));
  SecretKey key;
  if (stored) {
    if (stored->size() < kDigestChars) return absl::DataLossError("a wrapped key is too short");
    DAYBOOK_ASSIGN_OR_RETURN(key,
                             Unwrap(master_, name, std::string_view(*stored).substr(kDigestChars)));
    retention_.emplace(scope_digest, key);
  } else if (agency) {
    key = RandomKey();
    rows.emplace_back(name, AgencyDigest(*agency) + Wrap(master_, name, key));
    // Not cached yet: it is not on disk. The next call reads it from the table.
  } else {
    return absl::DataLossError("a retention key is missing");
  }
  return key;
}

absl::StatusOr<DataKey> KeyRing::KeyFor(const KeyRequest& request,
                                        std::map<std::string, DataKey>& made, Rows& rows) {
  const std::string scope = ScopeText(request.scope);
  const std::string scope_digest = KeyedDigest(index_key_, scope);
  std::string subject_name;
  if (!request.subject_ref.empty()) {
    subject_name = "s/" + KeyedDigest(index_key_, scope + '\0' + request.subject_ref);
    if (const auto known = made.find(subject_name); known != made.end()) return known->second;
    DAYBOOK_ASSIGN_OR_RETURN(const auto id, table_->Get(subject_name));
    if (id) {
      auto key = Read(*id);
      if (key.ok()) return DataKey{*id, *key};
      // After an erasure the subject's next key is a new one.
      if (eventstore::ErrorReason(key.status()) != reason::kPartErased) return key.status();
    }
  }
  SecretKey retention;
  if (const auto known = made.find("r/" + scope_digest); known != made.end()) {
    retention = known->second.key;
  } else {
    DAYBOOK_ASSIGN_OR_RETURN(retention, RetentionKey(scope_digest, request.scope.agency, rows));
    made["r/" + scope_digest] = {"", retention};
  }
  DataKey key{eventstore::ToHex(RandomBytes(16)), RandomKey()};
  const std::string name = "k/" + key.id;
  rows.emplace_back(name, scope_digest + Wrap(retention, name, key.key));
  if (!subject_name.empty()) {
    rows.emplace_back(subject_name, key.id);
    made[subject_name] = key;
  }
  return key;
}

absl::StatusOr<std::vector<DataKey>> KeyRing::Keys(const std::vector<KeyRequest>& requests) {
  absl::MutexLock lock(&mutex_);
  std::vector<DataKey> keys;
  std::map<std::string, DataKey> made;
  Rows rows;
  for (const KeyRequest& request : requests) {
    DAYBOOK_ASSIGN_OR_RETURN(DataKey key, KeyFor(request, made, rows));
    keys.push_back(std::move(key));
  }
  if (!rows.empty()) DAYBOOK_RETURN_IF_ERROR(table_->Put(rows));
  return keys;
}

absl::StatusOr<SecretKey> KeyRing::Read(std::string_view id) {
  const std::string name = Prefixed("k/", id);
  DAYBOOK_ASSIGN_OR_RETURN(const auto stored, table_->Get(name));
  if (!stored) return absl::NotFoundError("there is no such key");
  if (*stored == kErased) return Erased();
  if (stored->size() < kDigestChars) return absl::DataLossError("a wrapped key is too short");
  Rows none;
  DAYBOOK_ASSIGN_OR_RETURN(const SecretKey retention,
                           RetentionKey(stored->substr(0, kDigestChars), std::nullopt, none));
  return Unwrap(retention, name, std::string_view(*stored).substr(kDigestChars));
}

absl::StatusOr<SecretKey> KeyRing::Find(std::string_view id) {
  absl::MutexLock lock(&mutex_);
  return Read(id);
}

absl::Status KeyRing::Overwrite(std::string_view id) {
  absl::MutexLock lock(&mutex_);
  const std::string name = Prefixed("k/", id);
  DAYBOOK_ASSIGN_OR_RETURN(const auto stored, table_->Get(name));
  if (!stored) return absl::NotFoundError("there is no such key");
  if (*stored == kErased) return absl::OkStatus();
  DAYBOOK_ASSIGN_OR_RETURN(const auto retention,
                           table_->Get("r/" + stored->substr(0, kDigestChars)));
  if (!retention) return absl::DataLossError("a retention key is missing");
  return table_->Put(
      {{name, std::string(kErased)}, {"a/" + retention->substr(0, kDigestChars), ""}});
}

absl::Status KeyRing::Destroy(std::string_view id) {
  DAYBOOK_RETURN_IF_ERROR(Overwrite(id));
  return table_->Purge();  // takes its time in a large table, and nobody waits for it
}

absl::StatusOr<std::vector<std::string>> KeyRing::OpaqueIds(std::string_view space,
                                                            const std::vector<std::string>& keys,
                                                            bool make) {
  absl::MutexLock lock(&mutex_);
  std::vector<std::string> ids;
  std::map<std::string, std::string> made;
  Rows rows;
  const std::string prefix = Prefixed(std::to_string(space.size()) + ' ', space);
  for (const std::string& key : keys) {
    const std::string digest = eventstore::ToHex(Hmac(lookup_key_, prefix + key));
    const std::string name = "n/" + digest;
    if (const auto known = made.find(name); known != made.end()) {
      ids.push_back(known->second);
      continue;
    }
    DAYBOOK_ASSIGN_OR_RETURN(const auto stored, table_->Get(name));
    ids.push_back(stored.value_or(""));
    if (stored || !make) continue;
    ids.back() = eventstore::ToHex(RandomBytes(16));
    made.emplace(name, ids.back());
    rows.emplace_back(name, ids.back());
    rows.emplace_back("o/" + ids.back(), digest);
  }
  if (!rows.empty()) DAYBOOK_RETURN_IF_ERROR(table_->Put(rows));
  return ids;
}

absl::Status KeyRing::DeleteId(std::string_view opaque_id) {
  absl::MutexLock lock(&mutex_);
  const std::string name = Prefixed("o/", opaque_id);
  DAYBOOK_ASSIGN_OR_RETURN(const auto digest, table_->Get(name));
  if (!digest) return absl::NotFoundError("there is no such id");
  return table_->Put({{name, ""}, {"n/" + *digest, ""}});
}

absl::Status KeyRing::ForgetId(std::string_view opaque_id) {
  DAYBOOK_RETURN_IF_ERROR(DeleteId(opaque_id));
  return table_->Purge();
}

absl::StatusOr<std::string> KeyRing::FileDigest(std::string_view agency, std::string_view sha256) {
  absl::MutexLock lock(&mutex_);
  const std::string name = "a/" + AgencyDigest(agency);
  DAYBOOK_ASSIGN_OR_RETURN(const auto stored, table_->Get(name));
  SecretKey key;
  if (stored) {
    DAYBOOK_ASSIGN_OR_RETURN(key, Unwrap(master_, name, *stored));
  } else {
    key = RandomKey();
    DAYBOOK_RETURN_IF_ERROR(table_->Put({{name, Wrap(master_, name, key)}}));
  }
  constexpr std::size_t kNameDigits = 16;
  constexpr std::size_t kDigits = 48;
  return eventstore::ToHex(Hmac(key, "daybook file key 1")).substr(0, kNameDigits) +
         eventstore::ToHex(Hmac(key, Prefixed("daybook file 1 ", sha256))).substr(0, kDigits);
}

}  // namespace daybook::sealing
