#include "services/runtime/identity.h"

#include <algorithm>
#include <string>

#include "eventstore/core/error.h"
#include "eventstore/core/limits.h"

namespace daybook::runtime {
namespace {

namespace limits = eventstore::limits;

std::string Metadata(const grpc::ServerContextBase& context, const char* key) {
  const auto& all = context.client_metadata();
  const auto it = all.find(key);
  return it == all.end() ? std::string() : std::string(it->second.data(), it->second.size());
}

bool IsSlug(const std::string& text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

bool IsVisibleAscii(const std::string& text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

absl::Status Refuse(const std::string& key, const std::string& what) {
  return eventstore::MakeError(
      absl::StatusCode::kInvalidArgument, "metadata " + key + " " + what,
      {.reason = "AGENCY_MISSING",
       .remedy =
           "Send metadata daybook-agency (lower-case letters, digits, hyphens) and, if you "
           "like, daybook-actor (visible ASCII) with every call; on the command line --agency "
           "or DAYBOOK_AGENCY.",
       .fields = {{key, what}},
       .metadata = {}});
}

}  // namespace

bool GathersAnswers(const grpc::ServerContextBase& context) {
  return Metadata(context, kGatherKey) == "yes";
}

std::string AgencySent(const grpc::ServerContextBase& context) {
  return Metadata(context, kAgencyKey);
}

absl::StatusOr<commands::Caller> CallerOf(const grpc::ServerContextBase& context) {
  commands::Caller caller{Metadata(context, kAgencyKey), Metadata(context, kActorKey)};
  if (caller.agency.empty()) return Refuse(kAgencyKey, "is missing");
  if (caller.agency.size() > limits::kAgencyBytesMax || !IsSlug(caller.agency)) {
    return Refuse(kAgencyKey, "is not an agency id");
  }
  if (caller.actor.size() > limits::kActorBytesMax || !IsVisibleAscii(caller.actor)) {
    return Refuse(kActorKey, "is not visible ASCII of at most 128 bytes");
  }
  return caller;
}

}  // namespace daybook::runtime
