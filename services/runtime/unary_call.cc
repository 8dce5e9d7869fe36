#include "services/runtime/unary_call.h"

#include "eventstore/core/civil_day.h"
#include "services/commands/decision.h"
#include "services/commands/door.h"
#include "services/runtime/time_text.h"

namespace daybook::runtime {

types::v1::Receipt ToReceipt(const eventstore::AppendResult& result) {
  types::v1::Receipt receipt;
  receipt.set_position(result.last.value);
  receipt.set_duplicate(result.duplicate);
  receipt.set_record_time(ToRfc3339(result.record_time));
  return receipt;
}

absl::StatusOr<commands::Command> StartCommand(const commands::Caller& caller,
                                               const types::v1::CommandHead& head,
                                               const google::protobuf::Message& request,
                                               const eventstore::Clock& clock) {
  const eventstore::CivilDay today = eventstore::LondonDay(clock.Now());
  if (auto problems = commands::HeadProblems(head, today); !problems.empty()) {
    return ToStatus(commands::RejectFields(std::move(problems)));
  }
  commands::Command command;
  command.caller = caller;
  command.request_id = head.request_id();
  command.correlation_id = head.correlation_id();
  command.known = commands::KnownOf(head, today);
  command.fingerprint = commands::Fingerprint(request);
  return command;
}

}  // namespace daybook::runtime
