#include "services/cli/connection.h"

#include <cstdio>
#include <random>
#include <string_view>

#include "eventstore/core/error.h"
#include "eventstore/core/limits.h"
#include "fmt/format.h"
#include "google/rpc/error_details.pb.h"
#include "grpcpp/create_channel.h"
#include "services/cli/error_output.h"

namespace daybook::cli {

namespace {

// An address may be written as a link, as a browser shows it.
std::string WithoutScheme(std::string address) {
  constexpr std::string_view kScheme = "http://";
  if (address.starts_with(kScheme)) address.erase(0, kScheme.size());
  while (address.ends_with('/')) address.pop_back();
  return address;
}

}  // namespace

Connection Connect(const std::string& given, const std::string& agency) {
  const std::string address = WithoutScheme(given);
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(4 * static_cast<int>(eventstore::limits::kMessageBytesMax));
  return {address, agency, "daybook-cli",
          grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments)};
}

void Prepare(grpc::ClientContext& context, const Connection& connection, const std::string& agency,
             std::chrono::seconds deadline) {
  context.AddMetadata("daybook-agency", agency);
  context.AddMetadata("daybook-actor", connection.actor);
  if (deadline.count() > 0) context.set_deadline(std::chrono::system_clock::now() + deadline);
}

namespace {

// A field without a reason or remedy of its own has those of the error.
void FillFields(CallError& error) {
  for (auto& field : error.fields) {
    if (field.reason.empty()) field.reason = error.reason;
    if (field.remedy.empty()) field.remedy = error.remedy;
  }
}

}  // namespace

CallError DetailsOf(const grpc::Status& status) {
  CallError error;
  google::rpc::Status rich;
  if (!rich.ParseFromString(status.error_details())) return error;
  for (const auto& detail : rich.details()) {
    google::rpc::ErrorInfo info;
    google::rpc::BadRequest bad;
    if (detail.UnpackTo(&info)) {
      error.reason = info.reason();
      const auto remedy = info.metadata().find("remedy");
      if (remedy != info.metadata().end()) error.remedy = remedy->second;
    } else if (detail.UnpackTo(&bad)) {
      for (const auto& field : bad.field_violations()) {
        error.fields.push_back(
            {field.field(), field.description(), field.reason(), field.remedy()});
      }
    }
  }
  FillFields(error);
  return error;
}

std::optional<std::string> MetadataOf(const grpc::Status& status, const std::string& name) {
  google::rpc::Status rich;
  if (!rich.ParseFromString(status.error_details())) return std::nullopt;
  for (const auto& detail : rich.details()) {
    google::rpc::ErrorInfo info;
    if (!detail.UnpackTo(&info)) continue;
    const auto it = info.metadata().find(name);
    if (it != info.metadata().end()) return it->second;
  }
  return std::nullopt;
}

std::string NewRequestId(const std::string& what) {
  std::random_device random;
  return fmt::format("{}/{:08x}{:08x}{:08x}{:08x}", what, random(), random(), random(), random());
}

bool MayRetry(const grpc::Status& status) {
  return status.error_code() == grpc::StatusCode::UNAVAILABLE ||
         status.error_code() == grpc::StatusCode::RESOURCE_EXHAUSTED ||
         status.error_code() == grpc::StatusCode::ABORTED;
}

namespace {

std::string DetailsText(const CallError& error) {
  std::string text;
  if (!error.reason.empty()) text += fmt::format("       reason  {}\n", error.reason);
  for (const auto& field : error.fields) {
    text += fmt::format("       field   {}: {}\n", field.field, field.description);
    if (field.remedy != error.remedy) text += fmt::format("       do      {}\n", field.remedy);
  }
  if (!error.remedy.empty()) text += fmt::format("       do      {}\n", error.remedy);
  return text;
}

bool IsUnreachable(const grpc::Status& status) {
  return status.error_code() == grpc::StatusCode::UNAVAILABLE;
}

}  // namespace

std::string ErrorText(const std::string& what, const grpc::Status& status,
                      const Connection& connection) {
  const CallError error = DetailsOf(status);
  if (error.reason.empty() && IsUnreachable(status)) {
    return fmt::format(
        "error: {}: no answer from daybookd at {}\n"
        "       do      Start it (daybookd --data DIR), or name its address with --server or "
        "DAYBOOK_ADDRESS.\n",
        what, connection.address);
  }
  return fmt::format("error: {}: {}\n", what, status.error_message()) + DetailsText(error);
}

std::string ErrorText(const absl::Status& status) {
  std::string text = fmt::format("error: {}\n", eventstore::Message(status));
  if (const auto detail = eventstore::GetErrorDetail(status)) {
    CallError error{.reason = detail->reason, .remedy = detail->remedy, .fields = {}};
    error.fields = detail->fields;
    FillFields(error);
    text += DetailsText(error);
  }
  return text;
}

int Report(const std::string& what, const grpc::Status& status, const Connection& connection) {
  PrintError("{}", ErrorText(what, status, connection));
  return IsUnreachable(status) ? kUnreachable : kRefused;
}

int Report(const absl::Status& status) {
  PrintError("{}", ErrorText(status));
  return kRefused;
}

}  // namespace daybook::cli
