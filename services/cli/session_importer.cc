// Rows that go through append sessions: several messages in flight, answers taken by a second
// thread.
#include <algorithm>
#include <deque>
#include <functional>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "daybook/incidents/v1/incidents_service.grpc.pb.h"
#include "daybook/measures/v1/measures_service.grpc.pb.h"
#include "daybook/referrals/v1/referrals_service.grpc.pb.h"
#include "proto/registry/prescribed_items.h"
#include "services/cli/dataset.h"
#include "services/cli/figure_mapping.h"
#include "services/cli/row_importer.h"

namespace daybook::cli {
namespace {

constexpr std::uint32_t kRowsPerMessage = 250;
constexpr std::size_t kMessagesInFlightMax = 16;
// Of a server that asks to come back later: five minutes on a disk that is full.
constexpr int kPatientAttemptsMax = 60;

// Bounds what is in flight, and tells the sender when the other side is gone.
class Window {
 public:
  // False when the session is over.
  bool Enter() {
    absl::MutexLock lock(&mutex_);
    mutex_.Await(absl::Condition(
        +[](Window* w) ABSL_EXCLUSIVE_LOCKS_REQUIRED(w->mutex_) {
          return w->closed_ || w->in_flight_ < kMessagesInFlightMax;
        },
        this));
    ++in_flight_;
    return !closed_;
  }
  void Leave() {
    absl::MutexLock lock(&mutex_);
    --in_flight_;
  }
  void Close() {
    absl::MutexLock lock(&mutex_);
    closed_ = true;
  }

 private:
  absl::Mutex mutex_;
  std::size_t in_flight_ ABSL_GUARDED_BY(mutex_) = 0;
  bool closed_ ABSL_GUARDED_BY(mutex_) = false;
};

// A row of the file into its message; a row with a problem is taken back out of it.
template <class Request>
using AddRow = std::function<void(const ingest::TableRow&, Request&, values::Problems&)>;

// The message of the rows from index `begin` on, made when it is sent: a file of a million rows is
// never held twice. Rows that cannot be read are refused, the first time only.
template <class Request>
Request MakeMessage(ImportJob& job, std::size_t begin, bool refuses,
                    const AddRow<Request>& add_row) {
  Request message;
  const auto first = static_cast<std::uint32_t>(begin + 1);
  message.mutable_head()->set_request_id(job.MessageId(first));
  message.mutable_head()->set_submission_id(job.submission_id);
  const std::size_t end = std::min<std::size_t>(begin + kRowsPerMessage, job.table.rows.size());
  for (std::size_t i = begin; i < end; ++i) {
    const ingest::TableRow row = job.Row(i);
    values::Problems problems;
    row.AddFindings(problems);
    if (problems.empty()) {
      add_row(row, message, problems);
      if (!problems.empty()) message.mutable_rows()->RemoveLast();
    }
    if (!problems.empty() && refuses) job.Refuse(row.number(), problems);
  }
  return message;
}

// A part of the file that waits for its answer.
struct Part {
  std::size_t begin = 0;
  std::uint32_t rows = 0;  // that were sent
  bool was_made = false;   // its bad rows are refused already
};

template <class Request, class Response>
using Open = std::function<std::unique_ptr<grpc::ClientReaderWriter<Request, Response>>(
    grpc::ClientContext*)>;

// One session over the parts; those that may be sent again are left in `parts`.
template <class Request, class Response>
class Session {
 public:
  Session(ImportJob& job, const AddRow<Request>& add_row, std::vector<Part>& parts,
          std::uint32_t& rows_done)
      : job_(job), add_row_(add_row), parts_(parts), rows_done_(rows_done) {}

