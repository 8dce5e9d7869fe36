// Refusals that name the nearest registered spelling; also for the rows of other contexts. Pure.
//
// Only registered spellings are named, never what was submitted: that may be personal.
#pragma once

#include <string_view>

#include "proto/values/problem.h"
#include "services/commands/decision.h"
#include "services/partners/domain/area_register.h"
#include "services/partners/domain/organisation_register.h"

namespace daybook::partners {

// UNKNOWN_ORGANISATION for a field; the description names the nearest alias.
values::Problem UnknownOrganisation(std::string_view field, std::string_view given,
                                    const OrganisationRegister& organisations);

// UNKNOWN_AREA for a field: not registered, or the name of several areas. `kind`: of which kind the
// nearest one shall be; any without it.
values::Problem UnknownArea(std::string_view field, std::string_view given,
                            const AreaRegister& areas, std::string_view kind = {});

// NOT_FOUND with the same problem, metadata "nearest" and "nearest_id".
commands::Rejection RejectOrganisation(std::string_view field, std::string_view given,
                                       const OrganisationRegister& organisations);

// NOT_FOUND with the same problem, metadata "nearest" and "nearest_id".
commands::Rejection RejectArea(std::string_view field, std::string_view given,
                               const AreaRegister& areas);

// NOT_FOUND.
commands::Rejection RejectPartnership(std::string_view field);

}  // namespace daybook::partners
