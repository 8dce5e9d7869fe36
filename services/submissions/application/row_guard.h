// Rows that name a submission must name one that the caller opened.
#pragma once

#include <utility>

#include "absl/status/statusor.h"
#include "eventstore/core/error.h"
#include "services/submissions/domain/submission_commands.h"

namespace daybook::submissions {

// Decides with `decide` unless the head names a submission that this agency never opened.
template <class Request, class Decide>
absl::StatusOr<commands::Outcome> WithinSubmission(const commands::Caller& caller,
                                                   const Request& request,
                                                   commands::StreamLoader& loader,
                                                   Decide&& decide) {
  DAYBOOK_ASSIGN_OR_RETURN(auto refused,
                           CheckOpened(caller, request.head().submission_id(), loader));
  if (refused) return commands::Outcome(*std::move(refused));
  return std::forward<Decide>(decide)();
}

}  // namespace daybook::submissions