  grpc::Status Run(const Open<Request, Response>& open) {
    grpc::ClientContext context;
    Prepare(context, job_.connection, job_.agency, std::chrono::seconds(0));
    auto stream = open(&context);
    std::jthread receiver([&] {
      Response response;
      while (stream->Read(&response)) {
        window_.Leave();
        Take(response);
      }
      window_.Close();
    });
    for (Part& part : parts_) {
      const Request message = Make(part);
      if (message.rows_size() == 0) continue;
      if (!window_.Enter() || !stream->Write(message)) break;
    }
    stream->WritesDone();
    receiver.join();
    grpc::Status status = stream->Finish();
    KeepUnanswered();
    return status;
  }

  const grpc::Status& refusal() const { return refusal_; }
  std::uint32_t retry_after_ms() const { return retry_after_ms_; }
  // Why the server asked to come back later; empty when it did not.
  const std::string& asked_because() const { return asked_because_; }

 private:
  Request Make(Part& part) {
    absl::MutexLock lock(&mutex_);  // findings are added from both sides
    Request message = MakeMessage<Request>(job_, part.begin, !part.was_made, add_row_);
    part.was_made = true;
    part.rows = static_cast<std::uint32_t>(message.rows_size());
    if (part.rows > 0) sent_.push_back(&part);
    return message;
  }

  // Answers come in the order of the messages.
  void Take(const Response& response) {
    absl::MutexLock lock(&mutex_);
    const Part& part = *sent_[answered_++];
    if (response.has_error()) {
      const auto& error = response.error();
      if (error.retry_after_ms() > 0) {
        retry_after_ms_ = std::max(retry_after_ms_, error.retry_after_ms());
        asked_because_ = error.reason() + ": " + error.message() + " " + error.remedy();
        again_.push_back(part);
      } else {
        refusal_ = grpc::Status(static_cast<grpc::StatusCode>(error.code()),
                                error.reason() + ": " + error.message() + " " + error.remedy());
      }
      return;
    }
    for (const auto& result : response.results()) job_.Take(result, response.receipt().duplicate());
    if (response.has_receipt()) {
      job_.counts.position = std::max(job_.counts.position, response.receipt().position());
    }
    rows_done_ += part.rows;
    job_.Progress(rows_done_);
  }

  void KeepUnanswered() {
    absl::MutexLock lock(&mutex_);
    std::vector<Part> left = std::move(again_);
    for (std::size_t i = answered_; i < sent_.size(); ++i) left.push_back(*sent_[i]);
    for (const Part& part : parts_) {
      if (!part.was_made) left.push_back(part);
    }
    parts_ = std::move(left);
  }

