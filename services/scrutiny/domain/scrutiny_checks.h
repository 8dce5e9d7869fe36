// What the rules of scrutiny have in common. For services/scrutiny/domain only.
#pragma once

#include <optional>
#include <string_view>

#include "services/commands/decision.h"
#include "services/commands/door.h"
#include "services/scrutiny/domain/scrutiny_commands.h"

namespace daybook::scrutiny {

// A day that is not after today; nullopt and a problem for any other.
std::optional<eventstore::CivilDay> RequirePastDay(std::string_view field, std::string_view value,
                                                   eventstore::CivilDay today,
                                                   commands::Problems& problems);

// One event of a stream.
commands::Decision OneEvent(std::string stream, const google::protobuf::Message& event,
                            eventstore::Effective effective);

// Any refusal of one field.
commands::Rejection Refuse(absl::StatusCode code, std::string_view reason, std::string_view field,
                           std::string_view what, std::string_view remedy);

// Whether both say the same.
bool SaysTheSame(const google::protobuf::Message& a, const google::protobuf::Message& b);

}  // namespace daybook::scrutiny
