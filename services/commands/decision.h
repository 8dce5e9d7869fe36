// What a decision is: pure values between a context's rules and the common way of a command.
//
// `decide(state, command)` returns a Decision or a Rejection. It knows no gRPC, no store, no clock
// and no key: texts and personal fields leave it in plain as DraftParts and are sealed by the
// runner before anything is stored.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/status/status.h"
#include "eventstore/core/event.h"
#include "google/protobuf/message.h"
#include "proto/values/problem.h"

namespace daybook::commands {

// A field that must not stand in clear.
struct DraftPart {
  std::string name;       // for example "narrative"
  std::string plaintext;  // serialised message or text
  // Whose key seals it: parts of one subject (within agency, dataset and year) share a key. Empty
  // for a free text, which gets a key of its own.
  std::string subject_ref;
};

// An event before it is sealed, stamped and given its place.
struct DraftEvent {
  std::string stream;
  std::string type;     // registered name, filled by MakeDraft
  std::string payload;  // serialised event message, filled by MakeDraft
  eventstore::Effective effective;
  // nullopt: the command's own `known` holds.
  std::optional<eventstore::Known> known;
  std::string marking;
  std::string basis;              // legal gateway, for example "s115" or "public-source"
  std::string retention_dataset;  // keys are grouped by (agency, this, year of effective.start)
  std::vector<DraftPart> parts;
};

DraftEvent MakeDraft(std::string stream, const google::protobuf::Message& event,
                     eventstore::Effective effective);

// A business refusal. Nothing is recorded.
struct Rejection {
  absl::StatusCode code = absl::StatusCode::kFailedPrecondition;
  std::string reason;                     // name of types.v1.Reason without its prefix
  std::string message;                    // what happened, one sentence, no submitted value
  std::string remedy;                     // what to do, one sentence
  std::vector<values::Problem> problems;  // fields; may be empty
  std::map<std::string, std::string> metadata;
};

// A refusal for one field.
Rejection Refuse(absl::StatusCode code, std::string_view reason, std::string_view field,
                 std::string_view what, std::string_view remedy);

// INVALID_ARGUMENT with all problems; the first one's reason is the reason of the whole.
Rejection RejectFields(std::vector<values::Problem> problems);

absl::Status ToStatus(const Rejection& rejection);

// What shall be appended, all or nothing. No events means that the facts stand already: the command
// is answered as a duplicate.
struct Decision {
  std::vector<DraftEvent> events;
  // Opaque answer of the service, kept with the request and given again to a duplicate; for example
  // the results of the rows. At most limits::kAnswerBytesMax.
  std::string answer;
};

// One event of a stream and no answer.
Decision OneEvent(std::string stream, const google::protobuf::Message& event,
                  eventstore::Effective effective);

using Outcome = std::variant<Decision, Rejection>;

}  // namespace daybook::commands
