#include "tests/integration/wire.h"

#include "daybook/actions/v1/actions_service.grpc.pb.h"
#include "daybook/admin/v1/admin_service.grpc.pb.h"
#include "daybook/eventlog/v1/eventlog_service.grpc.pb.h"
#include "daybook/incidents/v1/incidents_service.grpc.pb.h"
#include "daybook/measures/v1/measures_service.grpc.pb.h"
#include "daybook/partners/v1/partners_service.grpc.pb.h"
#include "daybook/referrals/v1/referrals_service.grpc.pb.h"
#include "daybook/reports/v1/reports_service.grpc.pb.h"
#include "daybook/submissions/v1/submissions_service.grpc.pb.h"
#include "grpcpp/create_channel.h"

namespace daybook::integration {
namespace {

// Every client has a connection of its own: no test inherits the state of another one's.
std::shared_ptr<grpc::Channel> Connect(const std::string& address) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  arguments.SetMaxReceiveMessageSize(-1);
  arguments.SetMaxSendMessageSize(-1);
  return grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments);
}

template <class Stub, class Request, class Response>
Answer<Response> Unary(std::unique_ptr<grpc::ClientContext> context, Stub& stub,
                       grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                    Response*),
                       const Request& request) {
  Answer<Response> answer;
  answer.status = (stub.*method)(context.get(), request, &answer.response);
  return answer;
}

}  // namespace

struct Client::Stubs {
  explicit Stubs(const std::string& address) : channel(Connect(address)) {}

  std::shared_ptr<grpc::Channel> channel;
  partners::v1::PartnerService::Stub partners{channel};
  actions::v1::ActionService::Stub actions{channel};
  referrals::v1::ReferralService::Stub referrals{channel};
  incidents::v1::IncidentService::Stub incidents{channel};
  measures::v1::MeasureService::Stub measures{channel};
  submissions::v1::SubmissionService::Stub submissions{channel};
  eventlog::v1::EventLogService::Stub eventlog{channel};
  reports::v1::ReportService::Stub reports{channel};
  admin::v1::AdminService::Stub admin{channel};
};

Client::Client(const std::string& address, std::string agency)
    : agency_(std::move(agency)), stubs_(std::make_unique<Stubs>(address)) {}

Client::~Client() = default;

std::shared_ptr<grpc::Channel> Client::channel() const { return stubs_->channel; }

std::unique_ptr<grpc::ClientContext> Client::NewContext() const {
  auto context = std::make_unique<grpc::ClientContext>();
  context->set_deadline(std::chrono::system_clock::now() + kCallDeadline);
  if (!agency_.empty()) {
    context->AddMetadata("daybook-agency", agency_);
    context->AddMetadata("daybook-actor", "integration-test");
  }
  return context;
}

Answer<partners::v1::RegisterOrganisationResponse> Client::Call(
    const partners::v1::RegisterOrganisationRequest& request) {
  return Unary(NewContext(), stubs_->partners,
               &partners::v1::PartnerService::Stub::RegisterOrganisation, request);
}

Answer<partners::v1::RegisterPartnershipResponse> Client::Call(
    const partners::v1::RegisterPartnershipRequest& request) {
  return Unary(NewContext(), stubs_->partners,
               &partners::v1::PartnerService::Stub::RegisterPartnership, request);
}

Answer<partners::v1::RegisterAreaResponse> Client::Call(
    const partners::v1::RegisterAreaRequest& request) {
  return Unary(NewContext(), stubs_->partners, &partners::v1::PartnerService::Stub::RegisterArea,
               request);
}

Answer<partners::v1::GrantMembershipResponse> Client::Call(
    const partners::v1::GrantMembershipRequest& request) {
  return Unary(NewContext(), stubs_->partners, &partners::v1::PartnerService::Stub::GrantMembership,
               request);
}

Answer<actions::v1::OpenPlanResponse> Client::Call(const actions::v1::OpenPlanRequest& request) {
  return Unary(NewContext(), stubs_->actions, &actions::v1::ActionService::Stub::OpenPlan, request);
}

Answer<actions::v1::AddPriorityResponse> Client::Call(
    const actions::v1::AddPriorityRequest& request) {
  return Unary(NewContext(), stubs_->actions, &actions::v1::ActionService::Stub::AddPriority,
               request);
}

Answer<actions::v1::AddActionResponse> Client::Call(const actions::v1::AddActionRequest& request) {
  return Unary(NewContext(), stubs_->actions, &actions::v1::ActionService::Stub::AddAction,
               request);
}

Answer<actions::v1::SetTargetResponse> Client::Call(const actions::v1::SetTargetRequest& request) {
  return Unary(NewContext(), stubs_->actions, &actions::v1::ActionService::Stub::SetTarget,
               request);
}

Answer<actions::v1::SubmitUpdateResponse> Client::Call(
    const actions::v1::SubmitUpdateRequest& request) {
  return Unary(NewContext(), stubs_->actions, &actions::v1::ActionService::Stub::SubmitUpdate,
               request);
}

Answer<actions::v1::DeferUpdateResponse> Client::Call(
    const actions::v1::DeferUpdateRequest& request) {
  return Unary(NewContext(), stubs_->actions, &actions::v1::ActionService::Stub::DeferUpdate,
               request);
}

Answer<actions::v1::CancelActionResponse> Client::Call(
    const actions::v1::CancelActionRequest& request) {
  return Unary(NewContext(), stubs_->actions, &actions::v1::ActionService::Stub::CancelAction,
               request);
}

Answer<referrals::v1::SubmitReferralResponse> Client::Call(
    const referrals::v1::SubmitReferralRequest& request) {
  return Unary(NewContext(), stubs_->referrals,
               &referrals::v1::ReferralService::Stub::SubmitReferral, request);
}

