// Which services there are: those of which a measure counts referrals, and organisations. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "proto/values/problem.h"
#include "services/measures/domain/measure_register.h"
#include "services/partners/domain/organisation_register.h"

namespace daybook::referrals {

// Refers to what it is given.
struct Services {
  const measures::MeasureRegister& measures;
  const partners::OrganisationRegister& organisations;
};

// The id of the service that is meant by its id, or by the id, name or alias of its organisation;
// nullopt with MISSING_FIELD, INVALID_FIELD, or UNKNOWN_SERVICE and the nearest one. While no
// measure counts the referrals of a service, every id may be given.
std::optional<std::string> ReadService(std::string_view field, std::string_view service,
                                       const Services& services, values::Problems& problems);

}  // namespace daybook::referrals
