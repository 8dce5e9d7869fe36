// How long a call may wait for the views.
#pragma once

#include <algorithm>
#include <chrono>

#include "grpcpp/server_context.h"

namespace daybook::runtime {

inline constexpr std::chrono::seconds kWaitDefault{10};

// The client's deadline on the steady clock, at most kWaitDefault from now for a client that sets
// none or a later one.
inline std::chrono::steady_clock::time_point DeadlineOf(const grpc::ServerContextBase& context) {
  const auto left = context.deadline() - std::chrono::system_clock::now();
  const auto bounded = std::clamp<std::chrono::system_clock::duration>(
      left, std::chrono::system_clock::duration::zero(), kWaitDefault);
  return std::chrono::steady_clock::now() +
         std::chrono::duration_cast<std::chrono::steady_clock::duration>(bounded);
}

}  // namespace daybook::runtime
