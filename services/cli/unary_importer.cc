// Rows that are commands of their own: registers and plans.
#include <algorithm>
#include <functional>
#include <memory>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "daybook/actions/v1/actions_service.grpc.pb.h"
#include "daybook/measures/v1/measures_service.grpc.pb.h"
#include "daybook/partners/v1/partners_service.grpc.pb.h"
#include "services/cli/column_of.h"
#include "services/cli/command_mapping.h"
#include "services/cli/row_importer.h"

namespace daybook::cli {
namespace {

constexpr int kAttemptsMax = 8;

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

// The refusal of a command as findings of its row.
void TakeRefusal(ImportJob& job, std::uint32_t row, std::uint32_t rows,
                 const grpc::Status& status) {
  const CallError error = DetailsOf(status);
  job.counts.refused += rows;
  if (error.fields.empty()) {
    job.findings.push_back({row, true, "", error.reason, status.error_message(), error.remedy});
  }
  for (const auto& [field, description] : error.fields) {
    job.findings.push_back(
        {row, true, ColumnOf(job.dataset, field), error.reason, description, error.remedy});
  }
}

// Sends one command for `rows` rows from `row` on, again where that may help. OK unless the import
// has to end.
template <class Request, class Response>
grpc::Status SendCommand(
    ImportJob& job, std::uint32_t row, std::uint32_t rows, Request& request,
    const std::function<grpc::Status(grpc::ClientContext*, const Request&, Response*)>& call) {
  request.mutable_head()->set_request_id(job.RequestId(row));
  request.mutable_head()->set_submission_id(job.submission_id);
  grpc::Status status;
  for (int attempt = 1; attempt <= kAttemptsMax; ++attempt) {
    grpc::ClientContext context;
    Prepare(context, job.connection, job.agency);
    Response response;
    status = call(&context, request, &response);
    if (status.ok()) {
      job.counts.position = std::max(job.counts.position, response.receipt().position());
      job.counts.recorded += rows;
      if (response.receipt().duplicate()) job.counts.already += rows;
      return status;
    }
    if (IsRefusal(status)) {
      TakeRefusal(job, row, rows, status);
      return grpc::Status::OK;
    }
    if (!MayRetry(status)) return status;
    absl::SleepFor(absl::Milliseconds(50 << attempt));
  }
  return status;
}

// Every row of the file is one command.
template <class Request, class Response>
grpc::Status EachRow(
    ImportJob& job,
    const std::function<grpc::Status(grpc::ClientContext*, const Request&, Response*)>& call) {
  for (std::size_t i = 0; i < job.table.rows.size(); ++i) {
    const CsvRow row = job.Row(i);
    Request request;
    values::Problems problems;
    row.CheckCellCount(problems);
    if (problems.empty()) Map(row, request, problems);
    if (!problems.empty()) {
      job.Refuse(row.number(), problems);
    } else {
      auto status = SendCommand<Request, Response>(job, row.number(), 1, request, call);
      if (!status.ok()) return status;
    }
    job.Progress(row.number());
  }
  return grpc::Status::OK;
}

// How many rows from `begin` on are one update: the first and those that add a figure to it.
std::uint32_t RowsOfUpdate(const ImportJob& job, std::size_t begin) {
  const CsvRow first = job.Row(begin);
  std::uint32_t rows = 1;
  while (begin + rows < job.table.rows.size() && ContinuesUpdate(first, job.Row(begin + rows))) {
    ++rows;
  }
  return rows;
}

// Reads the rows of one update with `read`; a problem in one of them refuses the update whole.
bool ReadUpdate(ImportJob& job, std::size_t begin, std::uint32_t rows,
                const std::function<void(const CsvRow&, bool first, values::Problems&)>& read) {
  bool good = true;
  for (std::uint32_t i = 0; i < rows; ++i) {
    const CsvRow row = job.Row(begin + i);
    values::Problems problems;
    row.CheckCellCount(problems);
    if (problems.empty()) read(row, i == 0, problems);
    job.AddFindings(row.number(), problems);
    good = good && problems.empty();
  }
  if (!good) job.counts.refused += rows;
  return good;
}

grpc::Status ImportUpdates(ImportJob& job) {
  namespace v1 = actions::v1;
  auto stub = v1::ActionService::NewStub(job.connection.channel);
  for (std::size_t i = 0; i < job.table.rows.size();) {
    const CsvRow first = job.Row(i);
    const std::uint32_t rows = RowsOfUpdate(job, i);
    grpc::Status status;
    if (!first["left_to"].empty()) {
      v1::DeferUpdateRequest request;
      if (ReadUpdate(job, i, rows, [&](const CsvRow& row, bool, values::Problems& problems) {
            Map(row, request, problems);
          })) {
        status = SendCommand<v1::DeferUpdateRequest, v1::DeferUpdateResponse>(
            job, first.number(), rows, request, [&](auto* context, const auto& r, auto* s) {
              return stub->DeferUpdate(context, r, s);
            });
      }
    } else {
      v1::SubmitUpdateRequest request;
      if (ReadUpdate(job, i, rows, [&](const CsvRow& row, bool is_first, values::Problems& out) {
            is_first ? Map(row, request, out) : AddMeasurement(row, request, out);
          })) {
        status = SendCommand<v1::SubmitUpdateRequest, v1::SubmitUpdateResponse>(
            job, first.number(), rows, request, [&](auto* context, const auto& r, auto* s) {
              return stub->SubmitUpdate(context, r, s);
            });
      }
    }
    if (!status.ok()) return status;
    i += rows;
    job.Progress(static_cast<std::uint32_t>(i));
  }
  return grpc::Status::OK;
}

grpc::Status ImportPartners(ImportJob& job) {
  namespace v1 = partners::v1;
  auto stub = v1::PartnerService::NewStub(job.connection.channel);
  if (job.dataset == "organisations") {
    return EachRow<v1::RegisterOrganisationRequest, v1::RegisterOrganisationResponse>(
        job, [&](auto* c, const auto& r, auto* s) { return stub->RegisterOrganisation(c, r, s); });
  }
  if (job.dataset == "successions") {
    return EachRow<v1::RecordSuccessionRequest, v1::RecordSuccessionResponse>(
        job, [&](auto* c, const auto& r, auto* s) { return stub->RecordSuccession(c, r, s); });
  }
  if (job.dataset == "areas") {
    return EachRow<v1::RegisterAreaRequest, v1::RegisterAreaResponse>(
        job, [&](auto* c, const auto& r, auto* s) { return stub->RegisterArea(c, r, s); });
  }
  if (job.dataset == "partnerships") {
    return EachRow<v1::RegisterPartnershipRequest, v1::RegisterPartnershipResponse>(
        job, [&](auto* c, const auto& r, auto* s) { return stub->RegisterPartnership(c, r, s); });
  }
  return EachRow<v1::GrantMembershipRequest, v1::GrantMembershipResponse>(
      job, [&](auto* c, const auto& r, auto* s) { return stub->GrantMembership(c, r, s); });
}

grpc::Status ImportDefinitions(ImportJob& job) {
  namespace v1 = measures::v1;
  auto stub = v1::MeasureService::NewStub(job.connection.channel);
  if (job.dataset == "breaks") {
    return EachRow<v1::DeclareBreakRequest, v1::DeclareBreakResponse>(
        job, [&](auto* c, const auto& r, auto* s) { return stub->DeclareBreak(c, r, s); });
  }
  return EachRow<v1::DefineMeasureRequest, v1::DefineMeasureResponse>(
      job, [&](auto* c, const auto& r, auto* s) { return stub->DefineMeasure(c, r, s); });
}

grpc::Status ImportPlan(ImportJob& job) {
  namespace v1 = actions::v1;
  auto stub = v1::ActionService::NewStub(job.connection.channel);
  if (job.dataset == "plans") {
    return EachRow<v1::OpenPlanRequest, v1::OpenPlanResponse>(
        job, [&](auto* c, const auto& r, auto* s) { return stub->OpenPlan(c, r, s); });
  }
  if (job.dataset == "priorities") {
    return EachRow<v1::AddPriorityRequest, v1::AddPriorityResponse>(
        job, [&](auto* c, const auto& r, auto* s) { return stub->AddPriority(c, r, s); });
  }
  if (job.dataset == "commitments") {
    return EachRow<v1::AddCommitmentRequest, v1::AddCommitmentResponse>(
        job, [&](auto* c, const auto& r, auto* s) { return stub->AddCommitment(c, r, s); });
  }
  if (job.dataset == "actions") {
    return EachRow<v1::AddActionRequest, v1::AddActionResponse>(
        job, [&](auto* c, const auto& r, auto* s) { return stub->AddAction(c, r, s); });
  }
  if (job.dataset == "targets") {
    return EachRow<v1::SetTargetRequest, v1::SetTargetResponse>(
        job, [&](auto* c, const auto& r, auto* s) { return stub->SetTarget(c, r, s); });
  }
  return ImportUpdates(job);
}

}  // namespace

grpc::Status ImportByCommands(ImportJob& job) {
  if (job.dataset == "measures" || job.dataset == "breaks") return ImportDefinitions(job);
  for (const char* plan : {"plans", "priorities", "commitments", "actions", "targets", "updates"}) {
    if (job.dataset == plan) return ImportPlan(job);
  }
  return ImportPartners(job);
}

}  // namespace daybook::cli
