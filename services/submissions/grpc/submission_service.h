// SubmissionService: translate and finish; the rules are in services/submissions/domain.
#pragma once

#include "daybook/submissions/v1/submissions_service.grpc.pb.h"
#include "services/commands/opaque_ids.h"
#include "services/commands/part_sealer.h"
#include "services/partners/application/registers.h"
#include "services/runtime/unary_call.h"
#include "services/submissions/application/version_keeper.h"

namespace daybook::submissions {

// Thread-safe. Owns nothing that it is given.
class SubmissionServiceImpl final : public v1::SubmissionService::CallbackService {
 public:
  // `executor` compares and records files: work of seconds, one file at a time.
  SubmissionServiceImpl(const runtime::CallEnvironment& env, partners::Registers& registers,
                        VersionKeeper& versions, commands::PartSealer& sealer,
                        commands::OpaqueIds& ids, commands::Executor& executor);

  grpc::ServerUnaryReactor* OpenSubmission(grpc::CallbackServerContext* context,
                                           const v1::OpenSubmissionRequest* request,
                                           v1::OpenSubmissionResponse* response) override;
  grpc::ServerUnaryReactor* CompleteSubmission(grpc::CallbackServerContext* context,
                                               const v1::CompleteSubmissionRequest* request,
                                               v1::CompleteSubmissionResponse* response) override;
  grpc::ServerUnaryReactor* GetSubmission(grpc::CallbackServerContext* context,
                                          const v1::GetSubmissionRequest* request,
                                          v1::GetSubmissionResponse* response) override;
  grpc::ServerUnaryReactor* KeepReadingRule(grpc::CallbackServerContext* context,
                                            const v1::KeepReadingRuleRequest* request,
                                            v1::KeepReadingRuleResponse* response) override;
  grpc::ServerUnaryReactor* RevokeReadingRule(grpc::CallbackServerContext* context,
                                              const v1::RevokeReadingRuleRequest* request,
                                              v1::RevokeReadingRuleResponse* response) override;
  grpc::ServerUnaryReactor* ListReadingRules(grpc::CallbackServerContext* context,
                                             const v1::ListReadingRulesRequest* request,
                                             v1::ListReadingRulesResponse* response) override;

 private:
  // As it may be stored: a file that may hold personal values is known by a digest under a key, and
  // its scope, which is mostly its name, by an opaque id.
  absl::StatusOr<v1::OpenSubmissionRequest> ToStore(const commands::Caller& caller,
                                                    const v1::OpenSubmissionRequest& request);
  absl::Status CheckSameFile(const commands::Caller& caller,
                             const v1::OpenSubmissionRequest& request,
                             const eventstore::AppendResult& known);
  // Scope and reason as they were sent, for the agency that sent them.
  absl::Status Reveal(const commands::Caller& caller, v1::Submission& submission);
  void Fill(const eventstore::AppendResult& result, v1::Submission* submission);

  // The scope of published records with the ids of the holders that it names by other names.
  absl::StatusOr<std::string> ScopeByIds(const v1::OpenSubmissionRequest& request);

  const runtime::CallEnvironment& env_;
  partners::Registers& registers_;
  VersionKeeper& versions_;
  commands::PartSealer& sealer_;
  commands::OpaqueIds& ids_;
  commands::Executor& executor_;
};

}  // namespace daybook::submissions
