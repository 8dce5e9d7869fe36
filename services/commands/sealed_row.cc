#include "services/commands/sealed_row.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>

#include "eventstore/core/error.h"

namespace daybook::commands {
namespace {

constexpr PartSet kFirst = 1;

std::optional<std::uint8_t> PlaceOf(PartNames names, std::string_view name) {
  const auto it = std::ranges::find(names, name);
  if (it == names.end()) return std::nullopt;
  return static_cast<std::uint8_t>(it - names.begin());
}

PartSet Bit(std::uint8_t part) { return static_cast<PartSet>(1U << part); }

std::optional<std::uint8_t> HexDigit(char c) {
  if (c >= '0' && c <= '9') return static_cast<std::uint8_t>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<std::uint8_t>(c - 'a' + 10);
  return std::nullopt;
}

// All zero for an id that no key has.
std::array<std::uint8_t, 16> KeyOf(std::string_view id) {
  std::array<std::uint8_t, 16> key{};
  if (id.size() != 2 * key.size()) return key;
  for (std::size_t i = 0; i < key.size(); ++i) {
    const auto high = HexDigit(id[2 * i]);
    const auto low = HexDigit(id[2 * i + 1]);
    if (!high || !low) return {};
    key[i] = static_cast<std::uint8_t>(*high << 4 | *low);
  }
  return key;
}

const DraftPart* Find(std::span<const DraftPart> parts, std::string_view name) {
  const auto it = std::ranges::find(parts, name, &DraftPart::name);
  return it == parts.end() ? nullptr : &*it;
}

}  // namespace

SealedRow SealedRowOf(PartNames names, const std::vector<eventstore::SealedPart>& parts,
                      const google::protobuf::RepeatedPtrField<std::string>& erased) {
  SealedRow row;
  for (const eventstore::SealedPart& part : parts) {
    const auto place = PlaceOf(names, part.name);
    if (!place) continue;
    PartTrace& trace = row.parts.emplace_back();
    trace.part = *place;
    trace.key = KeyOf(part.key_id);
    std::copy_n(part.digest.begin(), trace.digest.size(), trace.digest.begin());
    // The ciphertext may be gone before anybody looks for the key.
    if (part.erased) row.erased |= Bit(*place);
  }
  for (const std::string& name : erased) {
    if (const auto place = PlaceOf(names, name)) row.erased |= Bit(*place);
  }
  return row;
}

absl::StatusOr<SealedComparison> CompareSealed(PartMatcher& matcher, PartNames names,
                                               std::span<const PartTrace> stands, PartSet erased,
                                               std::span<const DraftPart> given) {
  PartSet differs = 0;
  PartSet offered = 0;
  for (const DraftPart& part : given) {
    if (const auto place = PlaceOf(names, part.name)) offered |= Bit(*place);
  }
  PartSet standing = 0;
  for (const PartTrace& trace : stands) {
    standing |= Bit(trace.part);
    const std::string_view name = names[trace.part];
    const DraftPart* part = Find(given, name);
    DAYBOOK_ASSIGN_OR_RETURN(
        const PartMatch match,
        matcher.Match(trace, name, part == nullptr ? std::string_view() : part->plaintext));
    if (match == PartMatch::kErased) {
      erased |= Bit(trace.part);
    } else if (part == nullptr || match == PartMatch::kOther) {
      differs |= Bit(trace.part);
    }
  }
  differs |= static_cast<PartSet>(offered & ~standing);
  if ((erased & kFirst) != 0) erased = static_cast<PartSet>((1U << names.size()) - 1);
  return SealedComparison{
      .same = (differs & ~erased) == 0, .erased = erased, .drops = (offered & erased) != 0};
}

bool SameSealed(std::span<const DraftPart> a, std::span<const DraftPart> b) {
  return std::ranges::equal(a, b, [](const DraftPart& one, const DraftPart& other) {
    return one.name == other.name && one.plaintext == other.plaintext;
  });
}

values::Problem ErasedBefore(std::string_view field) {
  return {.field = std::string(field),
          .reason = "PART_ERASED",
          .description = "what was sealed of this row was erased, and is not stored again",
          .remedy = "Nothing brings it back. What is recorded anew needs a key of its own."};
}

std::vector<std::string> NamesIn(PartNames names, PartSet set) {
  std::vector<std::string> found;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if ((set & Bit(static_cast<std::uint8_t>(i))) != 0) found.emplace_back(names[i]);
  }
  return found;
}

}  // namespace daybook::commands
