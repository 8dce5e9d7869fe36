#include "services/submissions/grpc/submission_service.h"

#include "eventstore/core/error.h"
#include "services/submissions/domain/submission_commands.h"

namespace daybook::submissions {
namespace {

using commands::StreamLoader;

// The submission as it stands now, not as it stood when the request was first answered.
void FillSubmission(eventstore::EventStore& store, const eventstore::AppendResult& result,
                    v1::Submission* submission) {
  *submission = SubmissionInAnswer(result.answer);
  StreamLoader loader(store);
  const auto now = Load(submission->submission_id(), loader);
  if (now.ok() && now->opened) *submission = ToSubmission(*now);
}

}  // namespace

grpc::ServerUnaryReactor* SubmissionServiceImpl::OpenSubmission(
    grpc::CallbackServerContext* context, const v1::OpenSubmissionRequest* request,
    v1::OpenSubmissionResponse* response) {
  return runtime::OnCommand<v1::OpenSubmissionRequest, v1::OpenSubmissionResponse>(
      env_, context, request, response, Open,
      [this](const eventstore::AppendResult& result, v1::OpenSubmissionResponse& filled) {
        FillSubmission(env_.store, result, filled.mutable_submission());
      });
}

grpc::ServerUnaryReactor* SubmissionServiceImpl::CompleteSubmission(
    grpc::CallbackServerContext* context, const v1::CompleteSubmissionRequest* request,
    v1::CompleteSubmissionResponse* response) {
  return runtime::OnCommand<v1::CompleteSubmissionRequest, v1::CompleteSubmissionResponse>(
      env_, context, request, response, Complete,
      [this](const eventstore::AppendResult& result, v1::CompleteSubmissionResponse& filled) {
        FillSubmission(env_.store, result, filled.mutable_submission());
      });
}

grpc::ServerUnaryReactor* SubmissionServiceImpl::GetSubmission(
    grpc::CallbackServerContext* context, const v1::GetSubmissionRequest* request,
    v1::GetSubmissionResponse* response) {
  return runtime::OnWorker(context, env_, [this, request, response]() -> absl::Status {
    StreamLoader loader(env_.store);
    DAYBOOK_ASSIGN_OR_RETURN(const auto state, Load(request->submission_id(), loader));
    if (!state.opened) return ToStatus(UnknownSubmission("submission_id"));
    *response->mutable_submission() = ToSubmission(state);
    return absl::OkStatus();
  });
}

}  // namespace daybook::submissions
