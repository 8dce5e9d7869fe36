// A client of the daemon over the wire. The generated service code stays in wire.cc, which alone
// knows the stubs; tests see messages, statuses and streams.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <utility>

#include "daybook/actions/v1/actions_service.pb.h"
#include "daybook/admin/v1/admin_service.pb.h"
#include "daybook/eventlog/v1/eventlog_service.pb.h"
#include "daybook/incidents/v1/incidents_service.pb.h"
#include "daybook/measures/v1/measures_service.pb.h"
#include "daybook/partners/v1/partners_service.pb.h"
#include "daybook/referrals/v1/referrals_service.pb.h"
#include "daybook/reports/v1/reports_service.pb.h"
#include "daybook/submissions/v1/submissions_service.pb.h"
#include "grpcpp/channel.h"
#include "grpcpp/client_context.h"
#include "grpcpp/impl/codegen/proto_utils.h"  // how messages travel in the streams
#include "grpcpp/support/sync_stream.h"

namespace daybook::integration {

// No call of a test waits longer than this: what hangs, fails.
inline constexpr std::chrono::seconds kCallDeadline{60};

template <class Response>
struct Answer {
  grpc::Status status;
  Response response;
  bool ok() const { return status.ok(); }
  const Response* operator->() const { return &response; }
};

// A bidirectional stream. One thread may write while another reads.
template <class Request, class Response>
class Session {
 public:
  using Stream = grpc::ClientReaderWriter<Request, Response>;
  Session(std::unique_ptr<grpc::ClientContext> context, std::unique_ptr<Stream> stream)
      : context_(std::move(context)), stream_(std::move(stream)) {}
  ~Session() {
    if (stream_ == nullptr) return;
    context_->TryCancel();
    Finish();
  }
  Session(Session&&) noexcept = default;
  Session& operator=(Session&&) = delete;

  bool Write(const Request& request) { return stream_->Write(request); }
  bool Read(Response* response) { return stream_->Read(response); }
  void WritesDone() { stream_->WritesDone(); }
  void Cancel() { context_->TryCancel(); }
  // Drops what was not read, and says how the call ended.
  grpc::Status Finish() {
    for (Response left; stream_->Read(&left);) {
    }
    const grpc::Status status = stream_->Finish();
    stream_.reset();
    return status;
  }
  // One message and its answer; an empty answer when the session is over.
  Response Exchange(const Request& request) {
    Response response;
    if (Write(request)) Read(&response);
    return response;
  }

 private:
  std::unique_ptr<grpc::ClientContext> context_;
  std::unique_ptr<Stream> stream_;
};

// A stream that the server sends.
template <class Response>
class Incoming {
 public:
  using Stream = grpc::ClientReader<Response>;
  Incoming(std::unique_ptr<grpc::ClientContext> context, std::unique_ptr<Stream> stream)
      : context_(std::move(context)), stream_(std::move(stream)) {}
  ~Incoming() {
    if (stream_ == nullptr) return;
    context_->TryCancel();
    Finish();
  }
  Incoming(Incoming&&) noexcept = default;
  Incoming& operator=(Incoming&&) = delete;

  bool Read(Response* response) { return stream_->Read(response); }
  void Cancel() { context_->TryCancel(); }
  grpc::Status Finish() {
    for (Response left; stream_->Read(&left);) {
    }
    const grpc::Status status = stream_->Finish();
    stream_.reset();
    return status;
  }

 private:
  std::unique_ptr<grpc::ClientContext> context_;
  std::unique_ptr<Stream> stream_;
};

using ReferralSession =
    Session<referrals::v1::SubmitReferralsRequest, referrals::v1::SubmitReferralsResponse>;
using IncidentSession =
    Session<incidents::v1::SubmitIncidentsRequest, incidents::v1::SubmitIncidentsResponse>;
using ObservationSession =
    Session<measures::v1::SubmitObservationsRequest, measures::v1::SubmitObservationsResponse>;
using FigureSession =
    Session<measures::v1::PublishFiguresRequest, measures::v1::PublishFiguresResponse>;

// Thread-safe: one client may be used by many threads.
class Client {
 public:
  // `agency` empty sends no metadata at all.
  Client(const std::string& address, std::string agency);
  ~Client();

