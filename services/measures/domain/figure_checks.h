// What rows of observations and rows of published figures have in common. For
// services/measures/domain only.
#pragma once

#include <string>
#include <string_view>

#include "daybook/types/v1/types.pb.h"
#include "services/commands/door.h"
#include "services/measures/domain/measure_register.h"
#include "services/partners/domain/area_register.h"

namespace daybook::measures {

// MISSING_FIELD, or UNKNOWN_MEASURE with the nearest one in the description.
values::Problem UnknownMeasure(std::string_view field, std::string_view given,
                               const MeasureRegister& measures);

// UNKNOWN_DIMENSION: not defined, not one of the measure's, or without such a category. The nearest
// category is in the description where there is a dimension.
values::Problem UnknownDimension(std::string_view field,
                                 const events::v1::DimensionDefined* dimension = nullptr,
                                 std::string_view category = "");

// The measure of a row, by id or label; nullptr and a problem when it is not defined, or where
// several have that label.
const MeasureRegister::Measure* FindMeasure(std::string_view field, const std::string& id_or_label,
                                            const MeasureRegister& measures,
                                            commands::Problems& problems);

// The id of the area that a row names; empty and a problem when there is none.
std::string FindArea(std::string_view field, const std::string& given,
                     const partners::AreaRegister& areas, commands::Problems& problems);

// Checks of the figure itself by what the measure counts. `measure` may be nullptr: then only the
// form is checked.
void CheckNumber(std::string_view field, const types::v1::Quantity& quantity,
                 const MeasureRegister::Measure* measure, bool is_mean,
                 commands::Problems& problems);
void CheckPercent(std::string_view field, const types::v1::PrintedPercent& percent,
                  const MeasureRegister::Measure* measure, commands::Problems& problems);

}  // namespace daybook::measures
