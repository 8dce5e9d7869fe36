// Registering areas.
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "fmt/format.h"
#include "proto/values/names.h"
#include "services/commands/door.h"
#include "services/partners/domain/partner_commands.h"
#include "services/partners/domain/refusals.h"

namespace daybook::partners {

using commands::Decision;
using commands::Outcome;
using commands::Problems;

namespace {

constexpr std::size_t kCodeBytesMax = 32;
constexpr std::uint32_t kVintageMin = 1900;
constexpr std::uint32_t kVintageMax = 2200;
constexpr int kParentsMax = 20;

Problems ShapeOf(const v1::RegisterAreaRequest& request) {
  Problems problems;
  commands::RequireSlug("area_id", request.area_id(), problems);
  commands::CheckText("code", request.code(), kCodeBytesMax, problems);
  commands::RequireText("name", request.name(), commands::kNameBytesMax, problems);
  if (!request.name().empty() && values::NormaliseName(request.name()).empty()) {
    problems.push_back(commands::InvalidField("name", "holds neither a letter nor a digit",
                                              "Give the name as files print it."));
  }
  commands::RequireOneOf("kind", request.kind(),
                         {"district", "county", "force", "partnership", "lsoa", "custom"},
                         problems);
  const std::uint32_t vintage = request.boundary_vintage();
  if (vintage != 0 && (vintage < kVintageMin || vintage > kVintageMax)) {
    problems.push_back(commands::InvalidField("boundary_vintage", "is not a year",
                                              "Give a year of four digits, or 0."));
  }
  if (request.parent_ids_size() > kParentsMax) {
    problems.push_back({.field = "parent_ids",
                        .reason = "TOO_LARGE",
                        .description = fmt::format("more than {} areas", kParentsMax),
                        .remedy = "Name only the areas that contain it directly."});
  }
  return problems;
}

bool SameSet(const auto& a, const auto& b) {
  return std::set<std::string>(a.begin(), a.end()) == std::set<std::string>(b.begin(), b.end());
}

bool SaysTheSame(const AreaRegister::Area& stands, const AreaRegister::Area& given) {
  return stands.code() == given.code() && stands.name() == given.name() &&
         stands.kind() == given.kind() && SameSet(stands.parent_ids(), given.parent_ids()) &&
         stands.boundary_vintage() == given.boundary_vintage();
}

// Within one boundary set a code means one area; within one kind and set a name does.
std::optional<commands::Rejection> CheckFree(const AreaRegister& areas,
                                             const AreaRegister::Area& given) {
  if (!given.code().empty()) {
    for (const auto* other : areas.FindCoded(given.code())) {
      if (other->boundary_vintage() == given.boundary_vintage()) {
        return commands::Refuse(
            absl::StatusCode::kAlreadyExists, "ALREADY_EXISTS", "code",
            fmt::format("another area ({}) of this boundary set has this code", other->area_id()),
            "Use that area, or correct the code.");
      }
    }
  }
  const auto* other = areas.FindNamed(given.kind(), given.name(), given.boundary_vintage());
  if (other != nullptr) {
    return commands::Refuse(
        absl::StatusCode::kAlreadyExists, "ALREADY_EXISTS", "name",
        fmt::format("another area ({}) of this kind has this name", other->area_id()),
        "Use that area, or a name that tells the two apart.");
  }
  return std::nullopt;
}

}  // namespace

Outcome Decide(const AreaRegister& areas, const v1::RegisterAreaRequest& request) {
  if (Problems problems = ShapeOf(request); !problems.empty()) {
    return commands::RejectFields(std::move(problems));
  }
  AreaRegister::Area area;
  area.set_area_id(request.area_id());
  area.set_code(request.code());
  area.set_name(request.name());
  area.set_kind(request.kind());
  area.set_boundary_vintage(request.boundary_vintage());
  for (int i = 0; i < request.parent_ids_size(); ++i) {
    const auto parent = areas.Resolve(request.parent_ids(i));
    if (parent.area == nullptr) {
      return RejectArea(fmt::format("parent_ids[{}]", i), request.parent_ids(i), areas);
    }
    area.add_parent_ids(parent.area->area_id());
  }
  if (const auto* stands = areas.Find(request.area_id()); stands != nullptr) {
    if (SaysTheSame(*stands, area)) return Decision{};
    return commands::Refuse(absl::StatusCode::kAlreadyExists, "ALREADY_EXISTS", "area_id",
                            "an area with this id is registered with other content",
                            "Choose another id, or send the content that stands.");
  }
  if (auto taken = CheckFree(areas, area)) return *std::move(taken);
  Decision decision;
  decision.events.push_back(commands::MakeDraft(std::string(AreaRegister::kStream), area, {}));
  return decision;
}

}  // namespace daybook::partners