Answer<referrals::v1::ChangeReferralStatusResponse> Client::Call(
    const referrals::v1::ChangeReferralStatusRequest& request) {
  return Unary(NewContext(), stubs_->referrals,
               &referrals::v1::ReferralService::Stub::ChangeReferralStatus, request);
}

Answer<incidents::v1::SubmitIncidentResponse> Client::Call(
    const incidents::v1::SubmitIncidentRequest& request) {
  return Unary(NewContext(), stubs_->incidents,
               &incidents::v1::IncidentService::Stub::SubmitIncident, request);
}

Answer<measures::v1::DefineMeasureResponse> Client::Call(
    const measures::v1::DefineMeasureRequest& request) {
  return Unary(NewContext(), stubs_->measures, &measures::v1::MeasureService::Stub::DefineMeasure,
               request);
}

Answer<measures::v1::DeclareBreakResponse> Client::Call(
    const measures::v1::DeclareBreakRequest& request) {
  return Unary(NewContext(), stubs_->measures, &measures::v1::MeasureService::Stub::DeclareBreak,
               request);
}

Answer<submissions::v1::OpenSubmissionResponse> Client::Call(
    const submissions::v1::OpenSubmissionRequest& request) {
  return Unary(NewContext(), stubs_->submissions,
               &submissions::v1::SubmissionService::Stub::OpenSubmission, request);
}

Answer<submissions::v1::CompleteSubmissionResponse> Client::Call(
    const submissions::v1::CompleteSubmissionRequest& request) {
  return Unary(NewContext(), stubs_->submissions,
               &submissions::v1::SubmissionService::Stub::CompleteSubmission, request);
}

Answer<submissions::v1::GetSubmissionResponse> Client::Call(
    const submissions::v1::GetSubmissionRequest& request) {
  return Unary(NewContext(), stubs_->submissions,
               &submissions::v1::SubmissionService::Stub::GetSubmission, request);
}

Answer<eventlog::v1::ReadStreamResponse> Client::Call(
    const eventlog::v1::ReadStreamRequest& request) {
  return Unary(NewContext(), stubs_->eventlog, &eventlog::v1::EventLogService::Stub::ReadStream,
               request);
}

Answer<eventlog::v1::GetHeadResponse> Client::Call(const eventlog::v1::GetHeadRequest& request) {
  return Unary(NewContext(), stubs_->eventlog, &eventlog::v1::EventLogService::Stub::GetHead,
               request);
}

Answer<reports::v1::ListReportsResponse> Client::Call(
    const reports::v1::ListReportsRequest& request) {
  return Unary(NewContext(), stubs_->reports, &reports::v1::ReportService::Stub::ListReports,
               request);
}

Answer<reports::v1::RenderReportResponse> Client::Call(
    const reports::v1::RenderReportRequest& request) {
  return Unary(NewContext(), stubs_->reports, &reports::v1::ReportService::Stub::RenderReport,
               request);
}

Answer<reports::v1::OpenTextResponse> Client::Call(const reports::v1::OpenTextRequest& request) {
  return Unary(NewContext(), stubs_->reports, &reports::v1::ReportService::Stub::OpenText, request);
}

Answer<reports::v1::GetPlanPerformanceResponse> Client::Call(
    const reports::v1::GetPlanPerformanceRequest& request) {
  return Unary(NewContext(), stubs_->reports, &reports::v1::ReportService::Stub::GetPlanPerformance,
               request);
}

Answer<reports::v1::GetReferralTrendResponse> Client::Call(
    const reports::v1::GetReferralTrendRequest& request) {
  return Unary(NewContext(), stubs_->reports, &reports::v1::ReportService::Stub::GetReferralTrend,
               request);
}

Answer<reports::v1::GetIncidentTrendResponse> Client::Call(
    const reports::v1::GetIncidentTrendRequest& request) {
  return Unary(NewContext(), stubs_->reports, &reports::v1::ReportService::Stub::GetIncidentTrend,
               request);
}

Answer<admin::v1::GetViewStatusResponse> Client::Call(
    const admin::v1::GetViewStatusRequest& request) {
  return Unary(NewContext(), stubs_->admin, &admin::v1::AdminService::Stub::GetViewStatus, request);
}

ReferralSession Client::Referrals() {
  auto context = NewContext();
  auto stream = stubs_->referrals.SubmitReferrals(context.get());
  return {std::move(context), std::move(stream)};
}

IncidentSession Client::Incidents(bool gather_answers) {
  auto context = NewContext();
  if (gather_answers) context->AddMetadata("daybook-gather-answers", "yes");
  auto stream = stubs_->incidents.SubmitIncidents(context.get());
  return {std::move(context), std::move(stream)};
}

ObservationSession Client::Observations() {
  auto context = NewContext();
  auto stream = stubs_->measures.SubmitObservations(context.get());
  return {std::move(context), std::move(stream)};
}

FigureSession Client::Figures() {
  auto context = NewContext();
  auto stream = stubs_->measures.PublishFigures(context.get());
  return {std::move(context), std::move(stream)};
}

Incoming<eventlog::v1::ReadAllResponse> Client::ReadAll(
    const eventlog::v1::ReadAllRequest& request) {
  auto context = NewContext();
  auto stream = stubs_->eventlog.ReadAll(context.get(), request);
  return {std::move(context), std::move(stream)};
}

Incoming<eventlog::v1::SubscribeResponse> Client::Subscribe(
    const eventlog::v1::SubscribeRequest& request) {
  auto context = NewContext();
  auto stream = stubs_->eventlog.Subscribe(context.get(), request);
  return {std::move(context), std::move(stream)};
}

}  // namespace daybook::integration
