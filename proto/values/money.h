// Amounts of money: decimal pounds in files and contracts, whole pence in facts. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace daybook::values {

// "15000", "12337.50": at least 0, at most two decimals, no sign or grouping. nullopt for anything
// else.
std::optional<std::uint64_t> ParsePounds(std::string_view text);

// "12337.50", always with both decimals; "-0.05".
std::string PoundsOf(std::int64_t pence);

}  // namespace daybook::values
