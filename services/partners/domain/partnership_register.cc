#include "services/partners/domain/partnership_register.h"

#include "proto/values/names.h"

namespace daybook::partners {

namespace ev = events::v1;

void PartnershipRegister::Evolve(const google::protobuf::Message& event) {
  const auto* type = event.GetDescriptor();
  if (type == ev::PartnershipRegistered::descriptor()) {
    const auto& e = static_cast<const ev::PartnershipRegistered&>(event);
    partnerships_.try_emplace(e.partnership_id(), e);
    ids_by_name_.try_emplace(values::NormaliseName(e.name()), e.partnership_id());
  } else if (type == ev::MembershipGranted::descriptor()) {
    const auto& e = static_cast<const ev::MembershipGranted&>(event);
    members_[{e.partnership_id(), e.organisation_id()}].push_back({e, std::nullopt});
  } else if (type == ev::MembershipEnded::descriptor()) {
    const auto& e = static_cast<const ev::MembershipEnded&>(event);
    auto& spells = members_[{e.partnership_id(), e.organisation_id()}];
    if (!spells.empty()) spells.back().ended = e;
  }
}

const ev::PartnershipRegistered* PartnershipRegister::Find(std::string_view partnership_id) const {
  const auto it = partnerships_.find(partnership_id);
  return it == partnerships_.end() ? nullptr : &it->second;
}

const ev::PartnershipRegistered* PartnershipRegister::FindNamed(std::string_view name) const {
  const auto it = ids_by_name_.find(values::NormaliseName(name));
  return it == ids_by_name_.end() ? nullptr : Find(it->second);
}

const std::vector<PartnershipRegister::Spell>& PartnershipRegister::Spells(
    std::string_view partnership_id, std::string_view organisation_id) const {
  static const auto& none = *new std::vector<Spell>;
  const auto it = members_.find({std::string(partnership_id), std::string(organisation_id)});
  return it == members_.end() ? none : it->second;
}

}  // namespace daybook::partners
