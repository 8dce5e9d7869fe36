#include "services/runtime/unary_call.h"

#include <string>
#include <utility>

#include "eventstore/core/civil_day.h"
#include "eventstore/core/error.h"
#include "eventstore/core/limits.h"
#include "services/commands/decision.h"
#include "services/commands/door.h"
#include "services/commands/sealed_fields.h"
#include "services/runtime/time_text.h"

namespace daybook::runtime {
namespace {

absl::Status TooLarge() {
  return eventstore::MakeError(
      absl::StatusCode::kInvalidArgument, "request: is larger than one message may be",
      {.reason = std::string(eventstore::reason::kTooLarge),
       .remedy = "Send at most 4 MiB in one message: fewer rows, or shorter texts.",
       .fields = {{"request", "is larger than 4 MiB"}},
       .metadata = {{"limit_bytes", std::to_string(eventstore::limits::kMessageBytesMax)}}});
}

absl::Status RefusePersonalData(const google::protobuf::Message& request) {
  const std::string field = commands::PersonalFieldOf(request);
  if (field.empty()) return absl::OkStatus();
  return eventstore::MakeError(
      absl::StatusCode::kFailedPrecondition, "this ledger takes nothing about persons",
      {.reason = "PERSONAL_DATA_OFF",
       .remedy = "Leave the columns about persons out; or have the operator decide who may read "
                 "them and start daybookd with --personal-data.",
       .fields = {{field, "says something of a person"}},
       .metadata = {}});
}

}  // namespace

types::v1::Receipt ToReceipt(const eventstore::AppendResult& result) {
  types::v1::Receipt receipt;
  receipt.set_position(result.last.value);
  receipt.set_duplicate(result.duplicate);
  receipt.set_record_time(ToRfc3339(result.record_time));
  return receipt;
}

absl::StatusOr<commands::Caller> SenderOf(const CallEnvironment& env,
                                          const grpc::ServerContextBase& context) {
  absl::StatusOr<commands::Caller> caller = CallerOf(context);
  if (!env.may_send) return caller;
  if (caller.ok()) {
    DAYBOOK_RETURN_IF_ERROR(env.may_send(*caller));
  } else if (const std::string sent = AgencySent(context); !sent.empty()) {
    // A name in the place of an id: the registered one that is nearest helps more.
    DAYBOOK_RETURN_IF_ERROR(env.may_send({.agency = sent, .actor = ""}));
  }
  return caller;
}

absl::StatusOr<commands::Command> StartCommand(const CallEnvironment& env,
                                               const commands::Caller& caller,
                                               const types::v1::CommandHead& head,
                                               const google::protobuf::Message& request) {
  if (request.ByteSizeLong() > eventstore::limits::kMessageBytesMax) return TooLarge();
  if (!env.takes_personal_data) DAYBOOK_RETURN_IF_ERROR(RefusePersonalData(request));
  const eventstore::CivilDay today = eventstore::LondonDay(env.clock.Now());
  if (auto problems = commands::HeadProblems(head, today); !problems.empty()) {
    return ToStatus(commands::RejectFields(std::move(problems)));
  }
  commands::Command command;
  command.caller = caller;
  command.request_id = head.request_id();
  command.correlation_id = head.correlation_id();
  command.known = commands::KnownOf(head, today);
  commands::RequestContent content = commands::ContentOf(request);
  command.fingerprint = content.fingerprint;
  command.sealed = std::move(content.sealed);
  return command;
}

}  // namespace daybook::runtime
