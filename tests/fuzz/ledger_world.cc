#include "tests/fuzz/ledger_world.h"

#include <algorithm>
#include <map>
#include <utility>

#include "eventstore/core/error.h"
#include "eventstore/memory/memory_event_store.h"
#include "eventstore/staging/row_stage.h"
#include "google/rpc/error_details.pb.h"
#include "grpcpp/test/default_reactor_test_peer.h"
#include "projections/engine/engine.h"
#include "projections/store/memory_view_store.h"
#include "projections/views/all_views.h"
#include "services/actions/grpc/action_service.h"
#include "services/commands/command_runner.h"
#include "services/enforcement/grpc/enforcement_service.h"
#include "services/eventlog/grpc/eventlog_service.h"
#include "services/incidents/application/incident_versions.h"
#include "services/incidents/grpc/incident_service.h"
#include "services/measures/application/register.h"
#include "services/measures/grpc/measure_service.h"
#include "services/partners/application/registers.h"
#include "services/partners/grpc/partner_service.h"
#include "services/referrals/application/referral_versions.h"
#include "services/referrals/grpc/referral_service.h"
#include "services/reports/grpc/report_service.h"
#include "services/runtime/drain.h"
#include "services/runtime/identity.h"
#include "services/scrutiny/grpc/scrutiny_service.h"
#include "services/submissions/application/version_keeper.h"
#include "services/submissions/grpc/submission_service.h"
#include "tests/fuzz/check.h"
#include "tests/fuzz/row_stream.h"
#include "tests/fuzz/scratch.h"
#include "tests/support/plain_parts.h"

