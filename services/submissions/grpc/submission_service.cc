#include "services/submissions/grpc/submission_service.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "eventstore/core/civil_day.h"
#include "eventstore/core/error.h"
#include "eventstore/core/refusals.h"
#include "services/commands/door.h"
#include "services/commands/sealed_fields.h"
#include "services/submissions/domain/reading_rules.h"
#include "services/submissions/domain/submission_commands.h"

namespace daybook::submissions {

using commands::Caller;
using commands::StreamLoader;

SubmissionServiceImpl::SubmissionServiceImpl(const runtime::CallEnvironment& env,
                                             partners::Registers& registers,
                                             VersionKeeper& versions, commands::PartSealer& sealer,
                                             commands::OpaqueIds& ids, commands::Executor& executor)
    : env_(env),
      registers_(registers),
      versions_(versions),
      sealer_(sealer),
      ids_(ids),
      executor_(executor) {}

// A file names its force by any of its names: all of them are one series.
absl::StatusOr<std::string> SubmissionServiceImpl::ScopeByIds(
    const v1::OpenSubmissionRequest& request) {
  DAYBOOK_ASSIGN_OR_RETURN(const auto organisations, registers_.organisations.Read());
  std::vector<std::string> holders = absl::StrSplit(request.scope(), '.');
  for (std::string& holder : holders) {
    const auto* organisation = organisations->Resolve(holder);
    if (organisation == nullptr) {
      organisation = organisations->Resolve(absl::StrReplaceAll(holder, {{"-", " "}}));
    }
    if (organisation != nullptr) holder = organisation->id();
  }
  std::ranges::sort(holders);
  holders.erase(std::unique(holders.begin(), holders.end()), holders.end());
  return absl::StrJoin(holders, ".");
}

absl::StatusOr<v1::OpenSubmissionRequest> SubmissionServiceImpl::ToStore(
    const Caller& caller, const v1::OpenSubmissionRequest& request) {
  v1::OpenSubmissionRequest stored = request;
  if (commands::IsPublished(request.dataset())) {
    DAYBOOK_ASSIGN_OR_RETURN(*stored.mutable_scope(), ScopeByIds(request));
  }
  // One that is refused is refused as it was sent.
  if (!commands::HasSealedCells(request.dataset()) ||
      !ShapeOf(request, eventstore::LondonDay(env_.clock.Now())).empty()) {
    return stored;
  }
  DAYBOOK_ASSIGN_OR_RETURN(*stored.mutable_sha256(),
                           sealer_.FileDigest(caller.agency, request.sha256()));
  DAYBOOK_ASSIGN_OR_RETURN(auto scope, ids_.IdsOf(ScopeSpace(caller.agency, request.dataset()),
                                                  {request.scope()}, /*make=*/true));
  stored.set_scope(std::move(scope.front()));
  return stored;
}

absl::Status SubmissionServiceImpl::Reveal(const Caller& caller, v1::Submission& submission) {
  if (!commands::HasSealedCells(submission.dataset()) || submission.agency() != caller.agency ||
      submission.dry_run()) {
    return absl::OkStatus();
  }
  eventstore::RecordedEvent opening;
  DAYBOOK_RETURN_IF_ERROR(env_.store.ReadStream(SubmissionStream(submission.submission_id()), {},
                                                eventstore::Direction::kForward, 1,
                                                [&opening](eventstore::RecordedEvent& event) {
                                                  opening = std::move(event);
                                                  return false;
                                                }));
  for (const eventstore::SealedPart& part : opening.event.parts) {
    DAYBOOK_ASSIGN_OR_RETURN(const auto text, sealer_.Open(opening.event.id, part));
    if (!text) continue;
    if (part.name == kScopePart) submission.set_scope(*text);
    if (part.name == kReasonPart) submission.set_reason(*text);
  }
  return absl::OkStatus();
}

// The fingerprint of a request does not cover the hash of such a file. Its digest tells, until an
// erasure changes the key that the digest begins with.
absl::Status SubmissionServiceImpl::CheckSameFile(const Caller& caller,
                                                  const v1::OpenSubmissionRequest& request,
                                                  const eventstore::AppendResult& known) {
  constexpr std::size_t kKeyDigits = 16;
  if (!commands::HasSealedCells(request.dataset())) return absl::OkStatus();
  DAYBOOK_ASSIGN_OR_RETURN(const v1::OpenSubmissionRequest now, ToStore(caller, request));
  StreamLoader loader(env_.store);
  DAYBOOK_ASSIGN_OR_RETURN(const SubmissionState state,
                           Load(SubmissionInAnswer(known.answer).submission_id(), loader));
  if (!state.opened || state.opened->sha256() == now.sha256()) return absl::OkStatus();
  const bool other_key =
      state.opened->sha256().compare(0, kKeyDigits, now.sha256(), 0, kKeyDigits) != 0;
  return other_key ? absl::OkStatus() : eventstore::RequestIdReused();
}

// The submission as it stands now, not as it stood when the request was first answered.
void SubmissionServiceImpl::Fill(const eventstore::AppendResult& result,
                                 v1::Submission* submission) {
  *submission = SubmissionInAnswer(result.answer);
  auto now = versions_.Get(submission->submission_id());
  if (now.ok() && *now) *submission = **std::move(now);
}

grpc::ServerUnaryReactor* SubmissionServiceImpl::OpenSubmission(
    grpc::CallbackServerContext* context, const v1::OpenSubmissionRequest* request,
    v1::OpenSubmissionResponse* response) {
  if (request->dry_run()) {
    return runtime::OnWorker(context, env_, [this, context, request, response]() -> absl::Status {
      DAYBOOK_ASSIGN_OR_RETURN(const Caller caller, runtime::SenderOf(env_, *context));
      DAYBOOK_ASSIGN_OR_RETURN(const v1::OpenSubmissionRequest stored, ToStore(caller, *request));
      DAYBOOK_ASSIGN_OR_RETURN(*response->mutable_submission(),
                               versions_.OpenTrial(caller, stored));
      return absl::OkStatus();
    });
  }
  return runtime::OnCommand<v1::OpenSubmissionRequest, v1::OpenSubmissionResponse>(
      env_, context, request, response,
      [this](const Caller& caller, const v1::OpenSubmissionRequest& command,
             StreamLoader& loader) -> absl::StatusOr<commands::Outcome> {
        DAYBOOK_ASSIGN_OR_RETURN(const v1::OpenSubmissionRequest stored, ToStore(caller, command));
        return Open(caller, eventstore::LondonDay(env_.clock.Now()), stored, loader,
                    command.scope());
      },
      [this](const eventstore::AppendResult& result, v1::OpenSubmissionResponse& filled) {
        Fill(result, filled.mutable_submission());
      },
      [this](const Caller& caller, const v1::OpenSubmissionRequest& command,
             const eventstore::AppendResult& known) {
        return CheckSameFile(caller, command, known);
      });
}

grpc::ServerUnaryReactor* SubmissionServiceImpl::CompleteSubmission(
    grpc::CallbackServerContext* context, const v1::CompleteSubmissionRequest* request,
    v1::CompleteSubmissionResponse* response) {
  return runtime::OnWorker(
      context, env_,
      [this, context, request, response]() -> absl::Status {
        DAYBOOK_ASSIGN_OR_RETURN(const Caller caller, runtime::SenderOf(env_, *context));
        DAYBOOK_ASSIGN_OR_RETURN(commands::Command command,
                                 runtime::StartCommand(env_, caller, request->head(), *request));
        DAYBOOK_ASSIGN_OR_RETURN(auto compared, versions_.Complete(command, *request));
        if (compared) {
          for (auto& row : compared->refused) *response->add_refused() = std::move(row);
          for (auto& row : compared->erased) *response->add_erased() = std::move(row);
          *response->mutable_submission() = std::move(compared->submission);
          if (compared->receipt) {
            *response->mutable_receipt() = runtime::ToReceipt(*compared->receipt);
          }
          return absl::OkStatus();
        }
        command.decide = [&caller, request](StreamLoader& loader) {
          return Complete(caller, *request, loader);
        };
        DAYBOOK_ASSIGN_OR_RETURN(const eventstore::AppendResult result,
                                 env_.runner.RunAndWait(std::move(command)));
        *response->mutable_receipt() = runtime::ToReceipt(result);
        Fill(result, response->mutable_submission());
        return absl::OkStatus();
      },
      &executor_);
}

grpc::ServerUnaryReactor* SubmissionServiceImpl::GetSubmission(
    grpc::CallbackServerContext* context, const v1::GetSubmissionRequest* request,
    v1::GetSubmissionResponse* response) {
  return runtime::OnWorker(context, env_, [this, context, request, response]() -> absl::Status {
    DAYBOOK_ASSIGN_OR_RETURN(const Caller caller, runtime::CallerOf(*context));
    DAYBOOK_ASSIGN_OR_RETURN(auto known, versions_.Get(request->submission_id()));
    if (!known) return ToStatus(UnknownSubmission("submission_id"));
    *response->mutable_submission() = *std::move(known);
    return Reveal(caller, *response->mutable_submission());
  });
}

namespace {

// The rule in the answer, as it was when the request was first answered.
template <class Response>
void FillRule(const eventstore::AppendResult& result, Response& response) {
  response.mutable_rule()->ParseFromArray(result.answer.data(),
                                          static_cast<int>(result.answer.size()));
}

}  // namespace

grpc::ServerUnaryReactor* SubmissionServiceImpl::KeepReadingRule(
    grpc::CallbackServerContext* context, const v1::KeepReadingRuleRequest* request,
    v1::KeepReadingRuleResponse* response) {
  return runtime::OnCommand<v1::KeepReadingRuleRequest, v1::KeepReadingRuleResponse>(
      env_, context, request, response, &Keep, &FillRule<v1::KeepReadingRuleResponse>);
}

grpc::ServerUnaryReactor* SubmissionServiceImpl::RevokeReadingRule(
    grpc::CallbackServerContext* context, const v1::RevokeReadingRuleRequest* request,
    v1::RevokeReadingRuleResponse* response) {
  return runtime::OnCommand<v1::RevokeReadingRuleRequest, v1::RevokeReadingRuleResponse>(
      env_, context, request, response, &Revoke, &FillRule<v1::RevokeReadingRuleResponse>);
}

grpc::ServerUnaryReactor* SubmissionServiceImpl::ListReadingRules(
    grpc::CallbackServerContext* context, const v1::ListReadingRulesRequest* request,
    v1::ListReadingRulesResponse* response) {
  return runtime::OnWorker(context, env_, [this, context, request, response]() -> absl::Status {
    DAYBOOK_ASSIGN_OR_RETURN(const Caller caller, runtime::CallerOf(*context));
    StreamLoader loader(env_.store);
    DAYBOOK_ASSIGN_OR_RETURN(ReadingRules state, LoadReadingRules(caller.agency, loader));
    for (v1::ReadingRule& rule : state.rules) {
      const bool is_wanted = request->layout().empty() || rule.layout() == request->layout();
      if (!is_wanted || (!request->with_ended() && rule.state() != "active")) continue;
      *response->add_rules() = std::move(rule);
    }
    return absl::OkStatus();
  });
}

}  // namespace daybook::submissions
