#include "services/actions/grpc/action_service.h"

#include "eventstore/core/civil_day.h"
#include "eventstore/core/error.h"
#include "services/actions/domain/activity_commands.h"
#include "services/actions/domain/fund_commands.h"
#include "services/actions/domain/plan_commands.h"
#include "services/actions/domain/plan_state.h"

namespace daybook::actions {
namespace {

using commands::Caller;
using commands::Outcome;
using commands::StreamLoader;

absl::StatusOr<PlanState> LoadPlan(StreamLoader& loader, const std::string& plan_id) {
  PlanState plan;
  const auto count = loader.Fold(
      PlanStream(plan_id),
      [&](const google::protobuf::Message& event, const eventstore::RecordedEvent& recorded) {
        Evolve(plan, event, recorded.event.parts);
      });
  DAYBOOK_RETURN_IF_ERROR(count.status());
  return plan;
}

absl::StatusOr<FundState> LoadFund(StreamLoader& loader, const std::string& fund_id) {
  FundState fund;
  const auto count = loader.Fold(FundStream(fund_id),
                                 [&](const google::protobuf::Message& event,
                                     const eventstore::RecordedEvent&) { Evolve(fund, event); });
  DAYBOOK_RETURN_IF_ERROR(count.status());
  return fund;
}

// A command that needs nothing but its plan.
template <class Request>
absl::StatusOr<Outcome> DecideOnPlan(StreamLoader& loader, const Request& command) {
  DAYBOOK_ASSIGN_OR_RETURN(const PlanState plan, LoadPlan(loader, command.plan_id()));
  return Decide(plan, command);
}

// A command that also names organisations or partnerships, which `names` holds.
template <class Request, class Names>
absl::StatusOr<Outcome> DecideOnPlan(StreamLoader& loader, const Request& command,
                                     commands::RegisterCache<Names>& names) {
  DAYBOOK_ASSIGN_OR_RETURN(const PlanState plan, LoadPlan(loader, command.plan_id()));
  DAYBOOK_ASSIGN_OR_RETURN(const auto known, names.Read());
  return Decide(plan, *known, command);
}

template <class Response>
void FillRevision(const eventstore::AppendResult& result, Response& response) {
  response.set_revision(RevisionInAnswer(result.answer));
}

}  // namespace

ActionServiceImpl::ActionServiceImpl(const runtime::CallEnvironment& env,
                                     partners::Registers& registers, commands::PartMatcher& parts)
    : env_(env), registers_(registers), parts_(parts) {}

grpc::ServerUnaryReactor* ActionServiceImpl::OpenPlan(grpc::CallbackServerContext* context,
                                                      const v1::OpenPlanRequest* request,
                                                      v1::OpenPlanResponse* response) {
  return runtime::OnCommand<v1::OpenPlanRequest, v1::OpenPlanResponse>(
      env_, context, request, response,
      [this](const Caller&, const v1::OpenPlanRequest& command, StreamLoader& loader) {
        return DecideOnPlan(loader, command, registers_.partnerships);
      },
      FillRevision<v1::OpenPlanResponse>);
}

grpc::ServerUnaryReactor* ActionServiceImpl::AddPriority(grpc::CallbackServerContext* context,
                                                         const v1::AddPriorityRequest* request,
                                                         v1::AddPriorityResponse* response) {
  return runtime::OnCommand<v1::AddPriorityRequest, v1::AddPriorityResponse>(
      env_, context, request, response,
      [](const Caller&, const v1::AddPriorityRequest& command,
         StreamLoader& loader) -> absl::StatusOr<Outcome> {
        DAYBOOK_ASSIGN_OR_RETURN(const PlanState plan, LoadPlan(loader, command.plan_id()));
        EarlierPlans earlier;
        for (const auto& origin : command.derived_from()) {
          if (earlier.contains(origin.plan_id())) continue;
          DAYBOOK_ASSIGN_OR_RETURN(earlier[origin.plan_id()], LoadPlan(loader, origin.plan_id()));
        }
        return Decide(plan, earlier, command);
      },
      FillRevision<v1::AddPriorityResponse>);
}

grpc::ServerUnaryReactor* ActionServiceImpl::AddCommitment(grpc::CallbackServerContext* context,
                                                           const v1::AddCommitmentRequest* request,
                                                           v1::AddCommitmentResponse* response) {
  return runtime::OnCommand<v1::AddCommitmentRequest, v1::AddCommitmentResponse>(
      env_, context, request, response,
      [](const Caller&, const v1::AddCommitmentRequest& command, StreamLoader& loader) {
        return DecideOnPlan(loader, command);
      },
      FillRevision<v1::AddCommitmentResponse>);
}

grpc::ServerUnaryReactor* ActionServiceImpl::AddAction(grpc::CallbackServerContext* context,
                                                       const v1::AddActionRequest* request,
                                                       v1::AddActionResponse* response) {
  return runtime::OnCommand<v1::AddActionRequest, v1::AddActionResponse>(
      env_, context, request, response,
      [this](const Caller&, const v1::AddActionRequest& command, StreamLoader& loader) {
        return DecideOnPlan(loader, command, registers_.organisations);
      },
      FillRevision<v1::AddActionResponse>);
}

grpc::ServerUnaryReactor* ActionServiceImpl::SetTarget(grpc::CallbackServerContext* context,
                                                       const v1::SetTargetRequest* request,
                                                       v1::SetTargetResponse* response) {
  return runtime::OnCommand<v1::SetTargetRequest, v1::SetTargetResponse>(
      env_, context, request, response,
      [](const Caller&, const v1::SetTargetRequest& command, StreamLoader& loader) {
        return DecideOnPlan(loader, command);
      },
      FillRevision<v1::SetTargetResponse>);
}

grpc::ServerUnaryReactor* ActionServiceImpl::SubmitUpdate(grpc::CallbackServerContext* context,
                                                          const v1::SubmitUpdateRequest* request,
                                                          v1::SubmitUpdateResponse* response) {
  return runtime::OnCommand<v1::SubmitUpdateRequest, v1::SubmitUpdateResponse>(
      env_, context, request, response,
      [this](const Caller&, const v1::SubmitUpdateRequest& command,
             StreamLoader& loader) -> absl::StatusOr<Outcome> {
        DAYBOOK_ASSIGN_OR_RETURN(const PlanState plan, LoadPlan(loader, command.plan_id()));
        DAYBOOK_ASSIGN_OR_RETURN(const auto organisations, registers_.organisations.Read());
        return Decide(plan, *organisations, parts_, command);
      },
      FillRevision<v1::SubmitUpdateResponse>);
}

grpc::ServerUnaryReactor* ActionServiceImpl::DeferUpdate(grpc::CallbackServerContext* context,
                                                         const v1::DeferUpdateRequest* request,
                                                         v1::DeferUpdateResponse* response) {
  return runtime::OnCommand<v1::DeferUpdateRequest, v1::DeferUpdateResponse>(
      env_, context, request, response,
      [this](const Caller&, const v1::DeferUpdateRequest& command, StreamLoader& loader) {
        return DecideOnPlan(loader, command, registers_.organisations);
      },
      FillRevision<v1::DeferUpdateResponse>);
}

grpc::ServerUnaryReactor* ActionServiceImpl::CancelAction(grpc::CallbackServerContext* context,
                                                          const v1::CancelActionRequest* request,
                                                          v1::CancelActionResponse* response) {
  return runtime::OnCommand<v1::CancelActionRequest, v1::CancelActionResponse>(
      env_, context, request, response,
      [](const Caller&, const v1::CancelActionRequest& command, StreamLoader& loader) {
        return DecideOnPlan(loader, command);
      },
      FillRevision<v1::CancelActionResponse>);
}

grpc::ServerUnaryReactor* ActionServiceImpl::CompleteAction(
    grpc::CallbackServerContext* context, const v1::CompleteActionRequest* request,
    v1::CompleteActionResponse* response) {
  return runtime::OnCommand<v1::CompleteActionRequest, v1::CompleteActionResponse>(
      env_, context, request, response,
      [](const Caller&, const v1::CompleteActionRequest& command, StreamLoader& loader) {
        return DecideOnPlan(loader, command);
      },
      FillRevision<v1::CompleteActionResponse>);
}

grpc::ServerUnaryReactor* ActionServiceImpl::AdoptPlan(grpc::CallbackServerContext* context,
                                                       const v1::AdoptPlanRequest* request,
                                                       v1::AdoptPlanResponse* response) {
  return runtime::OnCommand<v1::AdoptPlanRequest, v1::AdoptPlanResponse>(
      env_, context, request, response,
      [](const Caller&, const v1::AdoptPlanRequest& command, StreamLoader& loader) {
        return DecideOnPlan(loader, command);
      },
      FillRevision<v1::AdoptPlanResponse>);
}

grpc::ServerUnaryReactor* ActionServiceImpl::RevisePriority(
    grpc::CallbackServerContext* context, const v1::RevisePriorityRequest* request,
    v1::RevisePriorityResponse* response) {
  return runtime::OnCommand<v1::RevisePriorityRequest, v1::RevisePriorityResponse>(
      env_, context, request, response,
      [](const Caller&, const v1::RevisePriorityRequest& command, StreamLoader& loader) {
        return DecideOnPlan(loader, command);
      },
      FillRevision<v1::RevisePriorityResponse>);
}

grpc::ServerUnaryReactor* ActionServiceImpl::MapProject(grpc::CallbackServerContext* context,
                                                        const v1::MapProjectRequest* request,
                                                        v1::MapProjectResponse* response) {
  return runtime::OnCommand<v1::MapProjectRequest, v1::MapProjectResponse>(
      env_, context, request, response,
      [](const Caller&, const v1::MapProjectRequest& command, StreamLoader& loader) {
        return DecideOnPlan(loader, command);
      },
      FillRevision<v1::MapProjectResponse>);
}

grpc::ServerUnaryReactor* ActionServiceImpl::AllocateGrant(grpc::CallbackServerContext* context,
                                                           const v1::AllocateGrantRequest* request,
                                                           v1::AllocateGrantResponse* response) {
  return runtime::OnCommand<v1::AllocateGrantRequest, v1::AllocateGrantResponse>(
      env_, context, request, response,
      [this](const Caller&, const v1::AllocateGrantRequest& command,
             StreamLoader& loader) -> absl::StatusOr<Outcome> {
        DAYBOOK_ASSIGN_OR_RETURN(const FundState fund, LoadFund(loader, command.fund_id()));
        DAYBOOK_ASSIGN_OR_RETURN(const auto partnerships, registers_.partnerships.Read());
        return Decide(fund, *partnerships, command);
      });
}

grpc::ServerUnaryReactor* ActionServiceImpl::ApplyTopSlice(grpc::CallbackServerContext* context,
                                                           const v1::ApplyTopSliceRequest* request,
                                                           v1::ApplyTopSliceResponse* response) {
  return runtime::OnCommand<v1::ApplyTopSliceRequest, v1::ApplyTopSliceResponse>(
      env_, context, request, response,
      [](const Caller&, const v1::ApplyTopSliceRequest& command,
         StreamLoader& loader) -> absl::StatusOr<Outcome> {
        DAYBOOK_ASSIGN_OR_RETURN(const FundState fund, LoadFund(loader, command.fund_id()));
        return Decide(fund, command);
      });
}

grpc::ServerUnaryReactor* ActionServiceImpl::MoveFunds(grpc::CallbackServerContext* context,
                                                       const v1::MoveFundsRequest* request,
                                                       v1::MoveFundsResponse* response) {
  return runtime::OnCommand<v1::MoveFundsRequest, v1::MoveFundsResponse>(
      env_, context, request, response,
      [this](const Caller&, const v1::MoveFundsRequest& command,
             StreamLoader& loader) -> absl::StatusOr<Outcome> {
        DAYBOOK_ASSIGN_OR_RETURN(const FundState fund, LoadFund(loader, command.fund_id()));
        FundState to;
        if (!command.to_fund_id().empty()) {
          DAYBOOK_ASSIGN_OR_RETURN(to, LoadFund(loader, command.to_fund_id()));
        }
        return Decide(fund, to, eventstore::LondonDay(env_.clock.Now()), command);
      });
}

template <class Request, class Decide>
absl::StatusOr<Outcome> ActionServiceImpl::DecideOnActivity(StreamLoader& loader,
                                                            const Request& command,
                                                            const Decide& decide) {
  ActivityState state;
  const auto count = loader.Fold(ActivityStream(command.activity_id()),
                                 [&](const google::protobuf::Message& event,
                                     const eventstore::RecordedEvent&) { Evolve(state, event); });
  DAYBOOK_RETURN_IF_ERROR(count.status());
  DAYBOOK_ASSIGN_OR_RETURN(const auto partnerships, registers_.partnerships.Read());
  DAYBOOK_ASSIGN_OR_RETURN(const auto organisations, registers_.organisations.Read());
  DAYBOOK_ASSIGN_OR_RETURN(const auto areas, registers_.areas.Read());
  return decide(state, ActivityRegisters{*partnerships, *organisations, *areas});
}

grpc::ServerUnaryReactor* ActionServiceImpl::RecordActivity(
    grpc::CallbackServerContext* context, const v1::RecordActivityRequest* request,
    v1::RecordActivityResponse* response) {
  return runtime::OnCommand<v1::RecordActivityRequest, v1::RecordActivityResponse>(
      env_, context, request, response,
      [this](const Caller&, const v1::RecordActivityRequest& command, StreamLoader& loader) {
        return DecideOnActivity(loader, command, [&](const auto& state, const auto& registers) {
          return Decide(state, registers, command);
        });
      });
}

grpc::ServerUnaryReactor* ActionServiceImpl::RecordReach(grpc::CallbackServerContext* context,
                                                         const v1::RecordReachRequest* request,
                                                         v1::RecordReachResponse* response) {
  return runtime::OnCommand<v1::RecordReachRequest, v1::RecordReachResponse>(
      env_, context, request, response,
      [this](const Caller&, const v1::RecordReachRequest& command, StreamLoader& loader) {
        return DecideOnActivity(loader, command, [&](const auto& state, const auto& registers) {
          return Decide(state, registers, command);
        });
      });
}

}  // namespace daybook::actions
