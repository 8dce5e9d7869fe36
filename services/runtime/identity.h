// Who calls, and how. Until identity is a piece of its own, the agency and the actor arrive as
// request metadata and are believed; the daemon therefore listens on loopback only.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "grpcpp/server_context.h"
#include "services/commands/command_runner.h"

namespace daybook::runtime {

inline constexpr char kAgencyKey[] = "daybook-agency";
inline constexpr char kActorKey[] = "daybook-actor";

// "yes": the caller of an append session takes answers that are ready together in one message.
inline constexpr char kGatherKey[] = "daybook-gather-answers";
bool GathersAnswers(const grpc::ServerContextBase& context);

// AGENCY_MISSING (INVALID_ARGUMENT) when daybook-agency is absent or malformed.
absl::StatusOr<commands::Caller> CallerOf(const grpc::ServerContextBase& context);
// The agency as it was sent, whatever its form; empty where none was.
std::string AgencySent(const grpc::ServerContextBase& context);

}  // namespace daybook::runtime
