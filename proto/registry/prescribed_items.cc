#include "proto/registry/prescribed_items.h"

#include <algorithm>
#include <array>
#include <map>
#include <vector>

#include "proto/registry/offences.h"
#include "proto/registry/wordings.h"
#include "proto/values/civil.h"

namespace daybook::registry {
namespace {

constexpr std::string_view kPolice = "prescribed-police";
constexpr std::string_view kFire = "prescribed-fire";
constexpr std::string_view kHospital = "prescribed-hospital";
constexpr std::string_view kAmbulance = "prescribed-ambulance";
constexpr std::string_view kAsb = "prescribed-asb";

constexpr std::array<PrescribedDataset, 5> kDatasets = {{
    {.name = kPolice, .column = "police_category", .holder = "police"},
    {.name = kFire, .column = "fire_category", .holder = "fire and rescue"},
    {.name = kHospital,
     .column = "hospital_category",
     .holder = "health",
     .place = PrescribedPlace::kOutwardPostcode},
    {.name = kAmbulance,
     .column = "ambulance_category",
     .holder = "health",
     .place = PrescribedPlace::kOutwardPostcode},
    {.name = kAsb, .column = "asb_category", .holder = "local authority"},
}};

// Items beside the crimes of the police, which are the Home Office's sub-groups of offences.
constexpr std::array<PrescribedItem, 19> kOtherItems = {{
    {"police-asb-incident", "Anti-social behaviour incident", kPolice, true},
    {"transport-incident", "Transport incident", kPolice, true},
    {"public-safety-incident", "Public safety incident", kPolice, true},
    {"deliberate-primary-fire", "Deliberate primary fire", kFire, true},
    {"deliberate-vehicle-fire", "Deliberate fire of a vehicle", kFire, true},
    {"deliberate-secondary-fire", "Deliberate secondary fire", kFire, true},
    {"violence-against-fire-staff", "Violence against fire and rescue staff", kFire, true},
    {"dwelling-fire-without-alarm", "Fire in a dwelling without a smoke alarm", kFire, true},
    {"admission-assault", "Hospital admission for assault", kHospital, true},
    {"admission-drugs", "Hospital admission for drugs", kHospital, true},
    {"admission-alcohol", "Hospital admission for alcohol", kHospital, true},
    {"ambulance-assault", "Ambulance call-out: assault", kAmbulance, false},
    {"ambulance-drugs", "Ambulance call-out: drugs", kAmbulance, false},
    {"ambulance-alcohol", "Ambulance call-out: alcohol", kAmbulance, false},
    {"ambulance-other", "Ambulance call-out: other crime or disorder", kAmbulance, false},
    {"asb-personal", "Anti-social behaviour: personal", kAsb, false},
    {"asb-nuisance", "Anti-social behaviour: nuisance", kAsb, false},
    {"asb-environmental", "Anti-social behaviour: environmental", kAsb, false},
    {"asb-other", "Anti-social behaviour: other", kAsb, false},
}};

const std::vector<PrescribedItem>& Items() {
  static const auto& items = *[] {
    auto* all = new std::vector<PrescribedItem>();
    for (const OffenceSubGroup& group : OffenceSubGroups()) {
      all->push_back({group.code, group.name, kPolice, true});
    }
    all->insert(all->end(), kOtherItems.begin(), kOtherItems.end());
    return all;
  }();
  return items;
}

using DatasetWordings = std::map<std::string_view, Wordings<PrescribedItem>>;

// What the police's lists call their incidents, and short words where the dataset says the rest.
constexpr std::array<std::array<std::string_view, 3>, 14> kOtherWordings = {{
    {kPolice, "Anti-social behaviour", "police-asb-incident"},
    {kPolice, "ASB", "police-asb-incident"},
    {kPolice, "Transport", "transport-incident"},
    {kPolice, "Public safety and welfare", "public-safety-incident"},
    {kPolice, "Public safety", "public-safety-incident"},
    {kHospital, "Assault", "admission-assault"},
    {kHospital, "Drugs", "admission-drugs"},
    {kHospital, "Alcohol", "admission-alcohol"},
    {kAmbulance, "Assault", "ambulance-assault"},
    {kAmbulance, "Drugs", "ambulance-drugs"},
    {kAmbulance, "Alcohol", "ambulance-alcohol"},
    {kAsb, "Personal", "asb-personal"},
    {kAsb, "Nuisance", "asb-nuisance"},
    {kAsb, "Environmental", "asb-environmental"},
}};

const Wordings<PrescribedItem>* WordingsOf(std::string_view dataset) {
  static const auto& wordings = *[] {
    auto* all = new DatasetWordings();
    for (const PrescribedDataset& one : kDatasets) {
      const auto first = std::ranges::find(Items(), one.name, &PrescribedItem::dataset);
      const auto last = std::find_if(first, Items().end(), [&](const PrescribedItem& item) {
        return item.dataset != one.name;
      });
      all->emplace(one.name, Wordings<PrescribedItem>(std::span(first, last)));
    }
    for (const auto& [dataset_name, wording, code] : kOtherWordings) {
      all->find(dataset_name)->second.AddWording(wording, code);
    }
    return all;
  }();
  const auto it = wordings.find(dataset);
  return it == wordings.end() ? nullptr : &it->second;
}

}  // namespace

std::span<const PrescribedDataset> PrescribedDatasets() { return kDatasets; }

const PrescribedDataset* FindPrescribedDataset(std::string_view name) {
  const auto it = std::ranges::find(kDatasets, name, &PrescribedDataset::name);
  return it == kDatasets.end() ? nullptr : &*it;
}

std::span<const PrescribedItem> PrescribedItems() { return Items(); }

const PrescribedItem* PrescribedItemOf(std::string_view code) {
  const auto it = std::ranges::find(Items(), code, &PrescribedItem::code);
  return it == Items().end() ? nullptr : &*it;
}

const PrescribedItem* FindPrescribedItem(std::string_view dataset, std::string_view wording) {
  const Wordings<PrescribedItem>* wordings = WordingsOf(dataset);
  if (wordings == nullptr) return nullptr;
  if (const PrescribedItem* item = wordings->Find(wording)) return item;
  // Crimes have the wordings of their sub-groups.
  const OffenceSubGroup* group = dataset == kPolice ? FindOffenceSubGroup(wording) : nullptr;
  return group == nullptr ? nullptr : PrescribedItemOf(group->code);
}

std::string NearestPrescribedItem(std::string_view dataset, std::string_view wording) {
  const Wordings<PrescribedItem>* wordings = WordingsOf(dataset);
  return wordings == nullptr ? std::string() : wordings->Nearest(wording);
}

PrescribedPeriod PrescribedPeriodOf(values::CivilDay day) {
  constexpr int kMonths = 3;
  const values::Date date = values::DateOf(day);
  const auto first = values::FirstOf(date.year, (date.month - 1) / kMonths * kMonths + 1);
  const auto next = values::AddMonths(first, kMonths);
  return {first, values::AddDays(next, -1), values::AddDays(values::AddMonths(next, kMonths), -1)};
}

}  // namespace daybook::registry
