#include "services/partners/domain/area_register.h"

#include <algorithm>

#include "proto/values/names.h"

namespace daybook::partners {

namespace {

// Official codes have capital letters; people write e07000071 as well.
std::string Code(std::string_view code) {
  std::string capitals(code);
  std::ranges::transform(capitals, capitals.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return capitals;
}

}  // namespace

void AreaRegister::Evolve(const google::protobuf::Message& event) {
  if (event.GetDescriptor() != Area::descriptor()) return;
  const auto& area = static_cast<const Area&>(event);
  if (!areas_.try_emplace(area.area_id(), area).second) return;
  ids_by_name_[values::NormaliseName(area.name())].push_back(area.area_id());
  if (!area.code().empty()) ids_by_code_[Code(area.code())].push_back(area.area_id());
}

const AreaRegister::Area* AreaRegister::Find(std::string_view area_id) const {
  const auto it = areas_.find(area_id);
  return it == areas_.end() ? nullptr : &it->second;
}

AreaRegister::Resolution AreaRegister::Resolve(std::string_view id_code_or_name,
                                               std::string_view preferred_kind) const {
  if (const Area* found = Find(id_code_or_name); found != nullptr) return {found, false};
  const std::vector<std::string>* ids = nullptr;
  if (const auto code = ids_by_code_.find(Code(id_code_or_name)); code != ids_by_code_.end()) {
    ids = &code->second;
  } else if (const auto name = ids_by_name_.find(values::NormaliseName(id_code_or_name));
             name != ids_by_name_.end()) {
    ids = &name->second;
  }
  return ids == nullptr ? Resolution{} : Choose(*ids, preferred_kind);
}

AreaRegister::Resolution AreaRegister::Choose(const std::vector<std::string>& ids,
                                              std::string_view preferred_kind) const {
  const auto preferred = [&](const Area& area) { return area.kind() == preferred_kind; };
  const bool narrow =
      std::any_of(ids.begin(), ids.end(), [&](const auto& id) { return preferred(*Find(id)); });
  const Area* chosen = nullptr;
  for (const std::string& id : ids) {
    const Area* area = Find(id);
    if (narrow && !preferred(*area)) continue;
    if (chosen != nullptr && chosen->kind() != area->kind()) return {nullptr, true};
    if (chosen == nullptr || area->boundary_vintage() > chosen->boundary_vintage()) chosen = area;
  }
  return {chosen, false};
}

const AreaRegister::Area* AreaRegister::FindNamed(std::string_view kind, std::string_view name,
                                                  std::uint32_t boundary_vintage) const {
  const auto ids = ids_by_name_.find(values::NormaliseName(name));
  if (ids == ids_by_name_.end()) return nullptr;
  for (const std::string& id : ids->second) {
    const Area* area = Find(id);
    if (area->kind() == kind && area->boundary_vintage() == boundary_vintage) return area;
  }
  return nullptr;
}

std::vector<const AreaRegister::Area*> AreaRegister::FindCoded(std::string_view code) const {
  std::vector<const Area*> found;
  if (const auto ids = ids_by_code_.find(Code(code)); ids != ids_by_code_.end()) {
    for (const std::string& id : ids->second) found.push_back(Find(id));
  }
  return found;
}

bool AreaRegister::IsWithin(std::string_view area_id, std::string_view container_id) const {
  const Area* area = Find(area_id);
  if (area == nullptr) return false;
  if (area_id == container_id) return true;
  // Parents are registered before their children, so that there is no cycle.
  return std::any_of(
      area->parent_ids().begin(), area->parent_ids().end(),
      [&](const std::string& parent_id) { return IsWithin(parent_id, container_id); });
}

std::optional<AreaRegister::NearMatch> AreaRegister::Nearest(std::string_view name,
                                                             std::string_view kind) const {
  const std::string wanted = values::NormaliseName(name);
  const Area* nearest = nullptr;
  double best = -1.0;
  for (const auto& [id, area] : areas_) {
    if (!kind.empty() && area.kind() != kind) continue;
    const double similarity =
        std::max(values::Similarity(wanted, values::NormaliseName(area.name())),
                 values::Similarity(wanted, id));
    if (similarity > best) {
      best = similarity;
      nearest = &area;
    }
  }
  if (nearest == nullptr) return std::nullopt;
  return NearMatch{nearest->name(), nearest->area_id()};
}

std::optional<AreaRegister::NearMatch> AreaRegister::MisspeltOf(std::string_view name,
                                                                std::string_view kind) const {
  constexpr double kLike = 0.85;  // one letter of seven, two of fourteen
  const auto nearest = Nearest(name, kind);
  if (!nearest) return std::nullopt;
  const std::string wanted = values::NormaliseName(name);
  const double like = values::Similarity(wanted, values::NormaliseName(nearest->name));
  return like >= kLike ? nearest : std::nullopt;
}

}  // namespace daybook::partners
