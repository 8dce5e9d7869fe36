#include "services/partners/domain/refusals.h"

#include <string>

#include "fmt/format.h"

namespace daybook::partners {
namespace {

commands::Rejection NotFound(values::Problem problem) {
  commands::Rejection rejection;
  rejection.code = absl::StatusCode::kNotFound;
  rejection.reason = problem.reason;
  rejection.message = problem.field + ": " + problem.description;
  rejection.remedy = problem.remedy;
  rejection.problems.push_back(std::move(problem));
  return rejection;
}

}  // namespace

values::Problem UnknownOrganisation(std::string_view field, std::string_view given,
                                    const OrganisationRegister& organisations) {
  values::Problem problem{
      .field = std::string(field),
      .reason = "UNKNOWN_ORGANISATION",
      .description = "the organisation is not registered",
      .remedy = "Register the organisation, add this spelling as its alias, or correct it."};
  if (const auto nearest = organisations.Nearest(given)) {
    problem.description += fmt::format("; the nearest registered name is \"{}\" ({})",
                                       nearest->spelling, nearest->organisation_id);
  }
  return problem;
}

values::Problem UnknownArea(std::string_view field, std::string_view given,
                            const AreaRegister& areas, std::string_view kind) {
  values::Problem problem{.field = std::string(field),
                          .reason = "UNKNOWN_AREA",
                          .description = "the area is not registered",
                          .remedy = "Register the area, or correct its id or name."};
  if (areas.Resolve(given).ambiguous) {
    problem.description = "several areas have this name";
    problem.remedy = "Give the id of the area that is meant.";
  } else if (const auto nearest = areas.Nearest(given, kind)) {
    problem.description += fmt::format("; the nearest registered name is \"{}\" ({})",
                                       nearest->name, nearest->area_id);
  }
  return problem;
}

commands::Rejection RejectOrganisation(std::string_view field, std::string_view given,
                                       const OrganisationRegister& organisations) {
  commands::Rejection rejection = NotFound(UnknownOrganisation(field, given, organisations));
  if (const auto nearest = organisations.Nearest(given)) {
    rejection.metadata["nearest"] = nearest->spelling;
    rejection.metadata["nearest_id"] = nearest->organisation_id;
  }
  return rejection;
}

commands::Rejection RejectArea(std::string_view field, std::string_view given,
                               const AreaRegister& areas) {
  commands::Rejection rejection = NotFound(UnknownArea(field, given, areas));
  if (const auto nearest = areas.Nearest(given)) {
    rejection.metadata["nearest"] = nearest->name;
    rejection.metadata["nearest_id"] = nearest->area_id;
  }
  return rejection;
}

commands::Rejection RejectPartnership(std::string_view field) {
  return NotFound({.field = std::string(field),
                   .reason = "UNKNOWN_PARTNERSHIP",
                   .description = "the partnership is not registered",
                   .remedy = "Register the partnership first, or correct its id."});
}

}  // namespace daybook::partners
