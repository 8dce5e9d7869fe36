#include "proto/registry/crime_types.h"

#include <algorithm>
#include <array>
#include <string>

#include "proto/registry/wordings.h"
#include "proto/values/civil.h"

namespace daybook::registry {
namespace {

constexpr std::array<CrimeType, 16> kCrimeTypes = {{
    {.code = kAntiSocialBehaviour, .name = "Anti-social behaviour"},
    {.code = "bicycle-theft", .name = "Bicycle theft", .first_month = "2013-05"},
    {.code = "burglary", .name = "Burglary"},
    {.code = "criminal-damage-arson",
     .name = "Criminal damage and arson",
     .first_month = "2011-09"},
    {.code = "drugs", .name = "Drugs", .first_month = "2011-09"},
    {.code = "other-crime", .name = "Other crime", .redefined = "2011-09 2013-05"},
    {.code = "other-theft",
     .name = "Other theft",
     .first_month = "2011-09",
     .redefined = "2013-05"},
    {.code = "possession-of-weapons", .name = "Possession of weapons", .first_month = "2013-05"},
    {.code = "public-disorder-weapons",
     .name = "Public disorder and weapons",
     .first_month = "2011-09",
     .last_month = "2013-04",
     .successors = "Public order, Possession of weapons"},
    {.code = "public-order", .name = "Public order", .first_month = "2013-05"},
    {.code = "robbery", .name = "Robbery"},
    {.code = "shoplifting", .name = "Shoplifting", .first_month = "2011-09"},
    {.code = "theft-from-the-person", .name = "Theft from the person", .first_month = "2013-05"},
    {.code = "vehicle-crime", .name = "Vehicle crime"},
    {.code = "violent-crime", .name = "Violence and sexual offences", .first_month = "2013-05"},
    {.code = "violent-crime-to-2013",
     .name = "Violent crime",
     .last_month = "2013-04",
     .successors = "Violence and sexual offences"},
}};

constexpr std::array<Outcome, 28> kOutcomes = {{
    {"awaiting-court-result", "Awaiting court outcome"},
    {"court-result-unavailable", "Court result unavailable"},
    {"unable-to-proceed", "Court case unable to proceed"},
    {"local-resolution", "Local resolution"},
    {"no-further-action", "Investigation complete; no suspect identified"},
    {"deprived-of-property", "Offender deprived of property"},
    {"fined", "Offender fined"},
    {"absolute-discharge", "Offender given absolute discharge"},
    {"cautioned", "Offender given a caution"},
    {"drugs-possession-warning", "Offender given a drugs possession warning"},
    {"penalty-notice-issued", "Offender given penalty notice"},
    {"community-penalty", "Offender given community sentence"},
    {"conditional-discharge", "Offender given conditional discharge"},
    {"suspended-sentence", "Offender given suspended prison sentence"},
    {"imprisoned", "Offender sent to prison"},
    {"other-court-disposal", "Offender otherwise dealt with"},
    {"compensation", "Offender ordered to pay compensation"},
    {"sentenced-in-another-case", "Suspect charged as part of another case"},
    {"charged", "Suspect charged"},
    {"not-guilty", "Defendant found not guilty"},
    {"sent-to-crown-court", "Defendant sent to Crown Court"},
    {"unable-to-prosecute", "Unable to prosecute suspect"},
    {"formal-action-not-in-public-interest", "Formal action is not in the public interest"},
    {"action-taken-by-another-organisation", "Action to be taken by another organisation"},
    {"further-investigation-not-in-public-interest",
     "Further investigation is not in the public interest"},
    {"further-action-not-in-public-interest", "Further action is not in the public interest"},
    {"under-investigation", "Under investigation"},
    {"status-update-unavailable", "Status update unavailable"},
}};

const Wordings<CrimeType>& TypeWordings() {
  static const auto& wordings = *new Wordings<CrimeType>(kCrimeTypes);
  return wordings;
}

const Wordings<Outcome>& OutcomeWordings() {
  static const auto& wordings = *[] {
    auto* all = new Wordings<Outcome>(kOutcomes);
    // The API's list of categories has an article that the street files leave out.
    all->AddWording("Offender given a penalty notice", "penalty-notice-issued");
    return all;
  }();
  return wordings;
}

std::string MonthAfter(std::string_view month) {
  return values::FormatMonth(values::AddMonths(*values::ParseMonth(month), 1));
}

}  // namespace

std::span<const CrimeType> CrimeTypes() { return kCrimeTypes; }

std::span<const Outcome> Outcomes() { return kOutcomes; }

const CrimeType* FindCrimeType(std::string_view wording) { return TypeWordings().Find(wording); }

const CrimeType* FindCrimeType(std::string_view wording, std::string_view month) {
  const CrimeType* found = FindCrimeType(wording);
  if (found == nullptr || found->IsInUse(month)) return found;
  const std::string name = values::NormaliseName(wording);
  for (const CrimeType& type : kCrimeTypes) {
    const bool is_named =
        name == values::NormaliseName(type.name) || name == values::NormaliseName(type.code);
    if (is_named && type.IsInUse(month)) return &type;
  }
  return found;
}

std::string PredecessorsOf(const CrimeType& type) {
  std::string names;
  for (const CrimeType& before : kCrimeTypes) {
    if (before.successors.find(type.name) == std::string_view::npos) continue;
    names.append(names.empty() ? "" : ", ").append(before.name);
  }
  return names;
}

const CrimeType* CrimeTypeOf(std::string_view code) {
  const auto it = std::ranges::find(kCrimeTypes, code, &CrimeType::code);
  return it == kCrimeTypes.end() ? nullptr : &*it;
}

std::string NearestCrimeType(std::string_view wording) { return TypeWordings().Nearest(wording); }

bool ChangesBetween(std::string_view code, std::string_view from, std::string_view to) {
  constexpr std::size_t kMonthBytes = 7;
  const CrimeType* type = CrimeTypeOf(code);
  if (type == nullptr) return false;
  const auto lies_between = [&](std::string_view month) { return from < month && month <= to; };
  if (lies_between(type->first_month)) return true;
  if (!type->last_month.empty() && lies_between(MonthAfter(type->last_month))) return true;
  for (std::string_view rest = type->redefined; rest.size() >= kMonthBytes;) {
    if (lies_between(rest.substr(0, kMonthBytes))) return true;
    rest.remove_prefix(std::min(kMonthBytes + 1, rest.size()));
  }
  return false;
}

std::optional<std::string_view> OutcomeCode(std::string_view wording) {
  if (wording.empty() || wording == "NA") return "";
  const Outcome* outcome = OutcomeWordings().Find(wording);
  if (outcome == nullptr) return std::nullopt;
  return outcome->code;
}

std::string NearestOutcome(std::string_view wording) { return OutcomeWordings().Nearest(wording); }

}  // namespace daybook::registry
