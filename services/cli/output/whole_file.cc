#include "services/cli/output/whole_file.h"

#include <filesystem>
#include <fstream>
#include <system_error>

#include "eventstore/core/error.h"

namespace daybook::cli {

absl::Status CannotBeWritten(const std::string& path, const std::string& why) {
  return eventstore::MakeError(
      absl::StatusCode::kUnavailable, path + " cannot be written" + (why.empty() ? "" : ": " + why),
      {.reason = "",
       .remedy = "Make room, or name a folder that is there and can be written.",
       .fields = {},
       .metadata = {}});
}

absl::Status ReplaceWhole(const std::string& path,
                          const std::function<absl::Status(const std::string& unfinished)>& write) {
  std::error_code error;
  const auto there = std::filesystem::status(path, error).type();
  if (there != std::filesystem::file_type::not_found &&
      there != std::filesystem::file_type::regular) {
    // A device or a directory would be replaced by the file.
    return CannotBeWritten(path, "it is there and is no file");
  }
  const std::string unfinished = path + ".part";
  absl::Status status = write(unfinished);
  if (status.ok()) {
    std::filesystem::rename(unfinished, path, error);
    if (!error) return absl::OkStatus();
    status = CannotBeWritten(path, error.message());
  }
  std::filesystem::remove(unfinished, error);
  return status;
}

absl::Status WriteWhole(const std::string& path, const std::string& text) {
  return ReplaceWhole(path, [&](const std::string& unfinished) {
    std::ofstream out(unfinished, std::ios::binary | std::ios::trunc);
    out << text;
    out.close();
    return out ? absl::OkStatus() : CannotBeWritten(path, "");
  });
}

}  // namespace daybook::cli
