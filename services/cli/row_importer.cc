#include "services/cli/row_importer.h"

#include <unistd.h>

#include <cstdio>
#include <utility>

#include "fmt/format.h"
#include "services/cli/column_of.h"
#include "services/cli/error_output.h"
#include "services/cli/questions.h"

namespace daybook::cli {
namespace {

// What a label stands for that is not registered may be said once for all of its figures.
void AddLabel(const ingest::Table& table, FileFinding& finding) {
  if (finding.row == 0 || finding.row > table.labels.size()) return;
  const auto& labels = table.labels[finding.row - 1];
  const auto label = labels.find(finding.field);
  if (label == labels.end()) return;
  finding.description = fmt::format("\"{}\": {}", label->second, finding.description);
  if (!finding.reason.starts_with("UNKNOWN_")) return;
  finding.remedy +=
      fmt::format(" Or say what the label stands for: --answer {}.",
                  ShellWord(std::string(ingest::kLabelQuestion) + label->second + "=ID"));
}

}  // namespace

std::string ImportJob::RequestId(std::uint32_t first_row) const {
  return fmt::format("{}/{}", submission_id, first_row);
}

std::string ImportJob::MessageId(std::uint32_t first_row) const {
  return attempt == 0 ? RequestId(first_row)
                      : fmt::format("{}/{}/{}", submission_id, attempt, first_row);
}

void ImportJob::Refuse(std::uint32_t row, const values::Problems& problems) {
  ++counts.refused;
  AddFindings(row, problems);
}

void ImportJob::AddFinding(FileFinding finding) {
  if (finding.row > 0 && finding.row <= table.lines.size()) {
    finding.line = table.lines[finding.row - 1];
  }
  AddLabel(table, finding);
  findings.push_back(std::move(finding));
}

void ImportJob::AddFindings(std::uint32_t row, const values::Problems& problems) {
  for (const auto& problem : problems) {
    AddFinding({.row = row,
                .field = problem.field,
                .reason = problem.reason,
                .description = problem.description,
                .remedy = problem.remedy});
  }
}

void ImportJob::Take(const types::v1::RowResult& result, bool duplicate) {
  switch (result.outcome()) {
    case types::v1::RowResult::OUTCOME_RECORDED:
      ++counts.recorded;
      if (duplicate) ++counts.already;
      break;
    case types::v1::RowResult::OUTCOME_STAGED:
      break;  // counted when the file is complete
    case types::v1::RowResult::OUTCOME_UNCHANGED:
      ++counts.unchanged;
      break;
    default:
      ++counts.refused;
  }
  for (const auto& finding : result.findings()) {
    AddFinding({.row = result.row(),
                .refused = finding.level() != types::v1::Finding::LEVEL_ASK,
                .field = ColumnOf(dataset, finding.field()),
                .reason = finding.reason(),
                .description = finding.description(),
                .remedy = finding.remedy()});
  }
}

void ImportJob::Progress(std::uint32_t rows_done) const {
  if (isatty(STDERR_FILENO) == 0) return;
  PrintError("\r  {}: {} of {} rows\x1b[K", path, rows_done, table.rows.size());
  if (rows_done == table.rows.size()) PrintError("\r\x1b[K");
}

}  // namespace daybook::cli
