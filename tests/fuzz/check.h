// Ends the process with a sentence when a property does not hold, in every kind of build.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string>

namespace daybook::fuzz {

inline void Check(bool holds, const char* property, const std::string& detail = {}) {
  if (holds) return;
  std::fprintf(stderr, "fuzz: this does not hold: %s%s%s\n", property, detail.empty() ? "" : ": ",
               detail.c_str());
  std::abort();
}

}  // namespace daybook::fuzz
