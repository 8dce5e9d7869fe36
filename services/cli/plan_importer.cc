// The datasets of a plan.
#include "daybook/actions/v1/actions_service.grpc.pb.h"
#include "services/cli/send_commands.h"

namespace daybook::cli {
namespace {

// How many rows from `begin` on are one update: the first and those that add a figure to it.
std::uint32_t RowsOfUpdate(const ImportJob& job, std::size_t begin) {
  const ingest::TableRow first = job.Row(begin);
  std::uint32_t rows = 1;
  while (begin + rows < job.table.rows.size() && ContinuesUpdate(first, job.Row(begin + rows))) {
    ++rows;
  }
  return rows;
}

// Reads the rows of one update with `read`; a problem in one of them refuses the update whole.
bool ReadUpdate(
    ImportJob& job, std::size_t begin, std::uint32_t rows,
    const std::function<void(const ingest::TableRow&, bool first, values::Problems&)>& read) {
  bool good = true;
  for (std::uint32_t i = 0; i < rows; ++i) {
    const ingest::TableRow row = job.Row(begin + i);
    values::Problems problems;
    row.AddFindings(problems);
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
    const ingest::TableRow first = job.Row(i);
    const std::uint32_t rows = RowsOfUpdate(job, i);
    grpc::Status status;
    if (!first["left_to"].empty()) {
      v1::DeferUpdateRequest request;
      if (ReadUpdate(job, i, rows,
                     [&](const ingest::TableRow& row, bool, values::Problems& problems) {
                       Map(row, request, problems);
                     })) {
        status = SendCommand<v1::DeferUpdateRequest, v1::DeferUpdateResponse>(
            job, first.number(), rows, request, [&](auto* context, const auto& r, auto* s) {
              return stub->DeferUpdate(context, r, s);
            });
      }
    } else {
      v1::SubmitUpdateRequest request;
      if (ReadUpdate(job, i, rows,
                     [&](const ingest::TableRow& row, bool is_first, values::Problems& out) {
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

}  // namespace

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
  if (job.dataset == "plan-adoptions") {
    return EachRow<v1::AdoptPlanRequest, v1::AdoptPlanResponse>(
        job, [&](auto* c, const auto& r, auto* s) { return stub->AdoptPlan(c, r, s); });
  }
  if (job.dataset == "priority-changes") {
    return EachRow<v1::RevisePriorityRequest, v1::RevisePriorityResponse>(
        job, [&](auto* c, const auto& r, auto* s) { return stub->RevisePriority(c, r, s); });
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

grpc::Status ImportMoney(ImportJob& job) {
  namespace v1 = actions::v1;
  auto stub = v1::ActionService::NewStub(job.connection.channel);
  if (job.dataset == "projects") {
    return EachRow<v1::MapProjectRequest, v1::MapProjectResponse>(
        job, [&](auto* c, const auto& r, auto* s) { return stub->MapProject(c, r, s); });
  }
  if (job.dataset == "grants") {
    return EachRow<v1::AllocateGrantRequest, v1::AllocateGrantResponse>(
        job, [&](auto* c, const auto& r, auto* s) { return stub->AllocateGrant(c, r, s); });
  }
  if (job.dataset == "top-slices") {
    return EachRow<v1::ApplyTopSliceRequest, v1::ApplyTopSliceResponse>(
        job, [&](auto* c, const auto& r, auto* s) { return stub->ApplyTopSlice(c, r, s); });
  }
  return EachRow<v1::MoveFundsRequest, v1::MoveFundsResponse>(
      job, [&](auto* c, const auto& r, auto* s) { return stub->MoveFunds(c, r, s); });
}

grpc::Status ImportActivities(ImportJob& job) {
  namespace v1 = actions::v1;
  auto stub = v1::ActionService::NewStub(job.connection.channel);
  if (job.dataset == "activities") {
    return EachRow<v1::RecordActivityRequest, v1::RecordActivityResponse>(
        job, [&](auto* c, const auto& r, auto* s) { return stub->RecordActivity(c, r, s); });
  }
  return EachRow<v1::RecordReachRequest, v1::RecordReachResponse>(
      job, [&](auto* c, const auto& r, auto* s) { return stub->RecordReach(c, r, s); });
}

}  // namespace daybook::cli
