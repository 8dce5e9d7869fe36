#include "services/incidents/domain/incident_district.h"

#include <algorithm>
#include <array>
#include <utility>

#include "proto/values/names.h"
#include "services/partners/domain/refusals.h"

namespace daybook::incidents {
namespace {

constexpr std::string_view kDistrict = "district";

// Normalised, as everything below.
constexpr std::array<std::string_view, 12> kNoPlaceWords = {"",
                                                            "unknown",
                                                            "not known",
                                                            "not recorded",
                                                            "not stated",
                                                            "not specified",
                                                            "no location",
                                                            "no fixed location",
                                                            "n a",
                                                            "na",
                                                            "none",
                                                            "null"};
constexpr std::array<std::string_view, 6> kOutOfAreaWords = {
    "out of area", "out of force", "out of county", "outside area", "outside force", "elsewhere"};

}  // namespace

std::optional<std::string> DistrictReader::Read(std::string_view district, bool from_publisher,
                                                values::Problems& problems) {
  if (district.empty()) return std::string();
  if (const auto known = known_.find(district); known != known_.end()) return known->second;
  const auto remember = [&](std::string_view name) {
    return known_.emplace(std::string(district), std::string(name)).first->second;
  };
  const partners::AreaRegister::Resolution found = areas_.Resolve(district, kDistrict);
  if (found.area != nullptr && found.area->kind() == kDistrict) {
    return remember(found.area->name());
  }
  const std::string name = values::NormaliseName(district);
  if (std::ranges::find(kNoPlaceWords, name) != kNoPlaceWords.end()) return remember("");
  if (std::ranges::find(kOutOfAreaWords, name) != kOutOfAreaWords.end())
    return remember(kOutOfArea);
  // Not remembered: the next row of this name may have no publisher's code.
  if (from_publisher || !areas_.Nearest(district, kDistrict)) return std::string(district);
  values::Problem unknown = partners::UnknownArea("district", district, areas_, kDistrict);
  unknown.remedy =
      "Correct it to the name of a registered district (`daybook list areas`). A place outside all "
      "of them is written \"out of area\"; no known place is left empty.";
  problems.push_back(std::move(unknown));
  return std::nullopt;
}

}  // namespace daybook::incidents
