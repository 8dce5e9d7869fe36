// What the command says to standard error. Header only.
#pragma once

#include <cstdio>
#include <string>
#include <utility>

#include "fmt/format.h"

namespace daybook::cli {

// As fmt::print, but a standard error that cannot be written does not end the command in the middle
// of its work: fmt would throw.
template <class... Arguments>
void PrintError(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
  const std::string text = fmt::format(format, std::forward<Arguments>(arguments)...);
  std::fwrite(text.data(), 1, text.size(), stderr);
}

}  // namespace daybook::cli
