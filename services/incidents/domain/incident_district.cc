#include "services/incidents/domain/incident_district.h"

#include <utility>

#include "fmt/format.h"
#include "proto/values/names.h"
#include "services/partners/domain/place_words.h"
#include "services/partners/domain/refusals.h"

namespace daybook::incidents {
namespace {

constexpr std::string_view kDistrict = "district";

values::Problem UnknownDistrict(std::string_view district, const partners::AreaRegister& areas) {
  values::Problem unknown = partners::UnknownArea("district", district, areas, kDistrict);
  const partners::AreaRegister::Area* other = areas.Resolve(district, kDistrict).area;
  if (other != nullptr) {
    unknown.description =
        fmt::format("\"{}\" is registered as a {}, and the column holds districts", other->name(),
                    other->kind());
  } else if (const auto nearest = areas.Nearest(district)) {
    other = areas.Find(nearest->area_id);
    if (other->kind() == "county" || other->kind() == "force") {
      unknown.description =
          fmt::format("the nearest registered name is \"{}\", a {}, and the column holds districts",
                      other->name(), other->kind());
    }
  }
  unknown.remedy =
      "Correct it to the name of a registered district (`daybook list areas`). A place outside all "
      "of them is written \"out of area\"; no known place is left empty.";
  return unknown;
}

}  // namespace

std::optional<std::string> DistrictReader::Read(std::string_view district, bool from_publisher,
                                                values::Problems& problems,
                                                values::Problems& asks) {
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
  if (partners::SaysNoPlace(name)) return remember("");
  if (partners::SaysOutOfArea(name)) return remember(kOutOfArea);
  // Not remembered: the next row of this name may have no publisher's code.
  if (from_publisher) {
    if (const values::Problem* ask = Misspelt(district); ask != nullptr) asks.push_back(*ask);
    return std::string(district);
  }
  if (!areas_.Nearest(district, kDistrict)) return std::string(district);
  problems.push_back(UnknownDistrict(district, areas_));
  return std::nullopt;
}

const values::Problem* DistrictReader::Misspelt(std::string_view district) {
  auto known = misspelt_.find(district);
  if (known == misspelt_.end()) {
    std::optional<values::Problem> ask;
    if (areas_.MisspeltOf(district, kDistrict)) {
      ask = UnknownDistrict(district, areas_);
      ask->remedy =
          "If it is a misspelling, correct it and send the file again; a district elsewhere is "
          "counted as out of area.";
    }
    known = misspelt_.emplace(std::string(district), std::move(ask)).first;
  }
  return known->second ? &*known->second : nullptr;
}

}  // namespace daybook::incidents
