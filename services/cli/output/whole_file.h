// Files that take the place of earlier ones as a whole, or not at all.
#pragma once

#include <functional>
#include <string>

#include "absl/status/status.h"

namespace daybook::cli {

// Lets `write` make the file under another name beside `path`, then renames it. What was there
// stands until then, and stands on when `write` fails. UNAVAILABLE, or the error of `write`.
absl::Status ReplaceWhole(const std::string& path,
                          const std::function<absl::Status(const std::string& unfinished)>& write);

// The same with a text. UNAVAILABLE.
absl::Status WriteWhole(const std::string& path, const std::string& text);

// UNAVAILABLE, with the way out of it.
absl::Status CannotBeWritten(const std::string& path, const std::string& why);

}  // namespace daybook::cli
