// One report: asked for, and written in any form.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "daybook/reports/v1/reports_service.pb.h"
#include "services/cli/connection.h"

namespace daybook::cli {

struct ReportOptions {
  std::string name;
  std::map<std::string, std::string> parameters;
  std::string known_on;
  std::optional<std::uint64_t> recorded_at;  // position: the log as it stood with this event last
  std::optional<std::uint64_t> min_position;
  std::string compare_with;  // a day, or a position: print what changed since
  std::string today;
  std::string audience;    // "public": small counts protected; default: the partnership
  std::string protection;  // "suppression" (default) or "rounding", for the public
  bool explain = false;    // for the public: what is hidden and why, instead of the tables
  std::string format;      // table, csv, json, xlsx or html; default: by `out`, else table
  std::vector<std::string> columns;  // keys of the columns to show in a table; empty: all
  std::size_t width = 0;             // of a table, in characters; 0: the terminal's, else 100
  std::string out;                   // a file; default: standard output
  std::string directory;             // of a pack
  std::string list;                  // of a pack: a file that says which reports; else the server
};

reports::v1::Protection ProtectionOf(const ReportOptions& options);

grpc::Status AskReport(const Connection& connection, const ReportOptions& options,
                       reports::v1::RenderReportResponse& response);

// The form that is asked for: by name, else by the end of `out`, else "table".
std::string FormatOf(const ReportOptions& options);

// Characters of a line.
std::size_t WidthOf(const ReportOptions& options);

// `format` is any but xlsx.
absl::StatusOr<std::string> TextOf(const reports::v1::RenderReportResponse& response,
                                   const std::string& format, const ReportOptions& options);

// Into `path`; adds the names of the files to `written`. A csv of several tables is a file for each
// (name.csv, name-2.csv, …), and beside every csv lies its metadata.
absl::Status WriteReport(const std::string& path, const std::string& format,
                         const reports::v1::RenderReportResponse& response,
                         const ReportOptions& options, std::vector<std::string>& written);

}  // namespace daybook::cli
