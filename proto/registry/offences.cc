#include "proto/registry/offences.h"

#include <array>

#include "proto/registry/wordings.h"

namespace daybook::registry {
namespace {

constexpr std::array<OffenceSubGroup, 23> kSubGroups = {{
    {"homicide", "Homicide", "violent-crime"},
    {"death-or-injury-by-driving", "Death or serious injury - unlawful driving", "violent-crime"},
    {"violence-with-injury", "Violence with injury", "violent-crime"},
    {"violence-without-injury", "Violence without injury", "violent-crime"},
    {"stalking-and-harassment", "Stalking and harassment", "violent-crime"},
    {"rape", "Rape", "violent-crime"},
    {"other-sexual-offences", "Other sexual offences", "violent-crime"},
    {"robbery-of-business-property", "Robbery of business property", "robbery"},
    {"robbery-of-personal-property", "Robbery of personal property", "robbery"},
    {"residential-burglary", "Residential burglary", "burglary"},
    {"business-and-community-burglary", "Non-residential burglary", "burglary"},
    {"vehicle-offences", "Vehicle offences", "vehicle-crime"},
    {"theft-from-the-person", "Theft from the person", "theft-from-the-person"},
    {"bicycle-theft", "Bicycle theft", "bicycle-theft"},
    {"shoplifting", "Shoplifting", "shoplifting"},
    {"other-theft-offences", "Other theft offences", "other-theft"},
    {"criminal-damage", "Criminal damage", "criminal-damage-arson"},
    {"arson", "Arson", "criminal-damage-arson"},
    {"trafficking-of-drugs", "Trafficking of drugs", "drugs"},
    {"possession-of-drugs", "Possession of drugs", "drugs"},
    {"possession-of-weapons-offences", "Possession of weapons offences", "possession-of-weapons"},
    {"public-order-offences", "Public order offences", "public-order"},
    {"miscellaneous-crimes", "Miscellaneous crimes against society", "other-crime"},
}};

constexpr std::array<IncidentFlag, 15> kFlags = {{
    {"alcohol", "Alcohol"},
    {"business-crime", "Business crime"},
    {"child-exploitation", "Child exploitation"},
    {"cyber", "Committed online"},
    {"domestic-abuse", "Domestic abuse"},
    {"drugs", "Drugs"},
    {"firearm", "Firearm"},
    {"gang", "Gang"},
    {"hate", "Hate crime"},
    {"honour-based-abuse", "Honour-based abuse"},
    {"knife", "Knife or sharp instrument"},
    {"mental-health", "Mental health"},
    {"modern-slavery", "Modern slavery"},
    {"repeat-victim", "Repeat victim"},
    {"vulnerable-person", "Vulnerable person"},
}};

constexpr std::array<Withdrawal, 3> kWithdrawals = {{
    {"cancelled", "Cancelled"},
    {"transferred", "Transferred"},
    {"reclassified", "Reclassified"},
}};

const Wordings<OffenceSubGroup>& SubGroupWordings() {
  static const auto& wordings = *[] {
    auto* all = new Wordings<OffenceSubGroup>(kSubGroups);
    all->AddWording("Death or serious injury caused by illegal driving",
                    "death-or-injury-by-driving");
    all->AddWording("Burglary - residential", "residential-burglary");
    all->AddWording("Domestic burglary", "residential-burglary");
    all->AddWording("Burglary - business and community", "business-and-community-burglary");
    all->AddWording("Burglary - non-residential", "business-and-community-burglary");
    all->AddWording("Business and community burglary", "business-and-community-burglary");
    all->AddWording("Non-domestic burglary", "business-and-community-burglary");
    all->AddWording("Miscellaneous crimes", "miscellaneous-crimes");
    return all;
  }();
  return wordings;
}

const Wordings<IncidentFlag>& FlagWordings() {
  static const auto& wordings = *[] {
    auto* all = new Wordings<IncidentFlag>(kFlags);
    constexpr std::array<std::array<std::string_view, 2>, 18> kOthers = {{
        {"DA", "domestic-abuse"},
        {"Domestic", "domestic-abuse"},
        {"Domestic violence", "domestic-abuse"},
        {"Domestic incident", "domestic-abuse"},
        {"Alcohol related", "alcohol"},
        {"Drug related", "drugs"},
        {"Drugs related", "drugs"},
        {"Knife crime", "knife"},
        {"Knife", "knife"},
        {"Bladed article", "knife"},
        {"Gun crime", "firearm"},
        {"Gang related", "gang"},
        {"Hate incident", "hate"},
        {"HBA", "honour-based-abuse"},
        {"CSE", "child-exploitation"},
        {"CCE", "child-exploitation"},
        {"Cyber crime", "cyber"},
        {"Vulnerable adult", "vulnerable-person"},
    }};
    for (const auto& [wording, code] : kOthers) all->AddWording(wording, code);
    return all;
  }();
  return wordings;
}

const Wordings<Withdrawal>& WithdrawalWordings() {
  static const auto& wordings = *[] {
    auto* all = new Wordings<Withdrawal>(kWithdrawals);
    all->AddWording("No crime", "cancelled");
    all->AddWording("No-crimed", "cancelled");
    all->AddWording("Cancelled crime", "cancelled");
    all->AddWording("Crime cancelled", "cancelled");
    all->AddWording("Transferred out", "transferred");
    all->AddWording("Transferred to another force", "transferred");
    all->AddWording("Reclassified crime", "reclassified");
    return all;
  }();
  return wordings;
}

}  // namespace

std::span<const OffenceSubGroup> OffenceSubGroups() { return kSubGroups; }
const OffenceSubGroup* FindOffenceSubGroup(std::string_view wording) {
  return SubGroupWordings().Find(wording);
}
std::string NearestOffenceSubGroup(std::string_view wording) {
  return SubGroupWordings().Nearest(wording);
}

std::span<const IncidentFlag> IncidentFlags() { return kFlags; }
const IncidentFlag* FindIncidentFlag(std::string_view wording) {
  return FlagWordings().Find(wording);
}
std::string NearestIncidentFlag(std::string_view wording) {
  return FlagWordings().Nearest(wording);
}

std::span<const Withdrawal> Withdrawals() { return kWithdrawals; }
const Withdrawal* FindWithdrawal(std::string_view wording) {
  return WithdrawalWordings().Find(wording);
}
std::string NearestWithdrawal(std::string_view wording) {
  return WithdrawalWordings().Nearest(wording);
}

}  // namespace daybook::registry
