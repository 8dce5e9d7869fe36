// Names of the register as reports print them. An id that is not registered stands for itself, so
// that no row is lost for want of a name.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "projections/views/register_view.h"

namespace daybook::reports {

std::string OrganisationName(const views::RegisterView& names, std::string_view organisation_id);
// By id, or by name or alias in any case; nullptr where nobody is called so.
const views::v1::OrganisationRow* FindOrganisation(const views::RegisterView& names,
                                                   const std::string& given);
std::string AreaName(const views::RegisterView& names, std::string_view area_id);
std::string MeasureLabel(const views::RegisterView& names, std::string_view measure_id);

// nullptr when it is not registered.
const views::v1::AreaRow* FindArea(const views::RegisterView& names, std::string_view area_id);
const views::v1::MeasureRow* FindMeasure(const views::RegisterView& names,
                                         std::string_view measure_id);

// The id of the area that is meant by an id or, where there is no such id, by a name in any case.
// What is neither comes back as it is.
std::string AreaIdOf(const views::RegisterView& names, std::string_view id_or_name);

// Label of a crime type: that of the measure that counts exactly it, else its registered name, else
// the code in words.
std::string TypeLabel(const views::RegisterView& names, std::string_view incident_type);

// Names of the districts that `area_id` is or contains, at any depth, as files print them; sorted.
std::vector<std::string> DistrictsOf(const views::RegisterView& names, std::string_view area_id);

// The organisation that polices an area of kind "force": the one whose id is the area's id (or the
// area's id without "-area"), or one of whose names is the area's name, or whose id is its code.
std::optional<std::string> ForceOfArea(const views::RegisterView& names,
                                       const views::v1::AreaRow& area);

// The area of kind "force" that an organisation polices; nullptr when none is registered.
const views::v1::AreaRow* AreaOfForce(const views::RegisterView& names,
                                      std::string_view organisation_id);

}  // namespace daybook::reports
