// Which services there are: those of which a measure counts referrals, and organisations. Pure.
#pragma once

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

// UNKNOWN_SERVICE with the nearest one. While no measure counts the referrals of a service, every
// service may be named.
void CheckService(std::string_view field, std::string_view service_id, const Services& services,
                  values::Problems& problems);

}  // namespace daybook::referrals
