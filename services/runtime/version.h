// The version of the programs, as the build knows it.
#pragma once

namespace daybook::runtime {

#ifdef DAYBOOK_VERSION
inline constexpr char kVersion[] = DAYBOOK_VERSION;
#else
inline constexpr char kVersion[] = "unversioned";
#endif

}  // namespace daybook::runtime
