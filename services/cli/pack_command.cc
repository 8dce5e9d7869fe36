#include "services/cli/pack_command.h"

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <filesystem>
#include <utility>

#include "absl/strings/str_split.h"
#include "eventstore/core/error.h"
#include "fmt/format.h"
#include "services/cli/error_output.h"
#include "services/cli/output/html_page.h"
#include "services/cli/output/table_printer.h"
#include "services/cli/output/whole_file.h"
#include "services/cli/pack_list.h"

namespace daybook::cli {
namespace {

namespace fs = std::filesystem;
using reports::v1::RenderReportResponse;

// One report of a pack: as the server lists it.
struct PackEntry {
  std::string file;
  ReportOptions options;
};

std::vector<PackEntry> EntriesOf(const RenderReportResponse& contents,
                                 const ReportOptions& options) {
  std::vector<PackEntry> entries;
  for (const auto& row : contents.tables(0).rows()) {
    PackEntry entry{row.cells(0).text(), options};
    entry.options.name = row.cells(1).text();
    entry.options.parameters.clear();
    for (const std::string& parameter :
         std::vector<std::string>(absl::StrSplit(row.cells(2).text(), "; ", absl::SkipEmpty()))) {
      const auto [name, value] =
          std::pair<std::string, std::string>(absl::StrSplit(parameter, absl::MaxSplits('=', 1)));
      entry.options.parameters[name] = value;
    }
    // Nothing of the pack is older than its list.
    const std::uint64_t size = contents.truth().checkpoint().size();
    if (!options.recorded_at && size > 0) entry.options.min_position = size - 1;
    entries.push_back(std::move(entry));
  }
  return entries;
}

absl::Status WriteEntry(const fs::path& directory, const PackEntry& entry,
                        const RenderReportResponse& response) {
  std::vector<std::string> written;
  for (const char* format : {"html", "csv", "xlsx"}) {
    DAYBOOK_RETURN_IF_ERROR(
        WriteReport((directory / fmt::format("{}.{}", entry.file, format)).string(), format,
                    response, entry.options, written));
  }
  return absl::OkStatus();
}

// What became of each stands beside it, in the index and on the screen.
void AddOutcomeColumns(reports::v1::Table& index) {
  for (const char* key : {"tables", "rows", "state"}) {
    auto& column = *index.add_columns();
    column.set_key(key);
    column.set_title(std::string(1, static_cast<char>(std::toupper(*key))) + (key + 1));
    column.set_numeric(std::string_view(key) != "state");
  }
}

void AddOutcome(const RenderReportResponse& response, reports::v1::Row& row) {
  int rows = 0;
  for (const auto& table : response.tables()) rows += table.rows_size();
  row.add_cells()->set_text(std::to_string(response.tables_size()));
  row.add_cells()->set_text(std::to_string(rows));
  row.add_cells()->set_text(rows == 0 ? "nothing is held" : "written");
}

void AddFailure(std::string why, reports::v1::Row& row) {
  for (int c = 0; c < 2; ++c) row.add_cells()->set_marker("x");
  row.add_cells()->set_text(std::move(why));
}

// Writes one report and says in its row of the index what became of it.
int WriteOne(const Connection& connection, const fs::path& directory, const PackEntry& entry,
             reports::v1::Row& row, reports::v1::Truth& truth) {
  RenderReportResponse response;
  const grpc::Status made = AskReport(connection, entry.options, response);
  if (!made.ok()) {
    AddFailure("refused: " + made.error_message(), row);
    return Report(entry.file, made, connection);
  }
  if (const absl::Status written = WriteEntry(directory, entry, response); !written.ok()) {
    AddFailure("not written", row);
    return Report(written);
  }
  AddOutcome(response, row);
  truth = response.truth();
  return kDone;
}

}  // namespace

int RunPack(const Connection& connection, const ReportOptions& options) {
  if (!options.out.empty() || !options.format.empty()) {
    PrintError(
        "error: a pack is written as html, csv and xlsx into its folder\n       do      Leave "
        "--out and --format out.\n");
    return kUsage;
  }
  if (options.directory.empty()) {
    PrintError("error: a pack is written into a folder\n       do      Name it.\n");
    return kUsage;
  }
  RenderReportResponse contents;
  if (options.list.empty()) {
    const grpc::Status status = AskReport(connection, options, contents);
    if (!status.ok()) return Report("report pack", status, connection);
  } else {
    auto listed = ReadPackList(options.list);
    if (!listed.ok()) return Report(listed.status());
    contents = *std::move(listed);
  }
  const fs::path directory(options.directory);
  std::error_code error;
  fs::create_directories(directory, error);  // what is wrong with it, the first file says
  reports::v1::Table& index = *contents.mutable_tables(0);
  AddOutcomeColumns(index);
  int worst = kDone;
  const std::vector<PackEntry> entries = EntriesOf(contents, options);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    reports::v1::Truth truth;
    const int code = WriteOne(connection, directory, entries[i],
                              *index.mutable_rows(static_cast<int>(i)), truth);
    // A list of one's own says no more of its state than its first report does.
    if (!contents.has_truth()) *contents.mutable_truth() = truth;
    if (code == kUnreachable) return code;
    worst = std::max(worst, code);
  }
  const absl::Status written = WriteWhole((directory / "index.html").string(), ToHtml(contents));
  if (!written.ok()) return Report(written);
  fmt::print("{}", ToText(contents, {"file", "rows", "state"}, WidthOf(options)));
  return worst;
}

}  // namespace daybook::cli
