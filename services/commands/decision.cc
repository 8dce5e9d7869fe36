#include "services/commands/decision.h"

#include <utility>

#include "eventstore/core/error.h"
#include "fmt/format.h"
#include "proto/registry/event_types.h"

namespace daybook::commands {

DraftEvent MakeDraft(std::string stream, const google::protobuf::Message& event,
                     eventstore::Effective effective) {
  DraftEvent draft;
  draft.stream = std::move(stream);
  draft.type = registry::TypeNameOf(event);
  draft.payload = event.SerializeAsString();
  draft.effective = effective;
  return draft;
}

Rejection Refuse(absl::StatusCode code, std::string_view reason, std::string_view field,
                 std::string_view what, std::string_view remedy) {
  Rejection rejection;
  rejection.code = code;
  rejection.reason = reason;
  rejection.message = fmt::format("{}: {}", field, what);
  rejection.remedy = remedy;
  rejection.problems.push_back({.field = std::string(field),
                                .reason = std::string(reason),
                                .description = std::string(what),
                                .remedy = std::string(remedy)});
  return rejection;
}

Decision OneEvent(std::string stream, const google::protobuf::Message& event,
                  eventstore::Effective effective) {
  Decision decision;
  decision.events.push_back(MakeDraft(std::move(stream), event, effective));
  return decision;
}

Rejection RejectFields(std::vector<values::Problem> problems) {
  Rejection rejection;
  rejection.code = absl::StatusCode::kInvalidArgument;
  if (!problems.empty()) {
    const values::Problem& first = problems.front();
    rejection.reason = first.reason;
    rejection.message = first.field + ": " + first.description;
    rejection.remedy = first.remedy;
  }
  rejection.problems = std::move(problems);
  return rejection;
}

absl::Status ToStatus(const Rejection& rejection) {
  eventstore::ErrorDetail detail;
  detail.reason = rejection.reason;
  detail.remedy = rejection.remedy;
  detail.metadata = rejection.metadata;
  for (const values::Problem& problem : rejection.problems) {
    detail.fields.push_back({.field = problem.field,
                             .description = problem.description,
                             .reason = problem.reason == detail.reason ? "" : problem.reason,
                             .remedy = problem.remedy == detail.remedy ? "" : problem.remedy});
  }
  return eventstore::MakeError(rejection.code, rejection.message, detail);
}

}  // namespace daybook::commands
