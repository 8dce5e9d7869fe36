// JSON as the command prints it. Header only.
#pragma once

#include <string>

#include "nlohmann/json.hpp"

namespace daybook::cli {

// Indented by two; bytes that are not UTF-8, of a file's name say, become U+FFFD.
inline std::string JsonText(const nlohmann::ordered_json& json) {
  return json.dump(2, ' ', /*ensure_ascii=*/false,
                   nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace daybook::cli
