// The version of the programs, as the build knows it, and the format of ledger that goes with it.
#pragma once

#include <string>
#include <string_view>

#include "eventstore/core/ledger_format.h"

namespace daybook::runtime {

#ifdef DAYBOOK_VERSION
inline constexpr char kVersion[] = DAYBOOK_VERSION;
#else
inline constexpr char kVersion[] = "unversioned";
#endif

// "daybookd 0.1.0 (ledger format 1)": what --version prints.
inline std::string VersionText(std::string_view program) {
  return std::string(program) + " " + kVersion + " (ledger format " +
         eventstore::ToText(eventstore::kLedgerFormat) + ")";
}

}  // namespace daybook::runtime
