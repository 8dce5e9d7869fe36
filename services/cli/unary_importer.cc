// Rows that are commands of their own: registers and plans.
#include <map>
#include <string_view>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "services/cli/column_of.h"
#include "services/cli/send_commands.h"

namespace daybook::cli {
namespace {

using Importer = grpc::Status (*)(ImportJob&);

Importer ImporterOf(std::string_view dataset) {
  static const auto& importers =
      *new std::map<std::string_view, Importer>{{"dimensions", ImportDefinitions},
                                                {"measures", ImportDefinitions},
                                                {"breaks", ImportDefinitions},
                                                {"harm-weights", ImportDefinitions},
                                                {"plans", ImportPlan},
                                                {"priorities", ImportPlan},
                                                {"plan-adoptions", ImportPlan},
                                                {"priority-changes", ImportPlan},
                                                {"commitments", ImportPlan},
                                                {"actions", ImportPlan},
                                                {"targets", ImportPlan},
                                                {"updates", ImportPlan},
                                                {"projects", ImportMoney},
                                                {"grants", ImportMoney},
                                                {"top-slices", ImportMoney},
                                                {"fund-entries", ImportMoney},
                                                {"activities", ImportActivities},
                                                {"reaches", ImportActivities},
                                                {"orders", ImportEnforcement},
                                                {"order-reviews", ImportEnforcement},
                                                {"breaches", ImportEnforcement},
                                                {"breach-steps", ImportEnforcement},
                                                {"tasks", ImportEnforcement},
                                                {"task-ends", ImportEnforcement},
                                                {"penalties", ImportEnforcement},
                                                {"penalty-ends", ImportEnforcement},
                                                {"resolutions", ImportScrutiny},
                                                {"responses", ImportScrutiny},
                                                {"assessments", ImportScrutiny},
                                                {"assessment-sections", ImportScrutiny},
                                                {"assessment-approvals", ImportScrutiny},
                                                {"risk-ranks", ImportScrutiny}};
  const auto it = importers.find(dataset);
  return it == importers.end() ? ImportPartners : it->second;
}

}  // namespace

bool IsRefusal(const grpc::Status& status) {
  switch (status.error_code()) {
    case grpc::StatusCode::INVALID_ARGUMENT:
    case grpc::StatusCode::FAILED_PRECONDITION:
    case grpc::StatusCode::NOT_FOUND:
    case grpc::StatusCode::ALREADY_EXISTS:
      return true;
    default:
      return false;
  }
}

void TakeRefusal(ImportJob& job, std::uint32_t row, std::uint32_t rows,
                 const grpc::Status& status) {
  const CallError error = DetailsOf(status);
  job.counts.refused += rows;
  if (error.fields.empty()) {
    job.AddFinding({.row = row,
                    .field = "",
                    .reason = error.reason,
                    .description = status.error_message(),
                    .remedy = error.remedy});
  }
  for (const auto& field : error.fields) {
    job.AddFinding({.row = row,
                    .field = ColumnOf(job.dataset, field.field),
                    .reason = field.reason,
                    .description = field.description,
                    .remedy = field.remedy});
  }
}

bool WaitToRetry(int attempt) {
  if (attempt >= kBusyAttemptsMax) return false;
  absl::SleepFor(absl::Milliseconds(50 << attempt));
  return true;
}

grpc::Status ImportByCommands(ImportJob& job) { return ImporterOf(job.dataset)(job); }

}  // namespace daybook::cli
