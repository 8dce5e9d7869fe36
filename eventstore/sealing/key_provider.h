// Keys of sealed parts: one a subject (within agency, dataset and year), one a free text; each can
// be destroyed on its own, which is what erasing means.
//
// Hierarchy: data key, wrapped by a retention key of (agency, dataset, year), wrapped by the master
// key. Key ids are random and say nothing. Implementations are thread-safe.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace daybook::sealing {

// 32 bytes that wipe themselves.
class SecretKey {
 public:
  static constexpr std::size_t kBytes = 32;
  SecretKey() = default;
  explicit SecretKey(const std::array<unsigned char, kBytes>& bytes) : bytes_(bytes) {}
  ~SecretKey();
  SecretKey(const SecretKey&) = default;
  SecretKey& operator=(const SecretKey&) = default;
  const unsigned char* data() const { return bytes_.data(); }
  unsigned char* data() { return bytes_.data(); }

 private:
  std::array<unsigned char, kBytes> bytes_{};
};

struct RetentionScope {
  std::string agency;
  std::string dataset;
  int year = 0;  // 0: the fact has no period
  friend auto operator<=>(const RetentionScope&, const RetentionScope&) = default;
};

// Which key is wanted. Without a subject it is a fresh one.
struct KeyRequest {
  RetentionScope scope;
  std::string subject_ref;
};

struct DataKey {
  std::string id;  // 32 hexadecimal digits
  SecretKey key;
};

namespace reason {
inline constexpr std::string_view kPartErased = "PART_ERASED";    // FAILED_PRECONDITION
inline constexpr std::string_view kPartDamaged = "PART_DAMAGED";  // DATA_LOSS
}  // namespace reason

class KeyProvider {
 public:
  virtual ~KeyProvider() = default;

  // One key a request, in order; made where they do not exist. What was made is durable (one sync)
  // when it returns.
  virtual absl::StatusOr<std::vector<DataKey>> Keys(const std::vector<KeyRequest>& requests) = 0;

  // The key of that id. PART_ERASED when it was destroyed, NOT_FOUND when there never was one,
  // PART_DAMAGED when it is there and does not unwrap.
  virtual absl::StatusOr<SecretKey> Find(std::string_view id) = 0;

  // All keys as of now, in a directory that must not exist yet; what was made before the call is in
  // it. Keep it apart from copies of the log. UNIMPLEMENTED where keys are not on this machine.
  virtual absl::Status CopyTo(const std::filesystem::path& directory) = 0;

  // Destroys a key, durably, and all that is under the agency's key for files; nothing of either is
  // left on the disk when it returns. The subject's next key is a new one. NOT_FOUND; idempotent.
  virtual absl::Status Destroy(std::string_view id) = 0;

  // Ids that stand in the place of keys of persons and cases, in their order: random, 32
  // hexadecimal digits, found again by a digest of space and key under one key of the ledger. Made
  // where they do not exist, if `make`; else empty. What was made is durable (one sync) when it
  // returns.
  virtual absl::StatusOr<std::vector<std::string>> OpaqueIds(std::string_view space,
                                                             const std::vector<std::string>& keys,
                                                             bool make) = 0;
  // Forgets which key an id stands for; nothing of it is left on the disk when it returns. The key
  // gets another id when it comes again. NOT_FOUND.
  virtual absl::Status ForgetId(std::string_view opaque_id) = 0;

  // By which a file that may hold personal values is known: a digest of its own digest under a key
  // of the agency. Destroying any key of the agency replaces that one, for the person may be in any
  // file: the same file then has another digest, and the old one says nothing more. 16 hexadecimal
  // digits that name the key, 48 of the digest.
  virtual absl::StatusOr<std::string> FileDigest(std::string_view agency,
                                                 std::string_view sha256) = 0;
};

}  // namespace daybook::sealing
