#include "services/referrals/domain/service_check.h"

#include <string>
#include <vector>

#include "fmt/format.h"
#include "proto/values/names.h"

namespace daybook::referrals {

void CheckService(std::string_view field, std::string_view service_id, const Services& services,
                  values::Problems& problems) {
  const auto& known = services.measures.services();
  if (service_id.empty() || known.empty() || known.contains(service_id) ||
      services.organisations.Find(service_id) != nullptr) {
    return;
  }
  const std::vector<std::string> names(known.begin(), known.end());
  problems.push_back(
      {.field = std::string(field),
       .reason = "UNKNOWN_SERVICE",
       .description =
           fmt::format("no measure counts referrals to this service, and no organisation "
                       "has this id; the nearest service is \"{}\"",
                       values::NearestOf(service_id, names)),
       .remedy = "Correct the id (`daybook list services`), or have a measure of subject referrals "
                 "defined for the service first."});
}

}  // namespace daybook::referrals
