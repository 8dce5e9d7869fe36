#include "services/scrutiny/domain/scrutiny_checks.h"

#include <string>
#include <utility>

#include "fmt/format.h"
#include "services/commands/fingerprint.h"

namespace daybook::scrutiny {

using commands::Problems;

std::optional<eventstore::CivilDay> RequirePastDay(std::string_view field, std::string_view value,
                                                   eventstore::CivilDay today, Problems& problems) {
  const auto day = commands::RequireDay(field, value, problems);
  if (day && *day > today) {
    problems.push_back(
        commands::InvalidField(field, "lies in the future", "Record it when it has happened."));
    return std::nullopt;
  }
  return day;
}

commands::Decision OneEvent(std::string stream, const google::protobuf::Message& event,
                            eventstore::Effective effective) {
  commands::Decision decision;
  decision.events.push_back(commands::MakeDraft(std::move(stream), event, effective));
  return decision;
}

commands::Rejection Refuse(absl::StatusCode code, std::string_view reason, std::string_view field,
                           std::string_view what, std::string_view remedy) {
  commands::Rejection rejection;
  rejection.code = code;
  rejection.reason = std::string(reason);
  rejection.message = fmt::format("{}: {}", field, what);
  rejection.remedy = std::string(remedy);
  rejection.problems.push_back({.field = std::string(field),
                                .reason = rejection.reason,
                                .description = std::string(what),
                                .remedy = rejection.remedy});
  return rejection;
}

bool SaysTheSame(const google::protobuf::Message& a, const google::protobuf::Message& b) {
  return commands::CanonicalBytes(a) == commands::CanonicalBytes(b);
}

}  // namespace daybook::scrutiny
