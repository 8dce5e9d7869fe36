// The format of a ledger's directory, and what a program of one format does with a directory of
// another. FORMAT.md, "Versions", has the rules. Pure.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"

namespace daybook::eventstore {

// "2" is a released format, "2-draft.3" the third draft of it. A draft is older than its release.
struct LedgerFormat {
  std::uint32_t number = 0;
  std::uint32_t draft = 0;  // 0: released

  bool is_draft() const { return draft != 0; }
  friend bool operator==(const LedgerFormat&, const LedgerFormat&) = default;
  friend std::strong_ordering operator<=>(const LedgerFormat& a, const LedgerFormat& b) {
    if (a.number != b.number) return a.number <=> b.number;
    // 0 becomes the largest number: the release comes after all of its drafts.
    return a.draft - 1 <=> b.draft - 1;
  }
};

// What this program reads and writes: everything in a data directory.
inline constexpr LedgerFormat kLedgerFormat{.number = 2, .draft = 4};

// Directories of this format and of later ones open in every later version.
inline constexpr LedgerFormat kFirstKeptFormat{.number = 2, .draft = 0};

std::string ToText(const LedgerFormat& format);

// Whether a later version may have written it as its format: 1 to 32 ASCII letters, digits, '.' and
// '-', of which the first is a digit.
bool IsFormatText(std::string_view text);

// nullopt for anything that ToText does not write.
std::optional<LedgerFormat> ParseLedgerFormat(std::string_view text);

// A way from one format to a later one.
struct FormatStep {
  LedgerFormat from;
  LedgerFormat to;
  std::string what;  // it changes; a sentence for the operator
};

enum class FormatAction : std::uint8_t {
  kOpen,         // as it is
  kUpgrade,      // by steps, then open
  kRefuseNewer,  // also a text that this program cannot read: a later one wrote it
  kRefuseOlder,  // no steps lead from it
  kRefuseDraft,  // of another draft, which no other program reads
};

struct FormatDecision {
  FormatAction action = FormatAction::kOpen;
  std::vector<std::size_t> steps;  // indexes of the steps to take, in order
};

// What a program of format `current` that knows `steps` does with a directory of format `stored`,
// the text in its IDENTITY. Drafts are read by exactly the program that wrote them, and read
// nothing else, unless a step says otherwise.
FormatDecision DecideFormat(std::string_view stored, const LedgerFormat& current,
                            std::span<const FormatStep> steps);

// FAILED_PRECONDITION, reason DIRECTORY_UNUSABLE, for an action that refuses. `place` begins the
// sentence. Metadata "format" (the stored one), "program_format" and "refused": "newer", "older"
// or "draft".
absl::Status FormatRefusal(FormatAction action, std::string_view place, std::string_view stored,
                           const LedgerFormat& current);

}  // namespace daybook::eventstore
