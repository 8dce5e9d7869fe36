// Security markings as offices write them on a table. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace daybook::ingest {

enum class MarkingLevel : std::uint8_t {
  kNone,               // NOT PROTECTIVELY MARKED
  kOfficial,           // OFFICIAL
  kOld,                // RESTRICTED, CONFIDENTIAL, PROTECT: markings of before April 2014
  kOfficialSensitive,  // with a descriptor, where there is one
  kAbove,              // SECRET, TOP SECRET
};

struct Marking {
  MarkingLevel level = MarkingLevel::kNone;
  std::string text;  // "OFFICIAL-SENSITIVE COMMERCIAL"
};

// The cell holds a marking and nothing else, also behind "Marking:" or "Classification:". A
// sentence with the word is none.
std::optional<Marking> MarkingIn(std::string_view cell);

}  // namespace daybook::ingest