namespace daybook::fuzz {
namespace {

class FixedClock final : public eventstore::Clock {
 public:
  // 2026-01-05T09:00:00Z
  eventstore::Instant Now() const override { return {1'767'603'600'000'000}; }
  std::int64_t MonotonicMicros() const override { return 1'000'000; }
};

// Work is done in its order, after the call that asked for it.
class InlineExecutor final : public commands::Executor {
 public:
  void Execute(std::function<void()> work) override {
    waiting_.push_back(std::move(work));
    if (std::exchange(running_, true)) return;
    while (!waiting_.empty()) {
      const auto next = std::move(waiting_.front());
      waiting_.pop_front();
      next();
    }
    running_ = false;
  }

 private:
  std::deque<std::function<void()>> waiting_;
  bool running_ = false;
};

class CheckedSealer final : public commands::PartSealer, public commands::OpaqueIds {
 public:
  absl::StatusOr<std::vector<eventstore::SealedPart>> Seal(
      std::string_view agency, std::vector<commands::PartToSeal> parts) override {
    for (const auto& part : parts) {
      Check(!part.name.empty() && !part.event_id.empty(), "a part belongs to an event");
    }
    return plain_.Seal(agency, std::move(parts));
  }
  absl::StatusOr<commands::PartMatch> Match(const commands::PartTrace& trace, std::string_view name,
                                            std::string_view plaintext) override {
    return plain_.Match(trace, name, plaintext);
  }
  absl::StatusOr<std::optional<std::string>> Open(std::string_view event_id,
                                                  const eventstore::SealedPart& part) override {
    return plain_.Open(event_id, part);
  }
  absl::StatusOr<std::optional<std::string>> DigestUnder(const std::set<std::string>& key_ids,
                                                         std::string_view content) override {
    Check(!key_ids.empty() && !content.empty(), "what is digested is sealed");
    return plain_.DigestUnder(key_ids, content);
  }
  absl::StatusOr<std::string> FileDigest(std::string_view agency,
                                         std::string_view sha256) override {
    return plain_.FileDigest(agency, sha256);
  }
  absl::StatusOr<std::vector<std::string>> IdsOf(std::string_view space,
                                                 const std::vector<std::string>& keys,
                                                 bool make) override {
    return plain_.IdsOf(space, keys, make);
  }

 private:
  daybook::testing::PlainParts plain_;
};

class PlaceholderTexts final : public reports::TextOpener {
 public:
  absl::StatusOr<reports::OpenedText> Open(eventstore::Position, std::string_view) const override {
    return reports::OpenedText{.text = "text", .erased = false};
  }
};

// The details of a refusal, as a client finds them.
void ReadDetails(const grpc::Status& status, Answer& answer) {
  answer.code = static_cast<int>(status.error_code());
  answer.message = status.error_message();
  google::rpc::Status rich;
  if (!rich.ParseFromString(status.error_details())) return;
  for (const auto& detail : rich.details()) {
    google::rpc::ErrorInfo info;
    if (!detail.UnpackTo(&info)) continue;
    answer.reason = info.reason();
    answer.remedy = info.metadata().contains("remedy") ? info.metadata().at("remedy") : "";
  }
}

void TakeReceipt(const google::protobuf::Message& response, Answer& answer) {
  const auto* field = response.GetDescriptor()->FindFieldByName("receipt");
  const auto& reflection = *response.GetReflection();
  if (field == nullptr || !reflection.HasField(response, field)) return;
  answer.has_receipt = true;
  answer.receipt.CopyFrom(reflection.GetMessage(response, field));
}

std::unique_ptr<staging::RowStage> OpenStage(const std::filesystem::path& directory) {
  auto stage = staging::RowStage::Open(directory);
  Check(stage.ok(), "the stage opens", eventstore::Message(stage.status()));
  return *std::move(stage);
}

}  // namespace

struct LedgerWorld::Parts {
  FixedClock clock;
  eventstore::MemoryEventStore store{clock, {.log_id = std::string(32, 'a'), .incarnation = 1}};
  CheckedSealer sealer;
  PlaceholderTexts texts;
  InlineExecutor executor;
  InlineExecutor files;  // as in the daemon: a file waits for the commands that record it
  commands::CommandRunner runner{store, sealer, executor};
  runtime::CallEnvironment env{store,
                               runner,
                               executor,
                               executor,
                               clock,
                               /*may_send=*/nullptr,
                               /*takes_personal_data=*/true};
  runtime::DrainSignal drain;
  partners::Registers registers{store};
  measures::Measures measures{store};
  partners::PartnerServiceImpl partner_service{env, registers};
  measures::MeasureServiceImpl measure_service{env, measures, registers, drain};
  actions::ActionServiceImpl action_service{env, registers, sealer};
  enforcement::EnforcementServiceImpl enforcement_service{env, registers, sealer};
  scrutiny::ScrutinyServiceImpl scrutiny_service{env, registers};
  Scratch scratch;
  std::unique_ptr<staging::RowStage> stage = OpenStage(scratch.path() / "staging");
  incidents::IncidentVersions incident_versions{sealer};
  referrals::ReferralVersions referral_versions{sealer};
  submissions::VersionKeeper versions{
      store, runner, *stage, clock, {&incident_versions, &referral_versions}};
  referrals::ReferralServiceImpl referral_service{env,    registers, measures, versions,
                                                  sealer, sealer,    drain};
  incidents::IncidentServiceImpl incident_service{env, registers, versions, sealer, drain};
  submissions::SubmissionServiceImpl submission_service{env,    registers, versions,
                                                        sealer, sealer,    files};
  eventlog::EventLogServiceImpl eventlog_service{env, drain};
  projections::MemoryViewStore view_store;
  std::unique_ptr<projections::Engine> engine;
  std::unique_ptr<reporting::ReportReader> report_reader;
  std::unique_ptr<reporting::LedgerReleaseDesk> release_desk;
  std::unique_ptr<reporting::ReportServiceImpl> report_service;

