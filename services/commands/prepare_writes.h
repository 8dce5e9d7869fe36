// Draft events -> writes as the store takes them: personal parts sealed, ids given, grouped by
// stream.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "eventstore/core/event_store.h"
#include "services/commands/decision.h"
#include "services/commands/part_sealer.h"
#include "services/commands/stream_loader.h"

namespace daybook::commands {

struct Command;

// One write a stream, in the order of its first event, expecting what the loader saw of it. The
// sealer is asked once, and only where there are parts. Errors: those of the sealer.
absl::StatusOr<std::vector<eventstore::StreamWrite>> PrepareWrites(std::vector<DraftEvent> drafts,
                                                                   const Command& command,
                                                                   const StreamLoader& loader,
                                                                   PartSealer& sealer);

}  // namespace daybook::commands
