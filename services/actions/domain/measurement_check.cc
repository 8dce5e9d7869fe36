#include "services/actions/domain/measurement_check.h"

#include <string>
#include <string_view>

#include "fmt/format.h"
#include "proto/values/period.h"
#include "proto/values/quantity.h"
#include "services/actions/domain/plan_shape.h"

namespace daybook::actions {
namespace {

using commands::Problems;
using events::v1::Measurement;

constexpr int kMeasurementsMax = 100;

// What the unit says about the number: a percentage is part of a whole, a change may go below zero
// and over 100, everything else is counted.
values::NumberRules RulesOf(std::string_view unit) {
  const bool change = unit == "percentage points" || unit == "percentage-points" ||
                      unit == "change" || unit == "percent change";
  return {.may_be_negative = change, .parts_of_whole = unit == "percent" || unit == "%"};
}

void CheckValue(const std::string& field, const Measurement& measurement, Problems& problems) {
  const values::NumberRules rules = RulesOf(measurement.unit());
  switch (measurement.value_case()) {
    case Measurement::kQuantity:
      values::CheckQuantity(values::FieldPath(field, "quantity"), measurement.quantity(), rules,
                            problems);
      return;
    case Measurement::kShare:
      values::CheckShare(values::FieldPath(field, "share"), measurement.share(), problems);
      return;
    case Measurement::kPrintedPercent:
      // A percentage whose parts were not given is one of a whole, whatever the whole counts.
      values::CheckPrintedPercent(
          values::FieldPath(field, "printed_percent"), measurement.printed_percent(),
          {.may_be_negative = rules.may_be_negative, .parts_of_whole = !rules.may_be_negative},
          problems);
      return;
    case Measurement::VALUE_NOT_SET:
      problems.push_back(commands::MissingField(values::FieldPath(field, "value")));
      return;
  }
}

}  // namespace

void CheckMeasurements(const v1::SubmitUpdateRequest& request, Problems& problems) {
  if (request.measurements_size() > kMeasurementsMax) {
    problems.push_back(TooLarge("measurements", "more figures than an update can have",
                                fmt::format("Give at most {} figures.", kMeasurementsMax)));
    return;
  }
  for (int i = 0; i < request.measurements_size(); ++i) {
    const Measurement& measurement = request.measurements(i);
    const std::string field = fmt::format("measurements[{}]", i);
    commands::RequireSlug(values::FieldPath(field, "measure"), measurement.measure(), problems);
    commands::CheckText(values::FieldPath(field, "label"), measurement.label(), kLabelBytesMax,
                        problems);
    commands::CheckText(values::FieldPath(field, "unit"), measurement.unit(), kUnitBytesMax,
                        problems);
    CheckValue(field, measurement, problems);
    if (measurement.has_period()) {
      values::PeriodFromProto(values::FieldPath(field, "period"), measurement.period(), problems);
    }
    if (!measurement.stage().empty()) {
      commands::RequireOneOf(values::FieldPath(field, "stage"), measurement.stage(),
                             {"actual", "booked", "planned"}, problems);
    }
  }
}

}  // namespace daybook::actions
