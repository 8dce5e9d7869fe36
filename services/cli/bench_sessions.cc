#include "services/cli/bench_sessions.h"

#include <algorithm>
#include <deque>
#include <memory>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"

namespace daybook::cli {
namespace {

constexpr int kPerStreamMax = 64;

// One stream: a thread that writes, one that reads the answers, which come in order.
class OneSession {
 public:
  OneSession(incidents::v1::IncidentService::Stub& stub, const Connection& connection,
             const SessionShape& shape, int in_flight, const FillMessage& fill)
      : shape_(shape), in_flight_max_(in_flight), fill_(fill) {
    Prepare(context_, connection, connection.agency, std::chrono::seconds(0));
    context_.AddMetadata("daybook-gather-answers", "yes");
    stream_ = stub.SubmitIncidents(&context_);
    end_ = absl::Now() + shape_.time;
    writer_ = std::jthread([this] { Write(); });
    reader_ = std::jthread([this] { Read(); });
  }

  void Join() {
    writer_.join();
    reader_.join();
    if (!stream_->Finish().ok()) ++failures;
  }

  std::vector<double> latencies_ms;
  std::uint64_t events = 0;
  std::uint64_t failures = 0;

 private:
  bool MayWrite() const ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
    return over_ || static_cast<int>(sent_.size()) < in_flight_max_;
  }

  void Write() {
    incidents::v1::SubmitIncidentsRequest request;
    while (absl::Now() < end_) {
      request.Clear();
      fill_(shape_.rows, &request);
      {
        absl::MutexLock lock(&mutex_, absl::Condition(this, &OneSession::MayWrite));
        if (over_) break;
        sent_.push_back(absl::Now());
      }
      if (!stream_->Write(request)) break;
    }
    stream_->WritesDone();
  }

  void Note(const incidents::v1::SubmitIncidentsResponse& answer, absl::Time now)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    if (answer.has_error()) ++failures;
    events += static_cast<std::uint64_t>(answer.results_size());
    latencies_ms.push_back(absl::ToDoubleMilliseconds(now - sent_.front()));
    sent_.pop_front();
  }

  void Read() {
    incidents::v1::SubmitIncidentsResponse response;
    while (stream_->Read(&response)) {
      const absl::Time now = absl::Now();
      absl::MutexLock lock(&mutex_);
      Note(response, now);
      for (const auto& answer : response.more()) Note(answer, now);
    }
    absl::MutexLock lock(&mutex_);
    over_ = true;
  }

  const SessionShape& shape_;
  const int in_flight_max_;
  const FillMessage& fill_;
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReaderWriter<incidents::v1::SubmitIncidentsRequest,
                                           incidents::v1::SubmitIncidentsResponse>>
      stream_;
  absl::Time end_;
  absl::Mutex mutex_;
  std::deque<absl::Time> sent_ ABSL_GUARDED_BY(mutex_);  // when, of messages without an answer
  bool over_ ABSL_GUARDED_BY(mutex_) = false;
  std::jthread writer_;
  std::jthread reader_;
};

}  // namespace

LoadResult RunSessions(incidents::v1::IncidentService::Stub& stub, const Connection& connection,
                       const SessionShape& shape, const FillMessage& fill) {
  const absl::Time begin = absl::Now();
  std::vector<std::unique_ptr<OneSession>> sessions;
  for (int left = shape.in_flight; left > 0; left -= kPerStreamMax) {
    sessions.push_back(
        std::make_unique<OneSession>(stub, connection, shape, std::min(left, kPerStreamMax), fill));
  }
  std::vector<double> latencies_ms;
  std::uint64_t events = 0;
  std::uint64_t failures = 0;
  for (const auto& session : sessions) {
    session->Join();
    events += session->events;
    failures += session->failures;
    latencies_ms.insert(latencies_ms.end(), session->latencies_ms.begin(),
                        session->latencies_ms.end());
  }
  LoadResult result = Summarise(latencies_ms, static_cast<double>(events), absl::Now() - begin);
  result.failures = failures;
  return result;
}

}  // namespace daybook::cli
