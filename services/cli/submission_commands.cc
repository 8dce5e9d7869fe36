#include "services/cli/submission_commands.h"

#include <utility>
#include <vector>

#include "daybook/reports/v1/reports_service.grpc.pb.h"
#include "daybook/submissions/v1/submissions_service.grpc.pb.h"
#include "eventstore/core/error.h"
#include "fmt/format.h"
#include "services/cli/receipt.h"

namespace daybook::cli {
namespace {

constexpr std::size_t kReferenceMin = 6;
constexpr std::size_t kIdDigits = 32;

int WrongReference(const std::string& what, const std::string& reason, const std::string& remedy) {
  return Report(
      eventstore::MakeError(absl::StatusCode::kInvalidArgument, what,
                            {.reason = reason, .remedy = remedy, .fields = {}, .metadata = {}}));
}

grpc::Status GetSubmissions(const Connection& connection, reports::v1::Table& table) {
  auto stub = reports::v1::ReportService::NewStub(connection.channel);
  reports::v1::RenderReportRequest request;
  request.set_name("submissions");
  grpc::ClientContext context;
  Prepare(context, connection, connection.agency, std::chrono::seconds(60));
  reports::v1::RenderReportResponse response;
  const grpc::Status status = stub->RenderReport(&context, request, &response);
  if (status.ok() && response.tables_size() > 0) table = std::move(*response.mutable_tables(0));
  return status;
}

// The ids that begin so.
grpc::Status FindIds(const Connection& connection, const std::string& reference,
                     std::vector<std::string>& ids) {
  reports::v1::Table table;
  const grpc::Status status = GetSubmissions(connection, table);
  for (const auto& row : table.rows()) {
    const std::string& id = row.cells(0).text();
    if (id.starts_with(reference)) ids.push_back(id);
  }
  return status;
}

}  // namespace

int RunShowSubmission(const Connection& connection, const std::string& reference) {
  if (reference.size() < kReferenceMin) {
    return WrongReference("the reference is too short", "INVALID_FIELD",
                          "Give at least its first 6 digits, as the receipt has them.");
  }
  std::vector<std::string> ids;
  if (reference.size() == kIdDigits) {
    ids.push_back(reference);
  } else if (const grpc::Status status = FindIds(connection, reference, ids); !status.ok()) {
    return Report("submission " + reference, status, connection);
  }
  if (ids.size() != 1) {
    return WrongReference(
        ids.empty() ? "no submission begins with " + reference
                    : fmt::format("{} submissions begin with {}", ids.size(), reference),
        ids.empty() ? "UNKNOWN_SUBMISSION" : "INVALID_FIELD", "`daybook submissions` lists them.");
  }
  auto stub = submissions::v1::SubmissionService::NewStub(connection.channel);
  submissions::v1::GetSubmissionRequest request;
  request.set_submission_id(ids.front());
  grpc::ClientContext context;
  Prepare(context, connection, connection.agency);
  submissions::v1::GetSubmissionResponse response;
  const grpc::Status status = stub->GetSubmission(&context, request, &response);
  if (!status.ok()) return Report("submission " + reference, status, connection);
  const auto& submission = response.submission();
  fmt::print("{}  sent by {}, file digest {}\n",
             ReceiptText("", submission, 0, ReceiptLength::kWhole), submission.agency(),
             submission.sha256());
  if (submission.state() == "held") {
    fmt::print("  to let it in: daybook import FILE {}\n", ConfirmWords(submission));
  }
  return kDone;
}

std::string FilesThatWait(const Connection& connection) {
  reports::v1::Table table;
  if (!GetSubmissions(connection, table).ok()) return "";
  int column = 0;
  while (column < table.columns_size() && table.columns(column).key() != "state") ++column;
  int held = 0;
  int broken_off = 0;
  for (const auto& row : table.rows()) {
    if (column >= row.cells_size()) return "";
    const std::string& state = row.cells(column).text();
    held += state.starts_with("held") ? 1 : 0;
    broken_off += state == "being recorded" ? 1 : 0;
  }
  if (held + broken_off == 0) return "";
  return fmt::format("{} held, {} being recorded (daybook submissions)", held, broken_off);
}

}  // namespace daybook::cli
