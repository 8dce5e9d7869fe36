#include "tests/crash/writers.h"

#include "tests/integration/samples.h"

namespace daybook::crash {
namespace {

bool IsCutOff(const grpc::Status& status) {
  return status.error_code() == grpc::StatusCode::UNAVAILABLE ||
         status.error_code() == grpc::StatusCode::CANCELLED ||
         status.error_code() == grpc::StatusCode::DEADLINE_EXCEEDED ||
         status.error_code() == grpc::StatusCode::INTERNAL;
}

}  // namespace

void Writers::Run(const std::string& address) {
  for (std::size_t writer = 0; writer < unanswered_.size(); ++writer) {
    threads_.emplace_back([this, writer, address] { Write(writer, address); });
  }
}

void Writers::Join() { threads_.clear(); }

Acknowledged Writers::acknowledged() const {
  const absl::MutexLock lock(&mutex_);
  return acknowledged_;
}

std::uint64_t Writers::cut_off() const {
  const absl::MutexLock lock(&mutex_);
  return cut_off_;
}

std::vector<std::string> Writers::refused() const {
  const absl::MutexLock lock(&mutex_);
  return refused_;
}

void Writers::Write(std::size_t writer, const std::string& address) {
  integration::Client client(address, integration::kForce);
  std::string& id = unanswered_[writer];
  while (true) {
    if (id.empty()) id = "crash-" + std::to_string(next_++);
    incidents::v1::SubmitIncidentRequest request = integration::SubmitIncident(id);
    request.mutable_head()->set_request_id(id);
    const auto answer = client.Call(request);
    const absl::MutexLock lock(&mutex_);
    if (!answer.ok()) {
      if (IsCutOff(answer.status)) {
        ++cut_off_;
      } else {
        refused_.push_back(id + ": " + answer.status.error_message());
      }
      return;
    }
    acknowledged_[id] = answer->receipt().position();
    ++count_;
    id.clear();
  }
}

}  // namespace daybook::crash