  // The engine is not started: queries fold the log up to the size that they name.
  reporting::ReportServiceImpl& reports() {
    if (!report_service) {
      projections::EngineOptions options;
      options.batch_events = 32;  // the logs here are short
      auto opened = projections::Engine::Open(store, view_store, &views::AllViews, options);
      Check(opened.ok(), "the engine opens");
      engine = *std::move(opened);
      report_reader = std::make_unique<reporting::ReportReader>(*engine, store, texts, clock);
      release_desk = std::make_unique<reporting::LedgerReleaseDesk>(env, env.executor, *engine,
                                                                    *report_reader);
      report_service = std::make_unique<reporting::ReportServiceImpl>(
          runtime::ReadsOf(env), env.executor, *engine, *report_reader, *release_desk);
    }
    return *report_service;
  }
};

LedgerWorld::LedgerWorld() : parts_(std::make_unique<Parts>()) {}
LedgerWorld::~LedgerWorld() = default;

eventstore::EventStore& LedgerWorld::store() { return parts_->store; }

std::vector<eventstore::RecordedEvent> LedgerWorld::Events() {
  std::vector<eventstore::RecordedEvent> events;
  const auto read = parts_->store.ReadAll({}, [&](eventstore::RecordedEvent& event) {
    events.push_back(event);
    return true;
  });
  Check(read.ok(), "the log can be read");
  return events;
}

void LedgerWorld::Adopt(const std::vector<eventstore::RecordedEvent>& events) {
  eventstore::AppendRequest request;
  request.agency = "founders";
  request.request_id = "foundation";
  std::map<std::string, std::size_t> places;
  for (const auto& event : events) {
    const auto [place, added] = places.emplace(event.stream, request.writes.size());
    if (added) {
      request.writes.push_back({event.stream, eventstore::ExpectedRevision::Any(), {}});
    }
    request.writes[place->second].events.push_back(event.event);
  }
  Check(parts_->store.Append(std::move(request)).ok(), "a world can be founded");
}

// Makes the entries of AllRpcs.
struct RpcAccess {
  static void SetCaller(const grpc::CallbackServerContext& context) {
    auto& metadata =
        const_cast<std::multimap<grpc::string_ref, grpc::string_ref>&>(context.client_metadata());
    metadata.emplace(runtime::kAgencyKey, "castle-police");
    metadata.emplace(runtime::kActorKey, "somebody");
  }

  template <class Service, class Request, class Response>
  using UnaryMethod = grpc::ServerUnaryReactor* (Service::*)(grpc::CallbackServerContext*,
                                                             const Request*, Response*);

  template <class Request, class Response, class Invoke>
  static Rpc MakeUnary(std::string name, bool is_command, Invoke invoke) {
    return {std::move(name), is_command, &Request::default_instance(),
            [invoke](LedgerWorld& world, const google::protobuf::Message& given) {
              auto request = static_cast<const Request&>(given);
              grpc::CallbackServerContext context;
              SetCaller(context);
              const grpc::testing::DefaultReactorTestPeer peer(&context);
              Response response;
              invoke(*world.parts_, context, request, response);
              Check(peer.test_status_set(), "a call is finished");
              Answer answer;
              ReadDetails(peer.test_status(), answer);
              if (answer.code == 0) TakeReceipt(response, answer);
              return answer;
            }};
  }

  template <class Service, class Request, class Response>
  static Rpc Unary(std::string name, bool is_command, Service LedgerWorld::Parts::*service,
                   UnaryMethod<Service, Request, Response> method) {
    return MakeUnary<Request, Response>(
        std::move(name), is_command,
        [service, method](LedgerWorld::Parts& parts, grpc::CallbackServerContext& context,
                          Request& request, Response& response) {
          ((parts.*service).*method)(&context, &request, &response);
        });
  }

  // Waiting is the engine's business and takes time: everything is asked as of the log's end.
  template <class Request, class Response>
  static Rpc Report(std::string name,
                    UnaryMethod<reporting::ReportServiceImpl, Request, Response> method) {
    return MakeUnary<Request, Response>(
        std::move(name), false,
        [method](LedgerWorld::Parts& parts, grpc::CallbackServerContext& context, Request& request,
                 Response& response) {
          if constexpr (requires { request.mutable_as_of(); }) {
            request.mutable_as_of()->clear_min_position();
            if (!request.as_of().has_recorded_size()) {
              request.mutable_as_of()->set_recorded_size(parts.store.Head().size);
            }
          }
          (parts.reports().*method)(&context, &request, &response);
        });
  }

