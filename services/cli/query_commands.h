// `daybook report`, `daybook reports`, `daybook views`: what the server's views say.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "services/cli/connection.h"

namespace daybook::cli {

struct ReportOptions {
  std::string name;
  std::map<std::string, std::string> parameters;
  std::string known_on;
  std::optional<std::uint64_t> recorded_at;  // position: the log as it stood with this event last
  std::optional<std::uint64_t> min_position;
  std::string today;
  std::string format = "table";
};

int RunReport(const Connection& connection, const ReportOptions& options);
int RunListReports(const Connection& connection);
int RunViews(const Connection& connection);

}  // namespace daybook::cli