  ImportJob& job_;
  const AddRow<Request>& add_row_;
  std::vector<Part>& parts_;
  std::uint32_t& rows_done_;
  Window window_;
  // Of the receiver while it runs; read after Run.
  grpc::Status refusal_;
  std::uint32_t retry_after_ms_ = 0;
  std::string asked_because_;
  absl::Mutex mutex_;  // held by whoever makes a message or takes an answer
  std::deque<const Part*> sent_ ABSL_GUARDED_BY(mutex_);
  std::size_t answered_ ABSL_GUARDED_BY(mutex_) = 0;
  std::vector<Part> again_ ABSL_GUARDED_BY(mutex_);
};

template <class Request, class Response>
grpc::Status SendAll(ImportJob& job, const AddRow<Request>& add_row,
                     const Open<Request, Response>& open) {
  std::vector<Part> parts;
  for (std::size_t begin = 0; begin < job.table.rows.size(); begin += kRowsPerMessage) {
    parts.push_back({.begin = begin});
  }
  std::uint32_t rows_done = 0;
  for (int attempt = 1; !parts.empty(); ++attempt) {
    const std::size_t waiting = parts.size();
    Session<Request, Response> session(job, add_row, parts, rows_done);
    grpc::Status status = session.Run(open);
    if (!session.refusal().ok()) return session.refusal();
    if (parts.empty()) return status;
    if (parts.size() < waiting) attempt = 1;  // it moves
    if (!status.ok() && !MayRetry(status)) return status;
    if (attempt >= (session.retry_after_ms() > 0 ? kPatientAttemptsMax : kBusyAttemptsMax)) {
      return status.ok()
                 ? grpc::Status(grpc::StatusCode::RESOURCE_EXHAUSTED, session.asked_because())
                 : status;
    }
    absl::SleepFor(absl::Milliseconds(std::max<std::uint32_t>(session.retry_after_ms(), 200)));
  }
  return grpc::Status::OK;
}

grpc::Status ImportIncidents(ImportJob& job) {
  using Request = incidents::v1::SubmitIncidentsRequest;
  using Response = incidents::v1::SubmitIncidentsResponse;
  const AddRow<Request> add_row = [&](const ingest::TableRow& row, Request& message,
                                      values::Problems& out) {
    message.set_dataset(job.dataset);
    if (job.dataset == "police-uk-api") {
      MapPoliceUkApi(row, job.agency, *message.add_rows(), out);
    } else if (job.dataset == "police-uk-street") {
      MapPoliceUk(row, *message.add_rows(), out);
    } else if (registry::IsPrescribed(job.dataset)) {
      MapPrescribed(row, job.agency, *message.add_rows(), out);
    } else {
      MapIncident(row, *message.add_rows(), out);
    }
  };
  auto stub = incidents::v1::IncidentService::NewStub(job.connection.channel);
  return SendAll<Request, Response>(
      job, add_row, [&](grpc::ClientContext* context) { return stub->SubmitIncidents(context); });
}

grpc::Status ImportObservations(ImportJob& job) {
  using Request = measures::v1::SubmitObservationsRequest;
  using Response = measures::v1::SubmitObservationsResponse;
  const AddRow<Request> add_row = [](const ingest::TableRow& row, Request& message,
                                     values::Problems& out) { Map(row, *message.add_rows(), out); };
  auto stub = measures::v1::MeasureService::NewStub(job.connection.channel);
  return SendAll<Request, Response>(job, add_row, [&](grpc::ClientContext* context) {
    return stub->SubmitObservations(context);
  });
}

grpc::Status ImportFigures(ImportJob& job) {
  using Request = measures::v1::PublishFiguresRequest;
  using Response = measures::v1::PublishFiguresResponse;
  const AddRow<Request> add_row = [](const ingest::TableRow& row, Request& message,
                                     values::Problems& out) { Map(row, *message.add_rows(), out); };
  auto stub = measures::v1::MeasureService::NewStub(job.connection.channel);
  return SendAll<Request, Response>(
      job, add_row, [&](grpc::ClientContext* context) { return stub->PublishFigures(context); });
}

grpc::Status ImportReferrals(ImportJob& job) {
  using Request = referrals::v1::SubmitReferralsRequest;
  using Response = referrals::v1::SubmitReferralsResponse;
  const AddRow<Request> add_row = [](const ingest::TableRow& row, Request& message,
                                     values::Problems& out) { Map(row, *message.add_rows(), out); };
  auto stub = referrals::v1::ReferralService::NewStub(job.connection.channel);
  return SendAll<Request, Response>(
      job, add_row, [&](grpc::ClientContext* context) { return stub->SubmitReferrals(context); });
}

using Import = grpc::Status (*)(ImportJob&);

// nullptr for a dataset whose rows are commands of their own.
Import SessionOf(const std::string& dataset) {
  static const auto& sessions = *new std::map<std::string, Import>{
      {"observations", ImportObservations},  {"figures", ImportFigures},
      {"referrals", ImportReferrals},        {"incidents", ImportIncidents},
      {"police-uk-street", ImportIncidents}, {"police-uk-api", ImportIncidents}};
  if (registry::IsPrescribed(dataset)) return ImportIncidents;
  const auto it = sessions.find(dataset);
  return it == sessions.end() ? nullptr : it->second;
}

}  // namespace

bool HasSession(const std::string& dataset) { return SessionOf(dataset) != nullptr; }

grpc::Status ImportBySession(ImportJob& job) { return SessionOf(job.dataset)(job); }

}  // namespace daybook::cli
