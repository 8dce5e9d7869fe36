// The rules of the partners context: what each command of PartnerService does to a register.
//
// Every function is pure. It checks the shape of the request (all faulty fields at once, with
// INVALID_ARGUMENT), then the rules. The same content again decides nothing and is answered as a
// duplicate; other content under the same id or name is refused with ALREADY_EXISTS. Organisations
// may be given by id, name or alias, and are stored by id. `head` is checked at the door
// (services/commands/door.h), not here.
//
// The register that a command writes to is the one of its stream; load it with
// RegisterCache::Load, the others with RegisterCache::Read.
#pragma once

#include <variant>

#include "daybook/partners/v1/partners_service.pb.h"
#include "services/commands/decision.h"
#include "services/partners/domain/area_register.h"
#include "services/partners/domain/organisation_register.h"
#include "services/partners/domain/partnership_register.h"

namespace daybook::partners {

// Writes to OrganisationRegister::kStream.
commands::Outcome Decide(const OrganisationRegister& organisations,
                         const v1::RegisterOrganisationRequest& request);
commands::Outcome Decide(const OrganisationRegister& organisations,
                         const v1::AddOrganisationAliasRequest& request);
// An organisation may go over into several (a split); never, through however many steps, into
// itself.
commands::Outcome Decide(const OrganisationRegister& organisations,
                         const v1::RecordSuccessionRequest& request);

// Writes to PartnershipRegister::kStream. Areas may be given by id, code or name.
commands::Outcome Decide(const PartnershipRegister& partnerships, const AreaRegister& areas,
                         const v1::RegisterPartnershipRequest& request);
// A membership that was granted with this very content before is granted already, even if it ended
// since: a file sent again changes nothing.
commands::Outcome Decide(const PartnershipRegister& partnerships,
                         const OrganisationRegister& organisations,
                         const v1::GrantMembershipRequest& request);
commands::Outcome Decide(const PartnershipRegister& partnerships,
                         const OrganisationRegister& organisations,
                         const v1::EndMembershipRequest& request);

// Writes to AreaRegister::kStream.
commands::Outcome Decide(const AreaRegister& areas, const v1::RegisterAreaRequest& request);

// Reads only: the organisation, or UNKNOWN_ORGANISATION with metadata "nearest" and "nearest_id".
std::variant<v1::ResolveOrganisationResponse, commands::Rejection> Resolve(
    const OrganisationRegister& organisations, const v1::ResolveOrganisationRequest& request);

}  // namespace daybook::partners
