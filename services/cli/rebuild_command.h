// `daybook views rebuild`: rebuilds the views while the present ones answer.
#pragma once

#include <cstdint>

#include "daybook/admin/v1/admin_service.pb.h"
#include "services/cli/connection.h"

namespace daybook::cli {

// What the server's status tells of the rebuild that was to make a generation.
enum class RebuildState {
  kRunning,
  kEnded,     // `last` says how
  kTookOver,  // it answers, and how it compared is forgotten: somebody began another one
  kForgotten  // the server was started again meanwhile, and the old views answer
};
RebuildState StateOf(const admin::v1::ViewRebuild& status, std::uint64_t generation);

// With `wait` it says how far they are and how it ended: kRefused when the new views do not answer,
// or have rows that the old ones had not.
int RunRebuildViews(const Connection& connection, bool wait);

}  // namespace daybook::cli
