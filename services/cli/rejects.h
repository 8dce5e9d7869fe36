// The rows of a file that were refused, as a file that can be mended and sent: the same columns,
// and beside them which row it was, which column, why, and what to do.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "services/cli/dataset.h"
#include "services/cli/finding.h"
#include "services/ingest/table.h"

namespace daybook::cli {

// What stands between the input's name and its ending: "may.csv" gives "may.rejects.csv".
inline constexpr std::string_view kRejectsInfix = ".rejects";

// `folder` empty: beside the input.
std::string RejectsPath(const std::string& input, const std::string& folder,
                        const std::string& sheet = "");

// Which series the refused rows are of, where their sender named it.
inline const std::string kRejectsScopeColumn = std::string(ingest::kRejectColumn) + "scope";

// "" when no row was refused. `scope` as the sender named it; empty where nobody did.
std::string RejectsText(const ingest::Table& table, const std::vector<FileFinding>& findings,
                        const std::string& scope = "");

}  // namespace daybook::cli
