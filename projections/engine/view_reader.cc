#include "projections/engine/view_reader.h"

#include <utility>

#include "absl/synchronization/notification.h"

namespace daybook::projections {

absl::Status ViewReader::WaitFor(eventstore::Position position, Deadline deadline) {
  absl::Status answer;
  absl::Notification answered;
  WaitForAsync(position, deadline, [&](absl::Status status) {
    answer = std::move(status);
    answered.Notify();
  });
  answered.WaitForNotification();
  return answer;
}

}  // namespace daybook::projections
