#include "services/measures/grpc/measure_service.h"

#include "eventstore/core/civil_day.h"
#include "eventstore/core/error.h"
#include "services/measures/domain/measure_commands.h"
#include "services/runtime/row_service.h"
#include "services/submissions/application/row_guard.h"

namespace daybook::measures {
namespace {

using commands::Caller;
using commands::Outcome;
using commands::StreamLoader;

// What the rules look at, kept alive for the time of one decision.
struct Registered {
  std::shared_ptr<const MeasureRegister> measures;
  std::shared_ptr<const partners::AreaRegister> areas;
  std::shared_ptr<const partners::OrganisationRegister> organisations;
};

absl::StatusOr<Registered> Read(Measures& measures, partners::Registers& registers) {
  Registered registered;
  DAYBOOK_ASSIGN_OR_RETURN(registered.measures, measures.Read());
  DAYBOOK_ASSIGN_OR_RETURN(registered.areas, registers.areas.Read());
  DAYBOOK_ASSIGN_OR_RETURN(registered.organisations, registers.organisations.Read());
  return registered;
}

}  // namespace

MeasureServiceImpl::MeasureServiceImpl(const runtime::CallEnvironment& env, Measures& measures,
                                       partners::Registers& registers, runtime::DrainSignal& drain)
    : env_(env), measures_(measures), registers_(registers), drain_(drain) {}

template <class Request, class Response>
grpc::ServerUnaryReactor* MeasureServiceImpl::OnRegister(grpc::CallbackServerContext* context,
                                                         const Request* request,
                                                         Response* response) {
  return runtime::OnCommand<Request, Response>(
      env_, context, request, response,
      [this](const Caller&, const Request& command,
             StreamLoader& loader) -> absl::StatusOr<Outcome> {
        DAYBOOK_ASSIGN_OR_RETURN(const auto measures, measures_.Load(loader));
        return Decide(*measures, command);
      });
}

grpc::ServerUnaryReactor* MeasureServiceImpl::DefineDimension(
    grpc::CallbackServerContext* context, const v1::DefineDimensionRequest* request,
    v1::DefineDimensionResponse* response) {
  return OnRegister(context, request, response);
}

grpc::ServerUnaryReactor* MeasureServiceImpl::DefineMeasure(grpc::CallbackServerContext* context,
                                                            const v1::DefineMeasureRequest* request,
                                                            v1::DefineMeasureResponse* response) {
  return OnRegister(context, request, response);
}

grpc::ServerUnaryReactor* MeasureServiceImpl::DeclareBreak(grpc::CallbackServerContext* context,
                                                           const v1::DeclareBreakRequest* request,
                                                           v1::DeclareBreakResponse* response) {
  return OnRegister(context, request, response);
}

grpc::ServerUnaryReactor* MeasureServiceImpl::SetHarmWeight(grpc::CallbackServerContext* context,
                                                            const v1::SetHarmWeightRequest* request,
                                                            v1::SetHarmWeightResponse* response) {
  return OnRegister(context, request, response);
}

namespace {

std::optional<eventstore::Known> RevisedBy(const submissions::SubmissionState& file) {
  if (!file.opened || file.opened->version() < 2) return std::nullopt;
  return submissions::KnownOfVersion(*file.opened);
}

}  // namespace

grpc::ServerBidiReactor<v1::SubmitObservationsRequest, v1::SubmitObservationsResponse>*
MeasureServiceImpl::SubmitObservations(grpc::CallbackServerContext* context) {
  return runtime::OnRows<v1::SubmitObservationsRequest, v1::SubmitObservationsResponse>(
      env_, drain_, context,
      [this](const Caller& caller, const v1::SubmitObservationsRequest& command,
             StreamLoader& loader) -> absl::StatusOr<Outcome> {
        DAYBOOK_ASSIGN_OR_RETURN(const Registered known, Read(measures_, registers_));
        return submissions::WithinSubmission(caller, command, loader, [&](const auto& file) {
          return DecideObservations(
              loader,
              {caller.agency, eventstore::LondonDay(env_.clock.Now()), *known.measures,
               *known.areas, *known.organisations, RevisedBy(file)},
              command);
        });
      });
}

grpc::ServerBidiReactor<v1::PublishFiguresRequest, v1::PublishFiguresResponse>*
MeasureServiceImpl::PublishFigures(grpc::CallbackServerContext* context) {
  return runtime::OnRows<v1::PublishFiguresRequest, v1::PublishFiguresResponse>(
      env_, drain_, context,
      [this](const Caller& caller, const v1::PublishFiguresRequest& command,
             StreamLoader& loader) -> absl::StatusOr<Outcome> {
        DAYBOOK_ASSIGN_OR_RETURN(const Registered known, Read(measures_, registers_));
        return submissions::WithinSubmission(caller, command, loader, [&](const auto&) {
          return DecideFigures(loader,
                               {caller.agency, eventstore::LondonDay(env_.clock.Now()),
                                *known.measures, *known.areas, *known.organisations},
                               command);
        });
      });
}

}  // namespace daybook::measures
