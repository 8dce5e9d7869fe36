#include "services/cli/rebuild_command.h"

#include <chrono>
#include <thread>

#include "absl/strings/str_join.h"
#include "daybook/admin/v1/admin_service.grpc.pb.h"
#include "fmt/format.h"
#include "services/cli/error_output.h"

namespace daybook::cli {
namespace {

constexpr std::chrono::milliseconds kLook{100};
constexpr int kLooksPerLine = 20;

int SayHowItEnded(const admin::v1::RebuildOutcome& outcome) {
  if (!outcome.changed_over()) {
    PrintError("The new views were given up, the old ones answer as before: {}\n",
               outcome.problem());
    return kRefused;
  }
  if (!outcome.problem().empty()) {
    fmt::print("generation {} answers; it could not be compared with the one before: {}\n",
               outcome.generation(), outcome.problem());
    return kDone;
  }
  if (outcome.differing_views().empty()) {
    fmt::print("generation {} answers; every row is the same as before, at {} events\n",
               outcome.generation(), outcome.compared_size());
    return kDone;
  }
  fmt::print("generation {} answers; the old one had other rows, at {} events, in: {}\n",
             outcome.generation(), outcome.compared_size(),
             absl::StrJoin(outcome.differing_views(), ", "));
  PrintError(
      "Reports of these views may have been wrong. Check the disk, and look with --compare-with "
      "at what was printed.\n");
  return kRefused;
}

}  // namespace

RebuildState StateOf(const admin::v1::ViewRebuild& status, std::uint64_t generation) {
  if (status.last().generation() == generation) return RebuildState::kEnded;
  if (status.making() == generation) return RebuildState::kRunning;
  return status.generation() >= generation ? RebuildState::kTookOver : RebuildState::kForgotten;
}

int RunRebuildViews(const Connection& connection, bool wait) {
  auto stub = admin::v1::AdminService::NewStub(connection.channel);
  grpc::ClientContext context;
  Prepare(context, connection, connection.agency);
  admin::v1::RebuildViewsResponse started;
  if (const auto status = stub->RebuildViews(&context, {}, &started); !status.ok()) {
    return Report("views rebuild", status, connection);
  }
  const std::uint64_t generation = started.generation();
  if (!wait) {
    fmt::print("generation {} is being made; daybook views says how far it is\n", generation);
    return kDone;
  }
  for (int looks = 1;; ++looks) {
    grpc::ClientContext look;
    Prepare(look, connection, connection.agency);
    admin::v1::GetViewStatusResponse now;
    if (const auto status = stub->GetViewStatus(&look, {}, &now); !status.ok()) {
      return Report("views rebuild", status, connection);
    }
    switch (StateOf(now.rebuild(), generation)) {
      case RebuildState::kEnded:
        return SayHowItEnded(now.rebuild().last());
      case RebuildState::kTookOver:
        fmt::print(
            "generation {} answers; another rebuild was begun before it was asked how they "
            "compared, the server's log says so\n",
            generation);
        return kDone;
      case RebuildState::kForgotten:
        PrintError(
            "The server was started again meanwhile, and generation {} answers as before. Begin "
            "once more.\n",
            now.rebuild().generation());
        return kRefused;
      case RebuildState::kRunning:
        break;
    }
    if (looks % kLooksPerLine == 0) {
      PrintError("generation {} has seen {} of {} events\n", generation, now.rebuild().size(),
                 now.head().size());
    }
    std::this_thread::sleep_for(kLook);
  }
}

}  // namespace daybook::cli
