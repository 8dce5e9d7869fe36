#include "eventstore/rocksdb/damage.h"

#include "eventstore/core/error.h"
#include "fmt/format.h"

namespace daybook::eventstore::rocks {

absl::Status Damage(const DamageReport& report) {
  ErrorDetail detail{
      .reason = std::string(reason::kLogDamaged),
      .remedy =
          "Do not write to this directory. Keep a copy of it for inspection and restore the "
          "latest backup; the restore says what must be sent again.",
      .fields = {},
      .metadata = {{"file", report.file.string()}}};
  std::string message = "the log is damaged: " + report.file.string();
  if (report.offset) {
    message += fmt::format(" at offset {}", *report.offset);
    detail.metadata["offset"] = std::to_string(*report.offset);
  }
  message += ": " + report.what;
  if (report.first_position) {
    message += fmt::format("; events from position {}", *report.first_position);
    detail.metadata["first_position"] = std::to_string(*report.first_position);
    if (report.next_position && *report.next_position > *report.first_position) {
      message += fmt::format(" to {}", *report.next_position - 1);
      detail.metadata["next_position"] = std::to_string(*report.next_position);
    } else {
      message += " on";
    }
    message += " are in question";
  }
  return MakeError(absl::StatusCode::kDataLoss, message, detail);
}

}  // namespace daybook::eventstore::rocks
