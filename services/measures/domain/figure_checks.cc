#include "services/measures/domain/figure_checks.h"

#include <algorithm>

#include "fmt/format.h"
#include "proto/values/decimal.h"
#include "proto/values/names.h"
#include "proto/values/quantity.h"
#include "services/partners/domain/refusals.h"

namespace daybook::measures {

using commands::Problems;

values::Problem UnknownMeasure(std::string_view field, std::string_view given,
                               const MeasureRegister& measures) {
  values::Problem problem{.field = std::string(field),
                          .reason = "UNKNOWN_MEASURE",
                          .description = "the measure is not defined",
                          .remedy = "Define the measure, or correct its id."};
  if (const auto nearest = measures.Nearest(given)) {
    problem.description += fmt::format("; the nearest defined one is \"{}\" ({})", nearest->label,
                                       nearest->measure_id);
  }
  return problem;
}

values::Problem UnknownDimension(std::string_view field,
                                 const events::v1::DimensionDefined* dimension,
                                 std::string_view category) {
  values::Problem problem{
      .field = std::string(field),
      .reason = "UNKNOWN_DIMENSION",
      .description = "is no dimension of the measure, or no category of it",
      .remedy = "Correct it, or define the dimension and a version of the measure that has it."};
  if (dimension == nullptr) return problem;
  const std::string wanted = values::NormaliseName(category);
  const auto likeness = [&](const auto& one) {
    return std::max(values::Similarity(wanted, values::NormaliseName(one.category_id())),
                    values::Similarity(wanted, values::NormaliseName(one.label())));
  };
  const auto nearest =
      std::max_element(dimension->categories().begin(), dimension->categories().end(),
                       [&](const auto& a, const auto& b) { return likeness(a) < likeness(b); });
  if (nearest != dimension->categories().end()) {
    problem.description =
        fmt::format("is no category of {}; the nearest is \"{}\" ({})", dimension->dimension_id(),
                    nearest->label(), nearest->category_id());
  }
  return problem;
}

const MeasureRegister::Measure* FindMeasure(std::string_view field, const std::string& id_or_label,
                                            const MeasureRegister& measures, Problems& problems) {
  if (id_or_label.empty()) {
    problems.push_back(commands::MissingField(field));
    return nullptr;
  }
  const auto found = measures.Resolve(id_or_label);
  if (found.is_ambiguous) {
    problems.push_back({.field = std::string(field),
                        .reason = "UNKNOWN_MEASURE",
                        .description = "is the label of several measures",
                        .remedy = "Give the id of the one that is meant."});
  } else if (found.measure == nullptr) {
    problems.push_back(UnknownMeasure(field, id_or_label, measures));
  }
  return found.measure;
}

std::string FindArea(std::string_view field, const std::string& given,
                     const partners::AreaRegister& areas, Problems& problems) {
  if (given.empty()) {
    problems.push_back(commands::MissingField(field));
    return {};
  }
  const auto found = areas.Resolve(given);
  if (found.area == nullptr) {
    problems.push_back(partners::UnknownArea(field, given, areas));
    return {};
  }
  return found.area->area_id();
}

void CheckNumber(std::string_view field, const types::v1::Quantity& quantity,
                 const MeasureRegister::Measure* measure, bool is_mean, Problems& problems) {
  const bool is_count = measure != nullptr && measure->defined.is_count();
  const bool is_part = measure != nullptr && measure->defined.parts_of_whole() &&
                       measure->defined.unit() == "percent";
  const std::size_t before = problems.size();
  values::CheckQuantity(field, quantity,
                        {.may_be_negative = !is_count && !is_part, .parts_of_whole = is_part},
                        problems);
  if (problems.size() > before || !is_count || is_mean) return;
  const auto check_whole = [&](std::string_view member, const std::string& text) {
    const auto number = values::Decimal::Parse(text);
    if (number.has_value() && !number->IsWhole()) {
      problems.push_back(commands::InvalidField(values::FieldPath(field, member),
                                                "is not whole although the measure counts things",
                                                "Give the count, or basis monthly mean."));
    }
  };
  check_whole("value", quantity.value());
  check_whole("upper", quantity.upper());
}

void CheckPercent(std::string_view field, const types::v1::PrintedPercent& percent,
                  const MeasureRegister::Measure* measure, Problems& problems) {
  const bool is_part = measure != nullptr && measure->defined.parts_of_whole();
  values::CheckPrintedPercent(field, percent,
                              {.may_be_negative = !is_part, .parts_of_whole = is_part}, problems);
}

}  // namespace daybook::measures
