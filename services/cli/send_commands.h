// Rows that are commands of their own, sent one by one. For the importers of services/cli only.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>

#include "grpcpp/client_context.h"
#include "services/cli/command_mapping.h"
#include "services/cli/row_importer.h"

namespace daybook::cli {

// Whether the server said no to what was sent, rather than failed to take it.
bool IsRefusal(const grpc::Status& status);

// The refusal of a command as findings of its row.
void TakeRefusal(ImportJob& job, std::uint32_t row, std::uint32_t rows, const grpc::Status& status);

// Waits before the next of a few attempts; false when there is none left.
bool WaitToRetry(int attempt);

// Sends one command for `rows` rows from `row` on, again where that may help. OK unless the import
// has to end.
template <class Request, class Response>
grpc::Status SendCommand(
    ImportJob& job, std::uint32_t row, std::uint32_t rows, Request& request,
    const std::function<grpc::Status(grpc::ClientContext*, const Request&, Response*)>& call) {
  request.mutable_head()->set_request_id(job.RequestId(row));
  request.mutable_head()->set_submission_id(job.submission_id);
  for (int attempt = 1;; ++attempt) {
    grpc::ClientContext context;
    Prepare(context, job.connection, job.agency);
    Response response;
    grpc::Status status = call(&context, request, &response);
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
    if (!MayRetry(status) || !WaitToRetry(attempt)) return status;
  }
}

// Every row of the file is one command.
template <class Request, class Response>
grpc::Status EachRow(
    ImportJob& job,
    const std::function<grpc::Status(grpc::ClientContext*, const Request&, Response*)>& call) {
  for (std::size_t i = 0; i < job.table.rows.size(); ++i) {
    const ingest::TableRow row = job.Row(i);
    Request request;
    values::Problems problems;
    row.AddFindings(problems);
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

// The datasets of each context; `job.dataset` is one of them.
grpc::Status ImportPartners(ImportJob& job);
grpc::Status ImportDefinitions(ImportJob& job);
grpc::Status ImportPlan(ImportJob& job);
grpc::Status ImportMoney(ImportJob& job);
grpc::Status ImportActivities(ImportJob& job);
grpc::Status ImportEnforcement(ImportJob& job);
grpc::Status ImportScrutiny(ImportJob& job);

}  // namespace daybook::cli
