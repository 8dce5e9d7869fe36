#include "services/referrals/domain/service_check.h"

#include <string>
#include <vector>

#include "fmt/format.h"
#include "proto/values/names.h"
#include "services/commands/door.h"

namespace daybook::referrals {

std::optional<std::string> ReadService(std::string_view field, std::string_view service,
                                       const Services& services, values::Problems& problems) {
  const auto& known = services.measures.services();
  if (known.contains(service)) return std::string(service);
  if (const auto* organisation = services.organisations.Resolve(service)) return organisation->id();
  if (known.empty() || service.empty()) {
    commands::RequireSlug(field, service, problems);
    return commands::IsSlug(service) ? std::make_optional(std::string(service)) : std::nullopt;
  }
  const std::vector<std::string> names(known.begin(), known.end());
  problems.push_back(
      {.field = std::string(field),
       .reason = "UNKNOWN_SERVICE",
       .description =
           fmt::format("no measure counts referrals to this service, and no organisation "
                       "has this id or name; the nearest service is \"{}\"",
                       values::NearestOf(service, names)),
       .remedy = "Correct the id (`daybook list services`), or have a measure of subject referrals "
                 "defined for the service first."});
  return std::nullopt;
}

}  // namespace daybook::referrals
