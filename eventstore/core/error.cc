#include "eventstore/core/error.h"

#include <charconv>

#include "absl/strings/cord.h"
#include "absl/strings/string_view.h"

namespace daybook::eventstore {
namespace {

// The detail travels as a status payload: "<length>:<bytes>" for each string and "<count>;" before
// each list. It never leaves the process, so it needs no version.
constexpr char kPayloadUrl[] = "daybook/error-detail";

void PutString(std::string_view value, std::string& out) {
  out += std::to_string(value.size());
  out += ':';
  out += value;
}

void PutCount(std::size_t count, std::string& out) {
  out += std::to_string(count);
  out += ';';
}

class Reader {
 public:
  explicit Reader(std::string_view rest) : rest_(rest) {}

  bool TakeCount(std::size_t& count) { return TakeNumber(';', count); }

  bool TakeString(std::string& value) {
    std::size_t size = 0;
    if (!TakeNumber(':', size) || size > rest_.size()) {
      return false;
    }
    value = std::string(rest_.substr(0, size));
    rest_.remove_prefix(size);
    return true;
  }

  bool AtEnd() const { return rest_.empty(); }

 private:
  bool TakeNumber(char end, std::size_t& number) {
    const auto [next, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), number);
    if (error != std::errc() || next == rest_.data() + rest_.size() || *next != end) {
      return false;
    }
    rest_.remove_prefix(static_cast<std::size_t>(next - rest_.data()) + 1);
    return true;
  }

  std::string_view rest_;
};

std::string Encode(const ErrorDetail& detail) {
  std::string out;
  PutString(detail.reason, out);
  PutString(detail.remedy, out);
  PutCount(detail.fields.size(), out);
  for (const FieldViolation& violation : detail.fields) {
    PutString(violation.field, out);
    PutString(violation.description, out);
    PutString(violation.reason, out);
    PutString(violation.remedy, out);
  }
  PutCount(detail.metadata.size(), out);
  for (const auto& [key, value] : detail.metadata) {
    PutString(key, out);
    PutString(value, out);
  }
  return out;
}

std::optional<ErrorDetail> Decode(std::string_view bytes) {
  Reader reader(bytes);
  ErrorDetail detail;
  std::size_t count = 0;
  if (!reader.TakeString(detail.reason) || !reader.TakeString(detail.remedy) ||
      !reader.TakeCount(count)) {
    return std::nullopt;
  }
  for (; count > 0; --count) {
    FieldViolation violation;
    if (!reader.TakeString(violation.field) || !reader.TakeString(violation.description) ||
        !reader.TakeString(violation.reason) || !reader.TakeString(violation.remedy)) {
      return std::nullopt;
    }
    detail.fields.push_back(std::move(violation));
  }
  if (!reader.TakeCount(count)) {
    return std::nullopt;
  }
  for (; count > 0; --count) {
    std::string key;
    std::string value;
    if (!reader.TakeString(key) || !reader.TakeString(value)) {
      return std::nullopt;
    }
    detail.metadata.emplace(std::move(key), std::move(value));
  }
  if (!reader.AtEnd()) {
    return std::nullopt;
  }
  return detail;
}

}  // namespace

absl::Status MakeError(absl::StatusCode code, std::string_view message, const ErrorDetail& detail) {
  absl::Status status(code, absl::string_view(message.data(), message.size()));
  status.SetPayload(kPayloadUrl, absl::Cord(Encode(detail)));
  return status;
}

std::optional<ErrorDetail> GetErrorDetail(const absl::Status& status) {
  const absl::optional<absl::Cord> payload = status.GetPayload(kPayloadUrl);
  if (!payload.has_value()) {
    return std::nullopt;
  }
  return Decode(std::string(*payload));
}

std::string ErrorReason(const absl::Status& status) {
  std::optional<ErrorDetail> detail = GetErrorDetail(status);
  return detail.has_value() ? std::move(detail->reason) : std::string();
}

std::string Message(const absl::Status& status) {
  return std::string(status.message().data(), status.message().size());
}

}  // namespace daybook::eventstore
