// The registers of organisations, partnerships and areas, shared by the adapters of every context.
#pragma once

#include "services/commands/register_cache.h"
#include "services/partners/domain/area_register.h"
#include "services/partners/domain/organisation_register.h"
#include "services/partners/domain/partnership_register.h"

namespace daybook::partners {

// The registers by which every context resolves names. Thread-safe.
struct Registers {
  explicit Registers(eventstore::EventStore& store)
      : organisations(store), partnerships(store), areas(store) {}
  commands::RegisterCache<OrganisationRegister> organisations;
  commands::RegisterCache<PartnershipRegister> partnerships;
  commands::RegisterCache<AreaRegister> areas;
};

}  // namespace daybook::partners
