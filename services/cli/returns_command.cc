#include "services/cli/returns_command.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <string>
#include <vector>

#include "fmt/format.h"
#include "services/cli/output/whole_file.h"

namespace daybook::cli {
namespace {

namespace fs = std::filesystem;
using reports::v1::RenderReportResponse;

// "Rochford District Council" -> "rochford-district-council": a name of a folder on any system.
std::string FolderOf(std::string_view lead) {
  std::string folder;
  for (const char c : lead) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0) {
      folder.push_back(static_cast<char>(std::tolower(byte)));
    } else if (!folder.empty() && folder.back() != '-') {
      folder.push_back('-');
    }
  }
  while (!folder.empty() && folder.back() == '-') folder.pop_back();
  return folder.empty() ? "lead" : folder;
}

absl::Status WriteReturn(const fs::path& folder, const std::string& reminder,
                         const RenderReportResponse& response, const ReportOptions& options) {
  std::vector<std::string> written;
  for (const char* format : {"csv", "xlsx"}) {
    const absl::Status status = WriteReport((folder / fmt::format("updates.{}", format)).string(),
                                            format, response, options, written);
    if (!status.ok()) return status;
  }
  return WriteWhole((folder / "reminder.txt").string(), reminder + "\n");
}

}  // namespace

int RunReturns(const Connection& connection, const ReportOptions& options) {
  RenderReportResponse reminders;
  const grpc::Status status = AskReport(connection, options, reminders);
  if (!status.ok()) return Report("report reminders", status, connection);
  int worst = kDone;
  for (const auto& row : reminders.tables(0).rows()) {
    const std::string& lead = row.cells(0).text();
    ReportOptions asked = options;
    asked.name = "quarter-return";
    asked.parameters.erase("due");
    asked.parameters["lead"] = lead;
    // Nothing of it is older than the list.
    const std::uint64_t size = reminders.truth().checkpoint().size();
    if (!options.recorded_at && size > 0) asked.min_position = size - 1;
    RenderReportResponse response;
    if (const grpc::Status made = AskReport(connection, asked, response); !made.ok()) {
      worst = std::max(worst, Report(lead, made, connection));
      if (worst == kUnreachable) return worst;
      continue;
    }
    const fs::path folder = fs::path(options.directory) / FolderOf(lead);
    std::error_code error;
    fs::create_directories(folder, error);  // what is wrong with it, the first file says
    if (const absl::Status written = WriteReturn(folder, row.cells(2).text(), response, asked);
        !written.ok()) {
      return Report(written);
    }
    fmt::print("{}: {} to report on, {}\n", lead, row.cells(1).text(), folder.string());
  }
  if (reminders.tables(0).rows().empty()) fmt::print("Every update that is due is in.\n");
  return worst;
}

}  // namespace daybook::cli
