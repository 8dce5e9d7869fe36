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
#include "services/cli/dataset.h"
#include "services/cli/figure_mapping.h"
#include "services/cli/row_importer.h"

namespace daybook::cli {
namespace {

constexpr std::uint32_t kRowsPerMessage = 250;
constexpr std::size_t kMessagesInFlightMax = 16;
constexpr int kAttemptsMax = 8;

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

template <class Request>
std::vector<Request> MakeMessages(
    ImportJob& job,
    const std::function<void(const CsvRow&, Request&, values::Problems&)>& add_row) {
  std::vector<Request> messages;
  for (std::size_t begin = 0; begin < job.table.rows.size(); begin += kRowsPerMessage) {
    Request message;
    const auto first = static_cast<std::uint32_t>(begin + 1);
    message.mutable_head()->set_request_id(job.MessageId(first));
    message.mutable_head()->set_submission_id(job.submission_id);
    const std::size_t end = std::min<std::size_t>(begin + kRowsPerMessage, job.table.rows.size());
    for (std::size_t i = begin; i < end; ++i) {
      const CsvRow row = job.Row(i);
      values::Problems problems;
      row.CheckCellCount(problems);
      if (problems.empty()) {
        add_row(row, message, problems);
        if (!problems.empty()) message.mutable_rows()->RemoveLast();
      }
      if (!problems.empty()) job.Refuse(row.number(), problems);
    }
    if (message.rows_size() > 0) messages.push_back(std::move(message));
  }
  return messages;
}

// One session over the messages; those that may be sent again are left in `messages`.
template <class Request, class Response>
grpc::Status RunSession(
    ImportJob& job, std::vector<Request>& messages, std::uint32_t& rows_done,
    const std::function<
        std::unique_ptr<grpc::ClientReaderWriter<Request, Response>>(grpc::ClientContext*)>& open,
    grpc::Status& refusal, std::uint32_t& retry_after_ms) {
  grpc::ClientContext context;
  Prepare(context, job.connection, job.agency, std::chrono::seconds(0));
  auto stream = open(&context);
  Window window;
  std::size_t answered = 0;
  std::vector<Request> again;
  std::jthread receiver([&] {
    Response response;
    while (stream->Read(&response)) {
      window.Leave();
      const Request& message = messages[answered++];
      if (response.has_error()) {
        const auto& error = response.error();
        if (error.retry_after_ms() > 0) {
          retry_after_ms = std::max(retry_after_ms, error.retry_after_ms());
          again.push_back(message);
        } else {
          refusal = grpc::Status(static_cast<grpc::StatusCode>(error.code()),
                                 error.reason() + ": " + error.message() + " " + error.remedy());
        }
        continue;
      }
      for (const auto& result : response.results()) {
        job.Take(result, response.receipt().duplicate());
      }
      if (response.has_receipt()) {
        job.counts.position = std::max(job.counts.position, response.receipt().position());
      }
      rows_done += static_cast<std::uint32_t>(message.rows_size());
      job.Progress(rows_done);
    }
    window.Close();
  });
  for (const Request& message : messages) {
    if (!window.Enter() || !stream->Write(message)) break;
  }
  stream->WritesDone();
  receiver.join();
  grpc::Status status = stream->Finish();
  again.insert(again.end(), messages.begin() + static_cast<std::ptrdiff_t>(answered),
               messages.end());
  messages = std::move(again);
  return status;
}

template <class Request, class Response>
grpc::Status SendAll(
    ImportJob& job, std::vector<Request> messages,
    const std::function<
        std::unique_ptr<grpc::ClientReaderWriter<Request, Response>>(grpc::ClientContext*)>& open) {
  std::uint32_t rows_done = job.counts.refused;
  for (int attempt = 1; !messages.empty(); ++attempt) {
    grpc::Status refusal;
    std::uint32_t retry_after_ms = 0;
    const std::size_t waiting = messages.size();
    grpc::Status status =
        RunSession<Request, Response>(job, messages, rows_done, open, refusal, retry_after_ms);
    if (!refusal.ok()) return refusal;
    if (messages.empty()) return status;
    if (messages.size() < waiting) attempt = 1;  // it moves
    if (!status.ok() && !MayRetry(status)) return status;
    if (attempt >= kAttemptsMax) {
      return status.ok() ? grpc::Status(grpc::StatusCode::UNAVAILABLE,
                                        "the server keeps asking to try again later")
                         : status;
    }
    absl::SleepFor(absl::Milliseconds(std::max<std::uint32_t>(retry_after_ms, 200)));
  }
  return grpc::Status::OK;
}

grpc::Status ImportIncidents(ImportJob& job) {
  using Request = incidents::v1::SubmitIncidentsRequest;
  using Response = incidents::v1::SubmitIncidentsResponse;
  auto messages =
      MakeMessages<Request>(job, [&](const CsvRow& row, Request& message, values::Problems& out) {
        message.set_dataset(job.dataset);
        if (job.dataset == "police-uk-api") {
          MapPoliceUkApi(row, job.agency, *message.add_rows(), out);
        } else if (job.dataset == "police-uk-street") {
          MapPoliceUk(row, *message.add_rows(), out);
        } else {
          MapIncident(row, *message.add_rows(), out);
        }
      });
  auto stub = incidents::v1::IncidentService::NewStub(job.connection.channel);
  return SendAll<Request, Response>(job, std::move(messages), [&](grpc::ClientContext* context) {
    return stub->SubmitIncidents(context);
  });
}

grpc::Status ImportObservations(ImportJob& job) {
  using Request = measures::v1::SubmitObservationsRequest;
  using Response = measures::v1::SubmitObservationsResponse;
  auto messages =
      MakeMessages<Request>(job, [](const CsvRow& row, Request& message, values::Problems& out) {
        Map(row, *message.add_rows(), out);
      });
  auto stub = measures::v1::MeasureService::NewStub(job.connection.channel);
  return SendAll<Request, Response>(job, std::move(messages), [&](grpc::ClientContext* context) {
    return stub->SubmitObservations(context);
  });
}

grpc::Status ImportFigures(ImportJob& job) {
  using Request = measures::v1::PublishFiguresRequest;
  using Response = measures::v1::PublishFiguresResponse;
  auto messages =
      MakeMessages<Request>(job, [](const CsvRow& row, Request& message, values::Problems& out) {
        Map(row, *message.add_rows(), out);
      });
  auto stub = measures::v1::MeasureService::NewStub(job.connection.channel);
  return SendAll<Request, Response>(job, std::move(messages), [&](grpc::ClientContext* context) {
    return stub->PublishFigures(context);
  });
}

grpc::Status ImportReferrals(ImportJob& job) {
  using Request = referrals::v1::SubmitReferralsRequest;
  using Response = referrals::v1::SubmitReferralsResponse;
  auto messages =
      MakeMessages<Request>(job, [](const CsvRow& row, Request& message, values::Problems& out) {
        Map(row, *message.add_rows(), out);
      });
  auto stub = referrals::v1::ReferralService::NewStub(job.connection.channel);
  return SendAll<Request, Response>(job, std::move(messages), [&](grpc::ClientContext* context) {
    return stub->SubmitReferrals(context);
  });
}

}  // namespace

bool HasSession(const std::string& dataset) {
  return IsVersioned(dataset) || dataset == "observations" || dataset == "figures" ||
         dataset == "referrals";
}

grpc::Status ImportBySession(ImportJob& job) {
  if (job.dataset == "observations") return ImportObservations(job);
  if (job.dataset == "figures") return ImportFigures(job);
  if (job.dataset == "referrals") return ImportReferrals(job);
  return ImportIncidents(job);
}

}  // namespace daybook::cli
