#include "services/incidents/domain/register.h"

#include <array>
#include <functional>
#include <map>
#include <string>
#include <utility>

namespace daybook::incidents {
namespace {

constexpr std::array<RegisterEntry, 14> kCrimeTypes = {{
    {kAntiSocialBehaviour, "Anti-social behaviour"},
    {"bicycle-theft", "Bicycle theft"},
    {"burglary", "Burglary"},
    {"criminal-damage-arson", "Criminal damage and arson"},
    {"drugs", "Drugs"},
    {"other-crime", "Other crime"},
    {"other-theft", "Other theft"},
    {"possession-of-weapons", "Possession of weapons"},
    {"public-order", "Public order"},
    {"robbery", "Robbery"},
    {"shoplifting", "Shoplifting"},
    {"theft-from-the-person", "Theft from the person"},
    {"vehicle-crime", "Vehicle crime"},
    {"violent-crime", "Violence and sexual offences"},
}};

constexpr std::array<RegisterEntry, 28> kOutcomes = {{
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

using WordingMap = std::map<std::string, std::string_view, std::less<>>;

// Lower case, runs of white space as one space, none at the ends.
std::string Fold(std::string_view text) {
  std::string folded;
  folded.reserve(text.size());
  bool gap = false;
  for (const char c : text) {
    if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
      gap = !folded.empty();
      continue;
    }
    if (gap) folded.push_back(' ');
    gap = false;
    folded.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
  }
  return folded;
}

void AddWordings(std::string_view code, std::string_view wording, WordingMap& map) {
  map.emplace(std::string(wording), code);
  map.emplace(Fold(wording), code);
}

WordingMap MakeWordings(std::span<const RegisterEntry> entries) {
  WordingMap map;
  for (const RegisterEntry& entry : entries) {
    AddWordings(entry.code, entry.code, map);
    AddWordings(entry.code, entry.name, map);
  }
  return map;
}

// The wording as printed is found without a copy; any other case or spacing costs one.
std::optional<std::string_view> Find(const WordingMap& map, std::string_view wording) {
  auto it = map.find(wording);
  if (it == map.end()) it = map.find(Fold(wording));
  if (it == map.end()) return std::nullopt;
  return it->second;
}

}  // namespace

std::span<const RegisterEntry> CrimeTypes() { return kCrimeTypes; }

std::span<const RegisterEntry> Outcomes() { return kOutcomes; }

std::optional<std::string_view> CrimeTypeCode(std::string_view wording) {
  static const auto& map = *new WordingMap(MakeWordings(kCrimeTypes));
  return Find(map, wording);
}

std::optional<std::string_view> OutcomeCode(std::string_view wording) {
  static const auto& map = *[] {
    auto* wordings = new WordingMap(MakeWordings(kOutcomes));
    AddWordings("", "", *wordings);
    AddWordings("", "NA", *wordings);
    // The API's list of categories has an article that the street files leave out.
    AddWordings("penalty-notice-issued", "Offender given a penalty notice", *wordings);
    return wordings;
  }();
  return Find(map, wording);
}
}  // namespace daybook::incidents
