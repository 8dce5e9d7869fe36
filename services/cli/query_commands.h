// `daybook report`, `daybook views`: what the server's views say.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "services/cli/connection.h"

namespace daybook::cli {

struct ReportOptions {
  std::string name;
  std::map<std::string, std::string> parameters;
  std::string known_on;
  std::optional<std::uint64_t> recorded_at;  // position: the log as it stood with this event last
  std::optional<std::uint64_t> min_position;
  std::string today;
  std::string format = "table";      // table, csv or json
  std::vector<std::string> columns;  // keys of the columns to show in a table; empty: all
  std::size_t width = 0;             // of a table, in characters; 0: the terminal's, else 160
};

int RunReport(const Connection& connection, const ReportOptions& options);
int RunListReports(const Connection& connection);
int RunViews(const Connection& connection);

}  // namespace daybook::cli
