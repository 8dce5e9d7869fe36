#include "projections/reports/names.h"

#include <algorithm>
#include <cctype>
#include <set>

#include "projections/views/row_key.h"
#include "proto/registry/crime_types.h"

namespace daybook::reports {
namespace {

using views::RegisterView;
using views::RowKey;
using views::v1::AreaRow;

constexpr std::string_view kForceAreaSuffix = "-area";

std::string Folded(std::string_view text) {
  std::string folded(text);
  std::transform(folded.begin(), folded.end(), folded.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return folded;
}

bool IsNamed(const views::v1::OrganisationRow& organisation, std::string_view name) {
  const std::string wanted = Folded(name);
  if (Folded(organisation.name()) == wanted) return true;
  return std::any_of(organisation.aliases().begin(), organisation.aliases().end(),
                     [&](const std::string& alias) { return Folded(alias) == wanted; });
}

bool IsWithin(const RegisterView& names, const AreaRow& area, std::string_view container,
              std::set<std::string>& seen) {
  if (area.area_id() == container) return true;
  for (const std::string& parent_id : area.parent_ids()) {
    if (parent_id == container) return true;
    // Areas that contain each other are nobody's intention, but must not hang a report.
    if (!seen.insert(parent_id).second) continue;
    const AreaRow* parent = FindArea(names, parent_id);
    if (parent != nullptr && IsWithin(names, *parent, container, seen)) return true;
  }
  return false;
}

}  // namespace

std::string OrganisationName(const RegisterView& names, std::string_view organisation_id) {
  const auto* row = names.organisations().Find(RowKey({organisation_id}));
  return row == nullptr || row->name().empty() ? std::string(organisation_id) : row->name();
}

const views::v1::OrganisationRow* FindOrganisation(const RegisterView& names,
                                                   const std::string& given) {
  if (const auto* row = names.organisations().Find(RowKey({given}))) return row;
  for (const auto& [key, row] : names.organisations().rows()) {
    if (IsNamed(row, given)) return &row;
  }
  return nullptr;
}

std::string AreaName(const RegisterView& names, std::string_view area_id) {
  const AreaRow* row = FindArea(names, area_id);
  return row == nullptr || row->name().empty() ? std::string(area_id) : row->name();
}

std::string MeasureLabel(const RegisterView& names, std::string_view measure_id) {
  const auto* row = FindMeasure(names, measure_id);
  return row == nullptr || row->definition().label().empty() ? std::string(measure_id)
                                                             : row->definition().label();
}

const AreaRow* FindArea(const RegisterView& names, std::string_view area_id) {
  return names.areas().Find(RowKey({area_id}));
}

const views::v1::MeasureRow* FindMeasure(const RegisterView& names, std::string_view measure_id) {
  return names.measures().Find(RowKey({measure_id}));
}

std::string AreaIdOf(const RegisterView& names, std::string_view id_or_name) {
  if (FindArea(names, id_or_name) == nullptr) {
    const std::string wanted = Folded(id_or_name);
    for (const auto& [key, area] : names.areas().rows()) {
      if (Folded(area.name()) == wanted) return area.area_id();
    }
  }
  return std::string(id_or_name);
}

std::string TypeLabel(const RegisterView& names, std::string_view incident_type) {
  for (const auto& [key, row] : names.measures().rows()) {
    if (row.definition().incident_type() == incident_type) return row.definition().label();
  }
  if (const auto* type = registry::CrimeTypeOf(incident_type)) return std::string(type->name);
  std::string label(incident_type);
  std::replace(label.begin(), label.end(), '-', ' ');
  if (!label.empty())
    label[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(label[0])));
  return label;
}

std::vector<std::string> DistrictsOf(const RegisterView& names, std::string_view area_id) {
  std::vector<std::string> districts;
  for (const auto& [key, area] : names.areas().rows()) {
    std::set<std::string> seen;
    if (area.kind() == "district" && IsWithin(names, area, area_id, seen)) {
      districts.push_back(area.name());
    }
  }
  std::sort(districts.begin(), districts.end());
  districts.erase(std::unique(districts.begin(), districts.end()), districts.end());
  return districts;
}

std::optional<std::string> ForceOfArea(const RegisterView& names, const AreaRow& area) {
  if (area.kind() != "force") return std::nullopt;
  std::string_view id = area.area_id();
  if (names.organisations().Find(RowKey({id})) != nullptr) return std::string(id);
  if (id.ends_with(kForceAreaSuffix)) {
    id.remove_suffix(kForceAreaSuffix.size());
    if (names.organisations().Find(RowKey({id})) != nullptr) return std::string(id);
  }
  for (const auto& [key, organisation] : names.organisations().rows()) {
    if (IsNamed(organisation, area.name())) return organisation.organisation_id();
  }
  if (names.organisations().Find(RowKey({area.code()})) != nullptr) return area.code();
  return std::nullopt;
}

const AreaRow* AreaOfForce(const RegisterView& names, std::string_view organisation_id) {
  for (const auto& [key, area] : names.areas().rows()) {
    if (ForceOfArea(names, area) == organisation_id) return &area;
  }
  return nullptr;
}

}  // namespace daybook::reports
