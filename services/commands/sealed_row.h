// What of a row is sealed, and whether what a sender gives is what stands: told by the keyed
// digests of the parts that stand, each under its own key, without opening any of them.
//
// A part whose key was destroyed is erased. It is not stored again when the row is sent again: the
// fact names it as erased from then on (`erased`), so that this is known without the key.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "eventstore/core/event.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "services/commands/decision.h"

namespace daybook::commands {

// The names of a context's sealed parts, at most 8. The first is that of the person, or of whatever
// the others belong to: where it is erased, all are.
using PartNames = std::span<const std::string_view>;

// Some of a context's parts, a bit each.
using PartSet = std::uint8_t;

// A part that stands. Small, for a file has many rows: half of the digest tells parts apart.
struct PartTrace {
  std::uint8_t part = 0;  // which of the names
  std::array<std::uint8_t, 16> key{};
  std::array<std::uint8_t, 16> digest{};
  friend bool operator==(const PartTrace&, const PartTrace&) = default;
};

// What stands sealed of a row.
struct SealedRow {
  std::vector<PartTrace> parts;
  PartSet erased = 0;  // as the fact names them
};

enum class PartMatch : std::uint8_t {
  kSame,
  kOther,   // also where the key is lost: what was sealed is brought back by sending it again
  kErased,  // the key was destroyed
};

// Whoever has the keys. Thread-safe.
class PartMatcher {
 public:
  virtual ~PartMatcher() = default;
  // Whether the part seals this text. Errors: those of the key store.
  virtual absl::StatusOr<PartMatch> Match(const PartTrace& trace, std::string_view name,
                                          std::string_view plaintext) = 0;
};

// Of the parts of an event, those that are named.
SealedRow SealedRowOf(PartNames names, const std::vector<eventstore::SealedPart>& parts,
                      const google::protobuf::RepeatedPtrField<std::string>& erased);

struct SealedComparison {
  bool same = false;   // what is not erased is the same
  PartSet erased = 0;  // parts that are erased
  bool drops = false;  // something is given that is not stored, because it is erased
};

// Every part that stands is looked at, so that an erased one is found whatever is given.
absl::StatusOr<SealedComparison> CompareSealed(PartMatcher& matcher, PartNames names,
                                               std::span<const PartTrace> stands, PartSet erased,
                                               std::span<const DraftPart> given);

// Whether two rows that are given have the same sealed.
bool SameSealed(std::span<const DraftPart> a, std::span<const DraftPart> b);

// The names in a set, in order.
std::vector<std::string> NamesIn(PartNames names, PartSet set);

// What is told of a row that was sent again after an erasure. Reason PART_ERASED.
values::Problem ErasedBefore(std::string_view field);

}  // namespace daybook::commands
