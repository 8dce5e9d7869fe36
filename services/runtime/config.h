// Configuration of the daemon: sane defaults, an optional TOML file, flags above it.
#pragma once

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"

namespace daybook::runtime {

struct Config {
  std::string data = "daybook-data";      // data directory
  std::string listen = "127.0.0.1:7450";  // gRPC; port 0 takes a free one
  std::string feed =
      "tcp://127.0.0.1:7451";              // ZeroMQ; "off" switches it off, port 0 takes a free one
  std::string metrics = "127.0.0.1:7452";  // HTTP, /metrics; "off", port 0 takes a free one
  // Id of the agency that runs the ledger: it may send before it is registered, and alone registers
  // organisations. Empty: any agency registers organisations, itself first.
  std::string operator_agency;
  // Whether cells about persons are taken: until callers have an identity, whoever reaches the
  // daemon may send and read what the views show of them.
  bool personal_data = false;
  std::string log_level = "info";   // trace, debug, info, warn, error
  std::int64_t workers = 8;         // threads that read and render; 1 to 256
  bool accept_lost_keys = false;    // makes new keys where those of the log are gone; a flag only,
                                    // for it is a decision of one start
  std::int64_t drain_seconds = 10;  // how long running calls may take after SIGTERM; 0 to 600
};

// Reads a TOML file over the defaults. INVALID_ARGUMENT with file, line and key for a file that
// cannot be read, an unknown key, a wrong type or a value out of range.
absl::StatusOr<Config> LoadConfig(const std::string& path);

// Checks ranges, and that the daemon listens on loopback only: there is no identity yet.
absl::Status ValidateConfig(const Config& config);

}  // namespace daybook::runtime
