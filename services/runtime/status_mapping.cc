#include "services/runtime/status_mapping.h"

#include <string>

#include "eventstore/core/error.h"
#include "google/rpc/error_details.pb.h"
#include "services/runtime/call_statistics.h"

namespace daybook::runtime {
namespace {

using eventstore::ErrorDetail;
using eventstore::GetErrorDetail;

// A status without details comes from a library or a defect: it still gets a reason.
ErrorDetail DetailOf(const absl::Status& status) {
  if (auto detail = GetErrorDetail(status)) return *std::move(detail);
  ErrorDetail detail;
  switch (status.code()) {
    case absl::StatusCode::kDeadlineExceeded:
      detail = {.reason = "VIEW_BEHIND", .remedy = "Ask again with a longer deadline."};
      break;
    case absl::StatusCode::kInvalidArgument:
      detail = {.reason = "INVALID_ARGUMENT", .remedy = "Correct the request."};
      break;
    case absl::StatusCode::kDataLoss:
      detail = {.reason = "LOG_DAMAGED", .remedy = "Tell the operator: the store needs a look."};
      break;
    default:
      detail = {.reason = "INTERNAL", .remedy = "Report this as a defect of Daybook."};
  }
  return detail;
}

// Details travel in the trailers, which clients cut the call for when they have more than 8 KiB.
// What does not fit is counted instead.
class TrailerBudget {
 public:
  bool Takes(std::size_t bytes) {
    constexpr std::size_t kBytesMax =
        std::size_t{3} * 1024;  // a third more on the wire, the message beside it
    if (used_ + bytes > kBytesMax) {
      ++left_out_;
      return false;
    }
    used_ += bytes;
    return true;
  }
  std::size_t left_out() const { return left_out_; }

 private:
  std::size_t used_ = 0;
  std::size_t left_out_ = 0;
};

template <class Violation>
void CopyViolation(const eventstore::FieldViolation& from, Violation& to) {
  to.set_field(from.field);
  to.set_description(from.description);
  to.set_reason(from.reason);
  to.set_remedy(from.remedy);
}

google::rpc::BadRequest FieldsOf(const ErrorDetail& detail, TrailerBudget& budget) {
  google::rpc::BadRequest bad;
  for (const auto& field : detail.fields) {
    if (!budget.Takes(field.field.size() + field.description.size() + field.reason.size() +
                      field.remedy.size())) {
      continue;
    }
    CopyViolation(field, *bad.add_field_violations());
  }
  return bad;
}

google::rpc::ErrorInfo InfoOf(const ErrorDetail& detail, TrailerBudget& budget) {
  google::rpc::ErrorInfo info;
  info.set_reason(detail.reason);
  info.set_domain("daybook");
  auto& metadata = *info.mutable_metadata();
  if (!detail.remedy.empty()) metadata["remedy"] = detail.remedy;
  for (const auto& [key, value] : detail.metadata) {
    if (budget.Takes(key.size() + value.size())) metadata[key] = value;
  }
  if (budget.left_out() > 0) metadata["details_left_out"] = std::to_string(budget.left_out());
  return info;
}

}  // namespace

std::uint32_t RetryAfterMillis(std::string_view reason) {
  namespace r = eventstore::reason;
  if (reason == r::kQueueFull) return 100;
  if (reason == r::kOutcomeUnknown || reason == r::kClockJumped) return 1000;
  if (reason == r::kStoreStopped || reason == r::kDiskFull || reason == "SHUTTING_DOWN")
    return 5000;
  if (reason == "VIEW_BEHIND" || reason == r::kBeyondHead) return 500;
  return 0;
}

grpc::Status ToGrpcStatus(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  const ErrorDetail detail = DetailOf(status);
  CallStatistics::Process().CountError(detail.reason);
  google::rpc::Status rich;
  rich.set_code(static_cast<int>(status.code()));
  rich.set_message(eventstore::Message(status));

  TrailerBudget budget;
  const google::rpc::BadRequest bad = FieldsOf(detail, budget);
  rich.add_details()->PackFrom(InfoOf(detail, budget));
  if (bad.field_violations_size() > 0) rich.add_details()->PackFrom(bad);
  if (const std::uint32_t millis = RetryAfterMillis(detail.reason); millis > 0) {
    google::rpc::RetryInfo retry;
    retry.mutable_retry_delay()->set_seconds(millis / 1000);
    retry.mutable_retry_delay()->set_nanos(static_cast<int>(millis % 1000) * 1'000'000);
    rich.add_details()->PackFrom(retry);
  }
  // The numeric values of absl and gRPC codes are the same by design of both.
  return {static_cast<grpc::StatusCode>(status.code()), rich.message(), rich.SerializeAsString()};
}

absl::Status FromGrpcStatus(const grpc::Status& status) {
  if (status.ok()) return absl::OkStatus();
  const auto code = static_cast<absl::StatusCode>(status.error_code());
  ErrorDetail detail;
  google::rpc::Status rich;
  if (rich.ParseFromString(status.error_details())) {
    for (const auto& packed : rich.details()) {
      google::rpc::ErrorInfo info;
      google::rpc::BadRequest bad;
      if (packed.UnpackTo(&info)) {
        detail.reason = info.reason();
        detail.metadata = {info.metadata().begin(), info.metadata().end()};
        if (auto remedy = detail.metadata.extract("remedy")) detail.remedy = remedy.mapped();
      } else if (packed.UnpackTo(&bad)) {
        for (const auto& field : bad.field_violations()) {
          detail.fields.push_back(
              {field.field(), field.description(), field.reason(), field.remedy()});
        }
      }
    }
  }
  if (detail.reason.empty()) return {code, status.error_message()};
  return eventstore::MakeError(code, status.error_message(), detail);
}

types::v1::SessionError ToSessionError(const absl::Status& status) {
  const ErrorDetail detail = DetailOf(status);
  CallStatistics::Process().CountError(detail.reason);
  types::v1::SessionError error;
  error.set_code(static_cast<int>(status.code()));
  error.set_reason(detail.reason);
  error.set_message(eventstore::Message(status));
  error.set_remedy(detail.remedy);
  error.set_retry_after_ms(RetryAfterMillis(detail.reason));
  for (const auto& field : detail.fields) CopyViolation(field, *error.add_fields());
  return error;
}

}  // namespace daybook::runtime
