#include "services/runtime/program.h"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "eventstore/core/error.h"

namespace daybook::runtime {

int FailToStart(const absl::Status& status) {
  std::fprintf(stderr, "error: %s\n", eventstore::Message(status).c_str());
  if (const auto detail = eventstore::GetErrorDetail(status)) {
    std::fprintf(stderr, "       reason  %s\n", detail->reason.c_str());
    for (const auto& field : detail->fields) {
      std::fprintf(stderr, "       field   %s: %s\n", field.field.c_str(),
                   field.description.c_str());
    }
    if (!detail->remedy.empty()) {
      std::fprintf(stderr, "       do      %s\n", detail->remedy.c_str());
    }
  }
  return kRefusedToStart;
}

bool WriteAddressFile(const std::string& path, const std::vector<std::string>& addresses) {
  const std::string temporary = path + ".tmp";
  bool written = false;
  {
    std::ofstream out(temporary);
    for (const std::string& address : addresses) out << address << '\n';
    written = static_cast<bool>(out.flush());
  }
  std::error_code error;
  if (written) std::filesystem::rename(temporary, path, error);
  if (!written || error) std::fprintf(stderr, "error: cannot write %s\n", path.c_str());
  return written && !error;
}

}  // namespace daybook::runtime
