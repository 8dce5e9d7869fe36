// Registering partnerships and who takes part in them.
#include <set>
#include <string>
#include <utility>

#include "fmt/format.h"
#include "proto/values/names.h"
#include "services/commands/door.h"
#include "services/partners/domain/partner_commands.h"
#include "services/partners/domain/refusals.h"

namespace daybook::partners {

namespace ev = events::v1;
using commands::Decision;
using commands::Outcome;
using commands::Problems;

namespace {

constexpr int kAreasMax = 100;

Decision PartnershipDecision(const google::protobuf::Message& event,
                             eventstore::Effective effective = {}) {
  Decision decision;
  decision.events.push_back(
      commands::MakeDraft(std::string(PartnershipRegister::kStream), event, effective));
  return decision;
}

Problems ShapeOf(const v1::RegisterPartnershipRequest& request) {
  Problems problems;
  commands::RequireSlug("partnership_id", request.partnership_id(), problems);
  commands::RequireText("name", request.name(), commands::kNameBytesMax, problems);
  if (!request.name().empty() && values::NormaliseName(request.name()).empty()) {
    problems.push_back(commands::InvalidField("name", "holds neither a letter nor a digit",
                                              "Give the name as files print it."));
  }
  if (request.area_ids_size() > kAreasMax) {
    problems.push_back({.field = "area_ids",
                        .reason = "TOO_LARGE",
                        .description = fmt::format("more than {} areas", kAreasMax),
                        .remedy = "Name an area that contains them."});
  }
  return problems;
}

}  // namespace

Outcome Decide(const PartnershipRegister& partnerships, const AreaRegister& areas,
               const v1::RegisterPartnershipRequest& request) {
  if (Problems problems = ShapeOf(request); !problems.empty()) {
    return commands::RejectFields(std::move(problems));
  }
  std::set<std::string> area_ids;
  for (int i = 0; i < request.area_ids_size(); ++i) {
    const auto found = areas.Resolve(request.area_ids(i));
    if (found.area == nullptr) {
      return RejectArea(fmt::format("area_ids[{}]", i), request.area_ids(i), areas);
    }
    area_ids.insert(found.area->area_id());
  }
  if (const auto* stands = partnerships.Find(request.partnership_id()); stands != nullptr) {
    const std::set<std::string> ids(stands->area_ids().begin(), stands->area_ids().end());
    if (stands->name() == request.name() && ids == area_ids) return Decision{};
    return commands::Refuse(absl::StatusCode::kAlreadyExists, "ALREADY_EXISTS", "partnership_id",
                            "a partnership with this id is registered with other content",
                            "Choose another id, or send the content that stands.");
  }
  if (const auto* other = partnerships.FindNamed(request.name()); other != nullptr) {
    return commands::Refuse(
        absl::StatusCode::kAlreadyExists, "ALREADY_EXISTS", "name",
        fmt::format("another partnership ({}) has this name", other->partnership_id()),
        "Use that partnership, or a name that tells the two apart.");
  }
  ev::PartnershipRegistered registered;
  registered.set_partnership_id(request.partnership_id());
  registered.set_name(request.name());
  *registered.mutable_area_ids() = {area_ids.begin(), area_ids.end()};
  return PartnershipDecision(registered);
}

Outcome Decide(const PartnershipRegister& partnerships, const OrganisationRegister& organisations,
               const v1::GrantMembershipRequest& request) {
  Problems problems;
  commands::RequireText("partnership_id", request.partnership_id(), commands::kNameBytesMax,
                        problems);
  commands::RequireText("organisation_id", request.organisation_id(), commands::kNameBytesMax,
                        problems);
  commands::RequireOneOf("role", request.role(), {"statutory", "non-statutory", "not-stated"},
                         problems);
  const auto from = commands::CheckDay("from_date", request.from_date(), problems);
  if (!problems.empty()) return commands::RejectFields(std::move(problems));

  if (!partnerships.Contains(request.partnership_id())) return RejectPartnership("partnership_id");
  const auto* member = organisations.Resolve(request.organisation_id());
  if (member == nullptr) {
    return RejectOrganisation("organisation_id", request.organisation_id(), organisations);
  }
  const auto& spells = partnerships.Spells(request.partnership_id(), member->id());
  for (const auto& spell : spells) {
    if (spell.granted.role() == request.role() &&
        spell.granted.from_date() == request.from_date()) {
      return Decision{};
    }
  }
  if (!spells.empty() && !spells.back().ended.has_value()) {
    return commands::Refuse(absl::StatusCode::kAlreadyExists, "ALREADY_EXISTS", "organisation_id",
                            "the organisation is a member already, with another role or first day",
                            "End the membership first, or send the content that stands.");
  }
  if (!spells.empty() && request.from_date() < spells.back().ended->date()) {
    return commands::Refuse(
        absl::StatusCode::kAlreadyExists, "ALREADY_EXISTS", "from_date",
        "the organisation was a member on that day already",
        "Give a first day that is not before the end of the earlier membership.");
  }
  ev::MembershipGranted granted;
  granted.set_partnership_id(request.partnership_id());
  granted.set_organisation_id(member->id());
  granted.set_role(request.role());
  granted.set_from_date(request.from_date());
  return PartnershipDecision(granted,
                             from.has_value() ? commands::OnDay(*from) : eventstore::Effective{});
}

Outcome Decide(const PartnershipRegister& partnerships, const OrganisationRegister& organisations,
               const v1::EndMembershipRequest& request) {
  Problems problems;
  commands::RequireText("partnership_id", request.partnership_id(), commands::kNameBytesMax,
                        problems);
  commands::RequireText("organisation_id", request.organisation_id(), commands::kNameBytesMax,
                        problems);
  const auto day = commands::RequireDay("date", request.date(), problems);
  if (!problems.empty()) return commands::RejectFields(std::move(problems));

  if (!partnerships.Contains(request.partnership_id())) return RejectPartnership("partnership_id");
  const auto* member = organisations.Resolve(request.organisation_id());
  const auto not_a_member = [] {
    return commands::Refuse(absl::StatusCode::kFailedPrecondition, "WRONG_STATE", "organisation_id",
                            "the organisation is not a member",
                            "Check the partnership and the organisation.");
  };
  if (member == nullptr) return not_a_member();
  const auto& spells = partnerships.Spells(request.partnership_id(), member->id());
  for (const auto& spell : spells) {
    if (spell.ended.has_value() && spell.ended->date() == request.date()) return Decision{};
  }
  if (spells.empty() || spells.back().ended.has_value()) return not_a_member();
  // ISO 8601 days sort as text.
  if (request.date() < spells.back().granted.from_date()) {
    return commands::Refuse(absl::StatusCode::kFailedPrecondition, "WRONG_STATE", "date",
                            "the membership began after that day",
                            "Give a day that is not before the first day of the membership.");
  }
  ev::MembershipEnded ended;
  ended.set_partnership_id(request.partnership_id());
  ended.set_organisation_id(member->id());
  ended.set_date(request.date());
  return PartnershipDecision(ended, commands::OnDay(*day));
}

}  // namespace daybook::partners
