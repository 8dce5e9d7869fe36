// The register of measures, shared by the adapters.
#pragma once

#include "services/commands/register_cache.h"
#include "services/measures/domain/measure_register.h"

namespace daybook::measures {

// Thread-safe.
using Measures = commands::RegisterCache<MeasureRegister>;

}  // namespace daybook::measures