  Answer<partners::v1::RegisterOrganisationResponse> Call(
      const partners::v1::RegisterOrganisationRequest& request);
  Answer<partners::v1::RegisterPartnershipResponse> Call(
      const partners::v1::RegisterPartnershipRequest& request);
  Answer<partners::v1::RegisterAreaResponse> Call(const partners::v1::RegisterAreaRequest& request);
  Answer<partners::v1::GrantMembershipResponse> Call(
      const partners::v1::GrantMembershipRequest& request);
  Answer<actions::v1::OpenPlanResponse> Call(const actions::v1::OpenPlanRequest& request);
  Answer<actions::v1::AddPriorityResponse> Call(const actions::v1::AddPriorityRequest& request);
  Answer<actions::v1::AddActionResponse> Call(const actions::v1::AddActionRequest& request);
  Answer<actions::v1::SetTargetResponse> Call(const actions::v1::SetTargetRequest& request);
  Answer<actions::v1::SubmitUpdateResponse> Call(const actions::v1::SubmitUpdateRequest& request);
  Answer<actions::v1::DeferUpdateResponse> Call(const actions::v1::DeferUpdateRequest& request);
  Answer<actions::v1::CancelActionResponse> Call(const actions::v1::CancelActionRequest& request);
  Answer<referrals::v1::SubmitReferralResponse> Call(
      const referrals::v1::SubmitReferralRequest& request);
  Answer<referrals::v1::ChangeReferralStatusResponse> Call(
      const referrals::v1::ChangeReferralStatusRequest& request);
  Answer<incidents::v1::SubmitIncidentResponse> Call(
      const incidents::v1::SubmitIncidentRequest& request);
  Answer<measures::v1::DefineMeasureResponse> Call(
      const measures::v1::DefineMeasureRequest& request);
  Answer<measures::v1::DeclareBreakResponse> Call(const measures::v1::DeclareBreakRequest& request);
  Answer<submissions::v1::OpenSubmissionResponse> Call(
      const submissions::v1::OpenSubmissionRequest& request);
  Answer<submissions::v1::CompleteSubmissionResponse> Call(
      const submissions::v1::CompleteSubmissionRequest& request);
  Answer<submissions::v1::GetSubmissionResponse> Call(
      const submissions::v1::GetSubmissionRequest& request);
  Answer<eventlog::v1::ReadStreamResponse> Call(const eventlog::v1::ReadStreamRequest& request);
  Answer<eventlog::v1::GetHeadResponse> Call(const eventlog::v1::GetHeadRequest& request);
  Answer<reports::v1::ListReportsResponse> Call(const reports::v1::ListReportsRequest& request);
  Answer<reports::v1::RenderReportResponse> Call(const reports::v1::RenderReportRequest& request);
  Answer<reports::v1::OpenTextResponse> Call(const reports::v1::OpenTextRequest& request);
  Answer<reports::v1::GetPlanPerformanceResponse> Call(
      const reports::v1::GetPlanPerformanceRequest& request);
  Answer<reports::v1::GetReferralTrendResponse> Call(
      const reports::v1::GetReferralTrendRequest& request);
  Answer<reports::v1::GetIncidentTrendResponse> Call(
      const reports::v1::GetIncidentTrendRequest& request);
  Answer<admin::v1::GetViewStatusResponse> Call(const admin::v1::GetViewStatusRequest& request);

  ReferralSession Referrals();
  IncidentSession Incidents(bool gather_answers = false);
  ObservationSession Observations();
  FigureSession Figures();
  Incoming<eventlog::v1::ReadAllResponse> ReadAll(const eventlog::v1::ReadAllRequest& request);
  Incoming<eventlog::v1::SubscribeResponse> Subscribe(
      const eventlog::v1::SubscribeRequest& request);

  std::shared_ptr<grpc::Channel> channel() const;

 private:
  struct Stubs;
  std::unique_ptr<grpc::ClientContext> NewContext() const;

  const std::string agency_;
  const std::unique_ptr<Stubs> stubs_;
};

}  // namespace daybook::integration
