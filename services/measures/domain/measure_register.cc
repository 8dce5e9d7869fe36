#include "services/measures/domain/measure_register.h"

#include <algorithm>

#include "proto/values/names.h"

namespace daybook::measures {

namespace ev = events::v1;

void MeasureRegister::Evolve(const google::protobuf::Message& event) {
  if (event.GetDescriptor() == ev::MeasureDefined::descriptor()) {
    const auto& e = static_cast<const ev::MeasureDefined&>(event);
    Measure& measure = measures_[e.measure_id()];
    if (e.version() > 1) {
      ids_by_name_[values::NormaliseName(measure.defined.label())].erase(e.measure_id());
      measure.earlier.push_back(measure.defined);
    }
    measure.defined = e;
    if (!e.service_id().empty()) services_.insert(e.service_id());
    for (const std::string& name : {e.measure_id(), e.label()}) {
      ids_by_name_[values::NormaliseName(name)].insert(e.measure_id());
    }
  } else if (event.GetDescriptor() == ev::DimensionDefined::descriptor()) {
    const auto& e = static_cast<const ev::DimensionDefined&>(event);
    dimensions_[e.dimension_id()] = e;
  } else if (event.GetDescriptor() == ev::SeriesBreakDeclared::descriptor()) {
    const auto& e = static_cast<const ev::SeriesBreakDeclared&>(event);
    if (const auto it = measures_.find(e.measure_id()); it != measures_.end()) {
      it->second.breaks.push_back(e);
    }
  } else if (event.GetDescriptor() == ev::HarmWeightSet::descriptor()) {
    const auto& e = static_cast<const ev::HarmWeightSet&>(event);
    weights_[WeightKey(e.index_id(), e.measure_id(), e.from_date())] = e;
  }
}

const ev::HarmWeightSet* MeasureRegister::FindWeight(const std::string& index_id,
                                                     const std::string& measure_id,
                                                     const std::string& from_date) const {
  const auto it = weights_.find(WeightKey(index_id, measure_id, from_date));
  return it == weights_.end() ? nullptr : &it->second;
}

const MeasureRegister::Measure* MeasureRegister::Find(std::string_view measure_id) const {
  const auto it = measures_.find(measure_id);
  return it == measures_.end() ? nullptr : &it->second;
}

MeasureRegister::Resolution MeasureRegister::Resolve(std::string_view id_or_label) const {
  if (const Measure* measure = Find(id_or_label)) return {measure, false};
  const auto named = ids_by_name_.find(values::NormaliseName(id_or_label));
  if (named == ids_by_name_.end() || named->first.empty() || named->second.empty()) return {};
  if (named->second.size() > 1) return {nullptr, true};
  return {Find(*named->second.begin()), false};
}

std::uint32_t MeasureRegister::Measure::VersionAt(std::string_view end_date) const {
  if (defined.from_date() <= end_date) return defined.version();
  const auto begun = std::find_if(earlier.rbegin(), earlier.rend(), [&](const auto& version) {
    return version.from_date() <= end_date;
  });
  return begun == earlier.rend() ? defined.version() : begun->version();
}

const ev::DimensionDefined* MeasureRegister::FindDimension(std::string_view dimension_id) const {
  const auto it = dimensions_.find(dimension_id);
  return it == dimensions_.end() ? nullptr : &it->second;
}

const ev::DimensionDefined::Category* MeasureRegister::FindCategory(
    const ev::DimensionDefined& dimension, std::string_view id_or_label) {
  const auto& categories = dimension.categories();
  const auto found = std::find_if(categories.begin(), categories.end(), [&](const auto& category) {
    return category.category_id() == id_or_label;
  });
  if (found != categories.end()) return &*found;
  const std::string name = values::NormaliseName(id_or_label);
  const ev::DimensionDefined::Category* named = nullptr;
  for (const auto& category : categories) {
    const bool is_it = !name.empty() && (values::NormaliseName(category.category_id()) == name ||
                                         values::NormaliseName(category.label()) == name);
    if (!is_it) continue;
    if (named != nullptr) return nullptr;
    named = &category;
  }
  return named;
}

std::optional<MeasureRegister::NearMatch> MeasureRegister::Nearest(
    std::string_view id_or_label) const {
  const std::string wanted = values::NormaliseName(id_or_label);
  const Measure* nearest = nullptr;
  double best = -1.0;
  for (const auto& [id, measure] : measures_) {
    const double similarity =
        std::max(values::Similarity(wanted, values::NormaliseName(id)),
                 values::Similarity(wanted, values::NormaliseName(measure.defined.label())));
    if (similarity > best) {
      best = similarity;
      nearest = &measure;
    }
  }
  if (nearest == nullptr) return std::nullopt;
  return NearMatch{nearest->defined.label(), nearest->id()};
}

}  // namespace daybook::measures
