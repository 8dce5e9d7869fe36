#include "services/cli/event_printer.h"

#include "absl/strings/escaping.h"
#include "fmt/format.h"
#include "google/protobuf/util/json_util.h"
#include "proto/registry/event_types.h"

namespace daybook::cli {
namespace {

std::string ToJson(const google::protobuf::Message& message) {
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  options.always_print_primitive_fields = false;
  std::string json;
  return google::protobuf::util::MessageToJsonString(message, &json, options).ok() ? json : "null";
}

}  // namespace

std::string ToJsonLine(const eventlog::v1::Event& event) {
  eventlog::v1::Event metadata = event;
  metadata.clear_payload();
  for (auto& part : *metadata.mutable_parts()) part.clear_ciphertext();
  // The first position and revision are zeros, which JSON of protobuf leaves out: they are said.
  const std::string head =
      fmt::format("{{\"position\":\"{}\",\"revision\":\"{}\",", event.position(), event.revision());
  metadata.clear_position();
  metadata.clear_revision();
  std::string json = head + ToJson(metadata).substr(1);
  json.pop_back();
  const auto decoded = registry::DecodeEvent(event.type(), event.payload());
  if (decoded != nullptr) return json + ",\"data\":" + ToJson(*decoded) + "}";
  return json + ",\"payload_base64\":\"" + absl::Base64Escape(event.payload()) + "\"}";
}

std::string ToTableLine(const eventlog::v1::Event& event) {
  return fmt::format("{:>10}  {}  {:<32}  {:<20}  {} @{}", event.position(), event.record_time(),
                     event.type(), event.agency(), event.stream(), event.revision());
}

}  // namespace daybook::cli
