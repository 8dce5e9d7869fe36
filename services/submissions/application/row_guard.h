// Rows that name a submission must name one that the caller opened.
#pragma once

#include <utility>

#include "absl/status/statusor.h"
#include "eventstore/core/error.h"
#include "services/submissions/domain/submission_commands.h"

namespace daybook::submissions {

// Decides with `decide`, which is given the submission (empty where the head names none), unless
// the head names one that this agency never opened.
template <class Request, class Decide>
absl::StatusOr<commands::Outcome> WithinSubmission(const commands::Caller& caller,
                                                   const Request& request,
                                                   commands::StreamLoader& loader,
                                                   Decide&& decide) {
  SubmissionState submission;
  DAYBOOK_ASSIGN_OR_RETURN(
      auto refused, CheckOpened(caller, request.head().submission_id(), loader, &submission));
  if (refused) return commands::Outcome(*std::move(refused));
  return std::forward<Decide>(decide)(submission);
}

}  // namespace daybook::submissions
