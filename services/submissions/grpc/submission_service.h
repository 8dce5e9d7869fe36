// SubmissionService: translate and finish; the rules are in services/submissions/domain.
#pragma once

#include "daybook/submissions/v1/submissions_service.grpc.pb.h"
#include "services/runtime/unary_call.h"

namespace daybook::submissions {

// Thread-safe. Owns nothing that it is given.
class SubmissionServiceImpl final : public v1::SubmissionService::CallbackService {
 public:
  explicit SubmissionServiceImpl(const runtime::CallEnvironment& env) : env_(env) {}

  grpc::ServerUnaryReactor* OpenSubmission(grpc::CallbackServerContext* context,
                                           const v1::OpenSubmissionRequest* request,
                                           v1::OpenSubmissionResponse* response) override;
  grpc::ServerUnaryReactor* CompleteSubmission(grpc::CallbackServerContext* context,
                                               const v1::CompleteSubmissionRequest* request,
                                               v1::CompleteSubmissionResponse* response) override;
  grpc::ServerUnaryReactor* GetSubmission(grpc::CallbackServerContext* context,
                                          const v1::GetSubmissionRequest* request,
                                          v1::GetSubmissionResponse* response) override;

 private:
  const runtime::CallEnvironment& env_;
};

}  // namespace daybook::submissions