  template <class Service, class Request, class Response>
  static Rpc Rows(std::string name, Service LedgerWorld::Parts::*service,
                  grpc::ServerBidiReactor<Request, Response>* (Service::*method)(
                      grpc::CallbackServerContext*)) {
    return {std::move(name), true, &Request::default_instance(),
            [service, method](LedgerWorld& world, const google::protobuf::Message& given) {
              const auto& request = static_cast<const Request&>(given);
              grpc::CallbackServerContext context;
              SetCaller(context);
              auto* session = ((*world.parts_.*service).*method)(&context);
              auto outcome = RowStream<Request, Response>::Run(session, {request});
              Check(outcome.status.ok() && outcome.responses.size() == 1,
                    "every message of a session is answered", outcome.status.error_message());
              const Response& response = outcome.responses[0];
              Check(response.request_id() == request.head().request_id(),
                    "an answer names its request");
              Answer answer;
              TakeReceipt(response, answer);
              answer.rows.assign(response.results().begin(), response.results().end());
              if (response.has_error()) {
                answer.code = response.error().code();
                answer.reason = response.error().reason();
                answer.remedy = response.error().remedy();
                answer.message = response.error().message();
                Check(answer.code != 0, "an error has a code");
              }
              return answer;
            }};
  }

  static std::vector<Rpc> Commands();
  static std::vector<Rpc> Queries();
};

std::vector<Rpc> RpcAccess::Commands() {
  using P = LedgerWorld::Parts;
  using Partner = partners::PartnerServiceImpl;
  using Action = actions::ActionServiceImpl;
  using Enforcement = enforcement::EnforcementServiceImpl;
  using Scrutiny = scrutiny::ScrutinyServiceImpl;
  using Measure = measures::MeasureServiceImpl;
  using Referral = referrals::ReferralServiceImpl;
  using Incident = incidents::IncidentServiceImpl;
  using Submission = submissions::SubmissionServiceImpl;
  const auto partner = &P::partner_service;
  const auto action = &P::action_service;
  return {
      Unary("RegisterOrganisation", true, partner, &Partner::RegisterOrganisation),
      Unary("AddOrganisationAlias", true, partner, &Partner::AddOrganisationAlias),
      Unary("RecordSuccession", true, partner, &Partner::RecordSuccession),
      Unary("RegisterPartnership", true, partner, &Partner::RegisterPartnership),
      Unary("GrantMembership", true, partner, &Partner::GrantMembership),
      Unary("EndMembership", true, partner, &Partner::EndMembership),
      Unary("RegisterArea", true, partner, &Partner::RegisterArea),
      Unary("OpenPlan", true, action, &Action::OpenPlan),
      Unary("AddPriority", true, action, &Action::AddPriority),
      Unary("AdoptPlan", true, action, &Action::AdoptPlan),
      Unary("RevisePriority", true, action, &Action::RevisePriority),
      Unary("AddCommitment", true, action, &Action::AddCommitment),
      Unary("AddAction", true, action, &Action::AddAction),
      Unary("SetTarget", true, action, &Action::SetTarget),
      Unary("SubmitUpdate", true, action, &Action::SubmitUpdate),
      Unary("DeferUpdate", true, action, &Action::DeferUpdate),
      Unary("CancelAction", true, action, &Action::CancelAction),
      Unary("CompleteAction", true, action, &Action::CompleteAction),
      Unary("MapProject", true, action, &Action::MapProject),
      Unary("AllocateGrant", true, action, &Action::AllocateGrant),
      Unary("ApplyTopSlice", true, action, &Action::ApplyTopSlice),
      Unary("MoveFunds", true, action, &Action::MoveFunds),
      Unary("RecordActivity", true, action, &Action::RecordActivity),
      Unary("RecordReach", true, action, &Action::RecordReach),
      Unary("MakeOrder", true, &P::enforcement_service, &Enforcement::MakeOrder),
      Unary("ReviewOrder", true, &P::enforcement_service, &Enforcement::ReviewOrder),
      Unary("RecordBreach", true, &P::enforcement_service, &Enforcement::RecordBreach),
      Unary("TakeStep", true, &P::enforcement_service, &Enforcement::TakeStep),
      Unary("RaiseTask", true, &P::enforcement_service, &Enforcement::RaiseTask),
      Unary("ActionTask", true, &P::enforcement_service, &Enforcement::ActionTask),
      Unary("IssuePenalty", true, &P::enforcement_service, &Enforcement::IssuePenalty),
      Unary("SettlePenalty", true, &P::enforcement_service, &Enforcement::SettlePenalty),
      Unary("PassResolution", true, &P::scrutiny_service, &Scrutiny::PassResolution),
      Unary("GiveResponse", true, &P::scrutiny_service, &Scrutiny::GiveResponse),
      Unary("OpenAssessment", true, &P::scrutiny_service, &Scrutiny::OpenAssessment),
      Unary("SubmitSection", true, &P::scrutiny_service, &Scrutiny::SubmitSection),
      Unary("ApproveAssessment", true, &P::scrutiny_service, &Scrutiny::ApproveAssessment),
      Unary("RankRisk", true, &P::scrutiny_service, &Scrutiny::RankRisk),
      Unary("DefineDimension", true, &P::measure_service, &Measure::DefineDimension),
      Unary("DefineMeasure", true, &P::measure_service, &Measure::DefineMeasure),
      Unary("SetHarmWeight", true, &P::measure_service, &Measure::SetHarmWeight),
      Unary("DeclareBreak", true, &P::measure_service, &Measure::DeclareBreak),
      Rows("SubmitObservations", &P::measure_service, &Measure::SubmitObservations),
      Rows("PublishFigures", &P::measure_service, &Measure::PublishFigures),
      Unary("SubmitReferral", true, &P::referral_service, &Referral::SubmitReferral),
      Unary("ChangeReferralStatus", true, &P::referral_service, &Referral::ChangeReferralStatus),
      Rows("SubmitReferrals", &P::referral_service, &Referral::SubmitReferrals),
      Unary("SubmitIncident", true, &P::incident_service, &Incident::SubmitIncident),
      Rows("SubmitIncidents", &P::incident_service, &Incident::SubmitIncidents),
      Unary("OpenSubmission", true, &P::submission_service, &Submission::OpenSubmission),
      Unary("CompleteSubmission", true, &P::submission_service, &Submission::CompleteSubmission),
      Unary("KeepReadingRule", true, &P::submission_service, &Submission::KeepReadingRule),
      Unary("RevokeReadingRule", true, &P::submission_service, &Submission::RevokeReadingRule),
  };
}

std::vector<Rpc> RpcAccess::Queries() {
  using P = LedgerWorld::Parts;
  using Reports = reporting::ReportServiceImpl;
  return {
      Unary("ResolveOrganisation", false, &P::partner_service,
            &partners::PartnerServiceImpl::ResolveOrganisation),
      Unary("GetSubmission", false, &P::submission_service,
            &submissions::SubmissionServiceImpl::GetSubmission),
      Unary("ListReadingRules", false, &P::submission_service,
            &submissions::SubmissionServiceImpl::ListReadingRules),
      Unary("ReadStream", false, &P::eventlog_service, &eventlog::EventLogServiceImpl::ReadStream),
      Unary("GetHead", false, &P::eventlog_service, &eventlog::EventLogServiceImpl::GetHead),
      Report("ListReports", &Reports::ListReports),
      Report("RenderReport", &Reports::RenderReport),
      Report("OpenText", &Reports::OpenText),
      Report("GetPlanPerformance", &Reports::GetPlanPerformance),
      Report("GetReferralTrend", &Reports::GetReferralTrend),
      Report("GetIncidentTrend", &Reports::GetIncidentTrend),
  };
}

const std::vector<Rpc>& AllRpcs() {
  static const auto& rpcs = *new std::vector<Rpc>([] {
    std::vector<Rpc> all = RpcAccess::Commands();
    for (Rpc& query : RpcAccess::Queries()) all.push_back(std::move(query));
    return all;
  }());
  return rpcs;
}

const Rpc* FindRpc(std::string_view name) {
  for (const Rpc& rpc : AllRpcs()) {
    if (rpc.name == name) return &rpc;
  }
  return nullptr;
}

}  // namespace daybook::fuzz
