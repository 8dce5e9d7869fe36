// A pack that a partnership has written down itself: which reports, with which parameters, under
// which names. The same tables again, next quarter, by one command.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "daybook/reports/v1/reports_service.pb.h"

namespace daybook::cli {

// Reads a TOML file: `title = "…"` and `[[report]]` tables with `report` (required: its name),
// `file` (the name of its files; default: the report's) and the report's parameters, all in quotes.
// Gives the same table as the report `pack`: file, report, parameters. INVALID_ARGUMENT names file
// and line of what is wrong: a name twice, one that is no name of a file, a value that is no text.
absl::StatusOr<reports::v1::RenderReportResponse> ReadPackList(const std::string& path);

}  // namespace daybook::cli
