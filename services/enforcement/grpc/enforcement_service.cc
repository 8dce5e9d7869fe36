#include "services/enforcement/grpc/enforcement_service.h"

#include <type_traits>
#include <utility>

#include "eventstore/core/civil_day.h"
#include "eventstore/core/error.h"
#include "eventstore/core/refusals.h"
#include "services/enforcement/domain/enforcement_commands.h"

namespace daybook::enforcement {
namespace {

template <class Request>
std::string StreamOf(const Request& request) {
  if constexpr (requires { request.task_id(); }) {
    return TaskStream(request.task_id());
  } else if constexpr (requires { request.penalty_id(); }) {
    return PenaltyStream(request.penalty_id());
  } else {
    return OrderStream(request.order_id());
  }
}

template <class State>
absl::StatusOr<State> Load(commands::StreamLoader& loader, const std::string& stream) {
  State state;
  const auto count =
      loader.Fold(stream, [&](const google::protobuf::Message& event,
                              const eventstore::RecordedEvent&) { Evolve(state, event); });
  DAYBOOK_RETURN_IF_ERROR(count.status());
  return state;
}

// Decides by today and the registers as they are now.
template <class DecideNow>
absl::StatusOr<commands::Outcome> InCircumstances(const runtime::CallEnvironment& env,
                                                  partners::Registers& registers,
                                                  const DecideNow& decide) {
  DAYBOOK_ASSIGN_OR_RETURN(const auto partnerships, registers.partnerships.Read());
  DAYBOOK_ASSIGN_OR_RETURN(const auto organisations, registers.organisations.Read());
  DAYBOOK_ASSIGN_OR_RETURN(const auto areas, registers.areas.Read());
  return decide(
      Circumstances{eventstore::LondonDay(env.clock.Now()), *partnerships, *organisations, *areas});
}

}  // namespace

EnforcementServiceImpl::EnforcementServiceImpl(const runtime::CallEnvironment& env,
                                               partners::Registers& registers,
                                               commands::OpaqueIds& ids)
    : env_(env), registers_(registers), ids_(ids) {}

template <class Request>
absl::StatusOr<std::string> EnforcementServiceImpl::PersonOf(const Request& request, bool make) {
  if (!IsPerson(request.subject())) return std::string();
  DAYBOOK_ASSIGN_OR_RETURN(auto ids,
                           ids_.IdsOf(PersonSpace(request.order_id()), {request.subject()}, make));
  return std::move(ids.front());
}

template <class State, class Request, class Response>
grpc::ServerUnaryReactor* EnforcementServiceImpl::On(grpc::CallbackServerContext* context,
                                                     const Request* request, Response* response) {
  return runtime::OnCommand<Request, Response>(
      env_, context, request, response,
      [this](const commands::Caller&, const Request& command,
             commands::StreamLoader& loader) -> absl::StatusOr<commands::Outcome> {
        DAYBOOK_ASSIGN_OR_RETURN(const State state, Load<State>(loader, StreamOf(command)));
        return InCircumstances(env_, registers_, [&](const Circumstances& circumstances) {
          return Decide(state, circumstances, command);
        });
      });
}

template <class Request, class Response>
grpc::ServerUnaryReactor* EnforcementServiceImpl::OnBreach(grpc::CallbackServerContext* context,
                                                           const Request* request,
                                                           Response* response) {
  return runtime::OnCommand<Request, Response>(
      env_, context, request, response,
      [this](const commands::Caller&, const Request& command,
             commands::StreamLoader& loader) -> absl::StatusOr<commands::Outcome> {
        DAYBOOK_ASSIGN_OR_RETURN(const auto order,
                                 Load<OrderState>(loader, OrderStream(command.order_id())));
        constexpr bool kMake = std::is_same_v<Request, v1::RecordBreachRequest>;
        DAYBOOK_ASSIGN_OR_RETURN(const std::string person, PersonOf(command, kMake));
        BreachCaseState breaches;
        if (!person.empty()) {
          const std::string stream = BreachCaseStream(command.order_id(), person);
          DAYBOOK_ASSIGN_OR_RETURN(breaches, Load<BreachCaseState>(loader, stream));
        }
        return InCircumstances(env_, registers_, [&](const Circumstances& circumstances) {
          return Decide(order, breaches, circumstances, person, command);
        });
      },
      nullptr,
      // What the fingerprint does not cover, as long as it is known who that is.
      [this](const commands::Caller&, const Request& command,
             const eventstore::AppendResult& known) -> absl::Status {
        DAYBOOK_ASSIGN_OR_RETURN(const std::string person, PersonOf(command, /*make=*/false));
        const std::string stream = BreachCaseStream(command.order_id(), person);
        const bool same =
            person.empty() || known.streams.empty() || known.streams.front().stream == stream;
        return same ? absl::OkStatus() : eventstore::RequestIdReused();
      });
}

grpc::ServerUnaryReactor* EnforcementServiceImpl::MakeOrder(grpc::CallbackServerContext* context,
                                                            const v1::MakeOrderRequest* request,
                                                            v1::MakeOrderResponse* response) {
  return On<OrderState>(context, request, response);
}

grpc::ServerUnaryReactor* EnforcementServiceImpl::ReviewOrder(grpc::CallbackServerContext* context,
                                                              const v1::ReviewOrderRequest* request,
                                                              v1::ReviewOrderResponse* response) {
  return On<OrderState>(context, request, response);
}

grpc::ServerUnaryReactor* EnforcementServiceImpl::RecordBreach(
    grpc::CallbackServerContext* context, const v1::RecordBreachRequest* request,
    v1::RecordBreachResponse* response) {
  return OnBreach(context, request, response);
}

grpc::ServerUnaryReactor* EnforcementServiceImpl::TakeStep(grpc::CallbackServerContext* context,
                                                           const v1::TakeStepRequest* request,
                                                           v1::TakeStepResponse* response) {
  return OnBreach(context, request, response);
}

grpc::ServerUnaryReactor* EnforcementServiceImpl::RaiseTask(grpc::CallbackServerContext* context,
                                                            const v1::RaiseTaskRequest* request,
                                                            v1::RaiseTaskResponse* response) {
  return On<TaskState>(context, request, response);
}

grpc::ServerUnaryReactor* EnforcementServiceImpl::ActionTask(grpc::CallbackServerContext* context,
                                                             const v1::ActionTaskRequest* request,
                                                             v1::ActionTaskResponse* response) {
  return On<TaskState>(context, request, response);
}

grpc::ServerUnaryReactor* EnforcementServiceImpl::IssuePenalty(
    grpc::CallbackServerContext* context, const v1::IssuePenaltyRequest* request,
    v1::IssuePenaltyResponse* response) {
  return On<PenaltyState>(context, request, response);
}

grpc::ServerUnaryReactor* EnforcementServiceImpl::SettlePenalty(
    grpc::CallbackServerContext* context, const v1::SettlePenaltyRequest* request,
    v1::SettlePenaltyResponse* response) {
  return On<PenaltyState>(context, request, response);
}

}  // namespace daybook::enforcement
