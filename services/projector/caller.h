// Who a projector is where it calls the ledger.
#pragma once

#include <chrono>

#include "grpcpp/client_context.h"
#include "services/runtime/identity.h"

namespace daybook::projector {

inline void PrepareCall(grpc::ClientContext& context, std::chrono::milliseconds deadline) {
  context.AddMetadata(runtime::kAgencyKey, "daybook");
  context.AddMetadata(runtime::kActorKey, "daybook-projector");
  context.set_deadline(std::chrono::system_clock::now() + deadline);
}

}  // namespace daybook::projector
