// Everything that one projector is made of: the log of a daemon elsewhere, views of its own, and
// ReportService on them.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"

namespace daybook::projector {

struct ProjectorConfig {
  std::string ledger = "127.0.0.1:7450";        // gRPC address of the daemon
  std::string feed = "tcp://127.0.0.1:7451";    // of its feed, or "off"
  std::string data = "daybook-projector-data";  // directory of its views
  std::string listen = "127.0.0.1:7460";        // gRPC; port 0 takes a free one
  std::int64_t workers = 8;                     // threads that render; 1 to 256
  std::int64_t drain_seconds = 10;
  std::chrono::milliseconds poll{1000};        // how often the head is asked for without the feed
  std::chrono::milliseconds patience{30'000};  // for a daemon that does not answer at the start
};

// Thread-safe after Start.
class Projector {
 public:
  // Opens the views and starts to serve; they catch up meanwhile. `on_another_log`: the ledger was
  // restored or is another one now; stop this and start another, which makes its views anew.
  // Errors: LEDGER_UNREACHABLE, DIRECTORY_IN_USE, DIRECTORY_UNUSABLE, ADDRESS_IN_USE.
  static absl::StatusOr<std::unique_ptr<Projector>> Start(const ProjectorConfig& config,
                                                          std::function<void()> on_another_log);
  // Drain.
  ~Projector();

  // Where it really listens.
  const std::string& address() const;

  // Takes no more calls, lets running ones end, writes the views. Idempotent.
  void Drain();

 private:
  struct Parts;
  explicit Projector(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace daybook::projector
