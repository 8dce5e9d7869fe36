// The log of a daemon elsewhere: read by pages over gRPC, woken by its ZeroMQ feed.
//
// What it knows of the head lags by a call at most: Head asks the daemon. While the daemon cannot
// be reached, what is known stays true and reads fail with UNAVAILABLE. The feed only says that
// there is something to ask for; without one, or when it loses messages, the head is asked for at
// every poll.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "eventstore/core/log_reader.h"
#include "grpcpp/channel.h"

namespace daybook::projector {

struct RemoteLogOptions {
  std::string feed;  // ZeroMQ address of the daemon's feed; "off": polls only
  std::chrono::milliseconds poll{1000};
  std::chrono::milliseconds call_deadline{2000};  // of a call that answers at once
  // Called once, on any thread, when the daemon has another log than when this was opened, or an
  // earlier state of it (a restore): whatever was made of what was read has to be made anew. Must
  // not block, nor call the log.
  std::function<void()> on_another_log;
};

// Thread-safe.
class RemoteLog final : public eventstore::LogReader {
 public:
  // Asks for the head until there is an answer. LEDGER_UNREACHABLE (UNAVAILABLE) when there is none
  // within `patience`; INVALID_FIELD for a feed that is no address.
  static absl::StatusOr<std::unique_ptr<RemoteLog>> Open(std::shared_ptr<grpc::Channel> channel,
                                                         RemoteLogOptions options,
                                                         std::chrono::milliseconds patience);
  ~RemoteLog() override;

  // LOG_DIVERGED once the daemon has another log.
  absl::Status ReadAll(const eventstore::ReadAllOptions& options,
                       const eventstore::EventSink& sink) override;
  // The last one known where the daemon cannot be asked.
  eventstore::Checkpoint Head() override;
  // Of sizes at which a read ended lately no call is needed.
  absl::StatusOr<eventstore::Hash> RootAt(std::uint64_t size) override;
  [[nodiscard]] std::unique_ptr<Listener> OnCommit(
      std::function<void(std::uint64_t size)> listener) override;

 private:
  class Impl;
  explicit RemoteLog(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace daybook::projector
