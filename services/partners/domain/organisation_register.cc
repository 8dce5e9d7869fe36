#include "services/partners/domain/organisation_register.h"

#include <set>

#include "proto/values/names.h"

namespace daybook::partners {

namespace ev = events::v1;

void OrganisationRegister::Evolve(const google::protobuf::Message& event) {
  const auto* type = event.GetDescriptor();
  if (type == ev::OrganisationRegistered::descriptor()) {
    const auto& e = static_cast<const ev::OrganisationRegistered&>(event);
    organisations_[e.organisation_id()].registered = e;
    AddSpelling(e.name(), e.organisation_id());
    AddSpelling(e.organisation_id(), e.organisation_id());
    for (const std::string& alias : e.aliases()) AddSpelling(alias, e.organisation_id());
  } else if (type == ev::OrganisationAliasAdded::descriptor()) {
    const auto& e = static_cast<const ev::OrganisationAliasAdded&>(event);
    if (const auto it = organisations_.find(e.organisation_id()); it != organisations_.end()) {
      it->second.added_aliases.push_back(e.alias());
      AddSpelling(e.alias(), e.organisation_id());
    }
  } else if (type == ev::OrganisationSucceeded::descriptor()) {
    successions_.push_back(static_cast<const ev::OrganisationSucceeded&>(event));
  }
}

const OrganisationRegister::Organisation* OrganisationRegister::Find(
    std::string_view organisation_id) const {
  const auto it = organisations_.find(organisation_id);
  return it == organisations_.end() ? nullptr : &it->second;
}

const OrganisationRegister::Organisation* OrganisationRegister::Resolve(
    std::string_view id_or_name) const {
  if (const Organisation* found = Find(id_or_name); found != nullptr) return found;
  const auto it = spellings_.find(values::NormaliseName(id_or_name));
  return it == spellings_.end() ? nullptr : Find(it->second.organisation_id);
}

std::optional<OrganisationRegister::NearMatch> OrganisationRegister::Nearest(
    std::string_view name) const {
  const std::string wanted = values::NormaliseName(name);
  const Spelling* nearest = nullptr;
  double best = -1.0;
  for (const auto& [normalised, spelling] : spellings_) {
    const double similarity = values::Similarity(wanted, normalised);
    if (similarity > best) {
      best = similarity;
      nearest = &spelling;
    }
  }
  if (nearest == nullptr) return std::nullopt;
  return NearMatch{nearest->printed, nearest->organisation_id};
}

bool OrganisationRegister::LeadsTo(std::string_view organisation_id,
                                   std::string_view successor_id) const {
  std::set<std::string, std::less<>> reached = {std::string(organisation_id)};
  for (bool grew = true; grew;) {
    grew = false;
    for (const auto& succession : successions_) {
      for (const std::string& from : succession.from_organisation_ids()) {
        if (reached.contains(from)) grew |= reached.insert(succession.to_organisation_id()).second;
      }
    }
  }
  reached.erase(reached.find(organisation_id));
  return reached.contains(successor_id);
}

void OrganisationRegister::AddSpelling(const std::string& printed,
                                       const std::string& organisation_id) {
  // The first one stays: an id that reads like the name must not take the place of the name.
  spellings_.try_emplace(values::NormaliseName(printed), Spelling{printed, organisation_id});
}

}  // namespace daybook::partners
