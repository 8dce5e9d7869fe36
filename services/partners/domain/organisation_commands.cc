// Registering organisations, their spellings and what became of them.
#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "eventstore/core/event.h"
#include "fmt/format.h"
#include "proto/values/names.h"
#include "services/commands/door.h"
#include "services/partners/domain/partner_commands.h"
#include "services/partners/domain/refusals.h"

namespace daybook::partners {

namespace ev = events::v1;
using commands::Decision;
using commands::MakeDraft;
using commands::Outcome;
using commands::Problems;
using commands::Rejection;

namespace {

constexpr int kAliasesMax = 100;

Decision OrganisationDecision(const google::protobuf::Message& event,
                              eventstore::Effective effective = {}) {
  Decision decision;
  decision.events.push_back(
      MakeDraft(std::string(OrganisationRegister::kStream), event, effective));
  return decision;
}

// A name must hold something to compare it by.
void RequireName(std::string_view field, std::string_view value, Problems& problems) {
  commands::RequireText(field, value, commands::kNameBytesMax, problems);
  if (!value.empty() && values::NormaliseName(value).empty()) {
    problems.push_back(commands::InvalidField(field, "holds neither a letter nor a digit",
                                              "Give the name as files print it."));
  }
}

Problems ShapeOf(const v1::RegisterOrganisationRequest& request) {
  Problems problems;
  commands::RequireSlug("organisation_id", request.organisation_id(), problems);
  RequireName("name", request.name(), problems);
  commands::RequireOneOf("kind", request.kind(),
                         {"police", "council", "probation", "health", "fire", "voluntary",
                          "housing", "education", "partnership", "other"},
                         problems);
  if (request.aliases_size() > kAliasesMax) {
    problems.push_back({.field = "aliases",
                        .reason = "TOO_LARGE",
                        .description = fmt::format("more than {} aliases", kAliasesMax),
                        .remedy = "Add the others with AddOrganisationAlias."});
  }
  for (int i = 0; i < request.aliases_size(); ++i) {
    RequireName(fmt::format("aliases[{}]", i), request.aliases(i), problems);
  }
  return problems;
}

// The same registration again: what was registered, and no alias that is not known of it by now.
bool SaysTheSame(const OrganisationRegister::Organisation& stands,
                 const v1::RegisterOrganisationRequest& request) {
  const std::set<std::string> given(request.aliases().begin(), request.aliases().end());
  const std::set<std::string> first(stands.registered.aliases().begin(),
                                    stands.registered.aliases().end());
  std::set<std::string> known = first;
  known.insert(stands.added_aliases.begin(), stands.added_aliases.end());
  return stands.name() == request.name() && stands.registered.kind() == request.kind() &&
         std::includes(given.begin(), given.end(), first.begin(), first.end()) &&
         std::includes(known.begin(), known.end(), given.begin(), given.end());
}

Rejection SpellingTaken(std::string_view field, const OrganisationRegister::Organisation& owner) {
  Rejection rejection =
      commands::Refuse(absl::StatusCode::kAlreadyExists, "ALREADY_EXISTS", field,
                       fmt::format("another organisation ({}) has this name or alias", owner.id()),
                       "Use that organisation, or a spelling that names this one only.");
  rejection.metadata["organisation_id"] = owner.id();
  return rejection;
}

}  // namespace

Outcome Decide(const OrganisationRegister& organisations,
               const v1::RegisterOrganisationRequest& request) {
  if (Problems problems = ShapeOf(request); !problems.empty()) {
    return commands::RejectFields(std::move(problems));
  }
  if (const auto* stands = organisations.Find(request.organisation_id()); stands != nullptr) {
    if (SaysTheSame(*stands, request)) return Decision{};
    return commands::Refuse(absl::StatusCode::kAlreadyExists, "ALREADY_EXISTS", "organisation_id",
                            "an organisation with this id is registered with other content",
                            "Choose another id, or add new spellings with AddOrganisationAlias.");
  }
  if (const auto* owner = organisations.Resolve(request.organisation_id()); owner != nullptr) {
    return SpellingTaken("organisation_id", *owner);
  }
  if (const auto* owner = organisations.Resolve(request.name()); owner != nullptr) {
    return SpellingTaken("name", *owner);
  }
  for (int i = 0; i < request.aliases_size(); ++i) {
    if (const auto* owner = organisations.Resolve(request.aliases(i)); owner != nullptr) {
      return SpellingTaken(fmt::format("aliases[{}]", i), *owner);
    }
  }
  ev::OrganisationRegistered registered;
  registered.set_organisation_id(request.organisation_id());
  registered.set_name(request.name());
  registered.set_kind(request.kind());
  *registered.mutable_aliases() = request.aliases();
  return OrganisationDecision(registered);
}

Outcome Decide(const OrganisationRegister& organisations,
               const v1::AddOrganisationAliasRequest& request) {
  Problems problems;
  commands::RequireText("organisation_id", request.organisation_id(), commands::kNameBytesMax,
                        problems);
  RequireName("alias", request.alias(), problems);
  if (!problems.empty()) return commands::RejectFields(std::move(problems));

  const auto* organisation = organisations.Resolve(request.organisation_id());
  if (organisation == nullptr) {
    return RejectOrganisation("organisation_id", request.organisation_id(), organisations);
  }
  if (const auto* owner = organisations.Resolve(request.alias()); owner != nullptr) {
    if (owner == organisation) return Decision{};
    return SpellingTaken("alias", *owner);
  }
  ev::OrganisationAliasAdded added;
  added.set_organisation_id(organisation->id());
  added.set_alias(request.alias());
  return OrganisationDecision(added);
}

Outcome Decide(const OrganisationRegister& organisations,
               const v1::RecordSuccessionRequest& request) {
  Problems problems;
  if (request.from_organisation_ids().empty()) {
    problems.push_back(commands::MissingField("from_organisation_ids"));
  }
  commands::RequireText("to_organisation_id", request.to_organisation_id(), commands::kNameBytesMax,
                        problems);
  const auto day = commands::RequireDay("date", request.date(), problems);
  if (!problems.empty()) return commands::RejectFields(std::move(problems));

  const auto* to = organisations.Resolve(request.to_organisation_id());
  if (to == nullptr) {
    return RejectOrganisation("to_organisation_id", request.to_organisation_id(), organisations);
  }
  std::set<std::string> from_ids;
  for (int i = 0; i < request.from_organisation_ids_size(); ++i) {
    const std::string field = fmt::format("from_organisation_ids[{}]", i);
    const auto* from = organisations.Resolve(request.from_organisation_ids(i));
    if (from == nullptr) {
      return RejectOrganisation(field, request.from_organisation_ids(i), organisations);
    }
    if (from == to || organisations.LeadsTo(to->id(), from->id())) {
      return commands::Refuse(
          absl::StatusCode::kFailedPrecondition, "WRONG_STATE", field,
          "the organisation would go over into itself",
          "Check which organisation is the predecessor and which the successor.");
    }
    from_ids.insert(from->id());
  }
  ev::OrganisationSucceeded succeeded;
  *succeeded.mutable_from_organisation_ids() = {from_ids.begin(), from_ids.end()};
  succeeded.set_to_organisation_id(to->id());
  succeeded.set_date(request.date());
  for (const auto& stands : organisations.successions()) {
    const std::set<std::string> ids(stands.from_organisation_ids().begin(),
                                    stands.from_organisation_ids().end());
    if (ids == from_ids && stands.to_organisation_id() == to->id() &&
        stands.date() == request.date()) {
      return Decision{};
    }
  }
  return OrganisationDecision(succeeded, commands::OnDay(*day));
}

std::variant<v1::ResolveOrganisationResponse, Rejection> Resolve(
    const OrganisationRegister& organisations, const v1::ResolveOrganisationRequest& request) {
  if (request.name().empty()) return commands::RejectFields({commands::MissingField("name")});
  const auto* organisation = organisations.Resolve(request.name());
  if (organisation == nullptr) return RejectOrganisation("name", request.name(), organisations);
  v1::ResolveOrganisationResponse response;
  response.set_organisation_id(organisation->id());
  response.set_name(organisation->name());
  return response;
}

}  // namespace daybook::partners
