#include "services/cli/report_files.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <filesystem>

#include "daybook/reports/v1/reports_service.grpc.pb.h"
#include "eventstore/core/error.h"
#include "fmt/format.h"
#include "google/protobuf/util/json_util.h"
#include "services/cli/output/csv_tables.h"
#include "services/cli/output/html_page.h"
#include "services/cli/output/table_printer.h"
#include "services/cli/output/whole_file.h"
#include "services/cli/output/workbook.h"

namespace daybook::cli {
namespace {

namespace fs = std::filesystem;
using reports::v1::RenderReportResponse;

constexpr std::size_t kWidthOfAFile = 100;
constexpr std::size_t kWidthMin = 40;

absl::StatusOr<std::string> ToJson(const RenderReportResponse& response) {
  google::protobuf::util::JsonPrintOptions json;
  json.add_whitespace = true;
  json.preserve_proto_field_names = true;
  std::string text;
  const auto status = google::protobuf::util::MessageToJsonString(response, &text, json);
  if (!status.ok()) return absl::InternalError("the answer is no JSON: " + status.ToString());
  return text;
}

// A number is a position; anything else is a day, which the service reads.
std::optional<std::uint64_t> PositionOf(const std::string& text) {
  std::uint64_t position = 0;
  const char* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, position);
  if (error != std::errc() || stopped != end) return std::nullopt;
  return position;
}

// "dir/name.csv", "dir/name-2.csv", …
fs::path NumberedPath(const fs::path& path, int number) {
  if (number == 1) return path;
  return path.parent_path() /
         fmt::format("{}-{}{}", path.stem().string(), number, path.extension().string());
}

absl::Status WriteCsvFiles(const fs::path& path, const RenderReportResponse& response,
                           std::vector<std::string>& written) {
  for (int t = 0; t < response.tables_size(); ++t) {
    const fs::path file = NumberedPath(path, t + 1);
    DAYBOOK_RETURN_IF_ERROR(WriteWhole(file.string(), ToCsv(response.tables(t))));
    written.push_back(file.string());
    const std::string metadata = file.string() + "-metadata.json";
    DAYBOOK_RETURN_IF_ERROR(WriteWhole(
        metadata, CsvMetadata(file.filename().string(), response.tables(t), response.truth())));
    written.push_back(metadata);
  }
  return absl::OkStatus();
}

}  // namespace

std::size_t WidthOf(const ReportOptions& options) {
  if (options.width > 0) return std::max(options.width, kWidthMin);
  winsize size{};
  const bool known = options.out.empty() && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0;
  return known && size.ws_col > 0 ? std::max<std::size_t>(size.ws_col, kWidthMin) : kWidthOfAFile;
}

std::string FormatOf(const ReportOptions& options) {
  if (!options.format.empty()) return options.format;
  const std::string end = fs::path(options.out).extension().string();
  for (const char* format : {"csv", "json", "xlsx", "html"}) {
    if (end == std::string(".") + format) return format;
  }
  return "table";
}

reports::v1::Protection ProtectionOf(const ReportOptions& options) {
  return options.protection == "rounding" ? reports::v1::PROTECTION_ROUNDING
                                          : reports::v1::PROTECTION_SUPPRESSION;
}

grpc::Status AskReport(const Connection& connection, const ReportOptions& options,
                       RenderReportResponse& response) {
  auto stub = reports::v1::ReportService::NewStub(connection.channel);
  reports::v1::RenderReportRequest request;
  request.set_name(options.name);
  for (const auto& [name, value] : options.parameters) {
    (*request.mutable_parameters())[name] = value;
  }
  auto* as_of = request.mutable_as_of();
  as_of->set_known_on(options.known_on);
  as_of->set_today(options.today);
  if (options.recorded_at) as_of->set_recorded_size(*options.recorded_at + 1);
  if (options.min_position) as_of->set_min_position(*options.min_position);
  if (!options.compare_with.empty()) {
    auto* then = request.mutable_compare_with();
    then->set_today(options.today);
    if (const auto position = PositionOf(options.compare_with)) {
      then->set_recorded_size(*position + 1);
    } else {
      then->set_known_on(options.compare_with);
    }
  }
  if (options.audience == "public") request.set_audience(reports::v1::AUDIENCE_PUBLIC);
  request.set_protection(ProtectionOf(options));
  request.set_explain_protection(options.explain);
  grpc::ClientContext context;
  Prepare(context, connection, connection.agency, std::chrono::seconds(60));
  return stub->RenderReport(&context, request, &response);
}

absl::StatusOr<std::string> TextOf(const RenderReportResponse& response, const std::string& format,
                                   const ReportOptions& options) {
  if (format == "csv") return ToCsv(response);
  if (format == "json") return ToJson(response);
  if (format == "html") return ToHtml(response);
  return ToText(response, options.columns, WidthOf(options));
}

absl::Status WriteReport(const std::string& path, const std::string& format,
                         const RenderReportResponse& response, const ReportOptions& options,
                         std::vector<std::string>& written) {
  if (format == "csv") return WriteCsvFiles(path, response, written);
  if (format == "xlsx") {
    DAYBOOK_RETURN_IF_ERROR(WriteWorkbook(path, response));
  } else {
    DAYBOOK_ASSIGN_OR_RETURN(const std::string text, TextOf(response, format, options));
    DAYBOOK_RETURN_IF_ERROR(WriteWhole(path, text));
  }
  written.push_back(path);
  return absl::OkStatus();
}

}  // namespace daybook::cli
