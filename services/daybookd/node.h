// Everything that one daemon is made of, assembled and owned in the order of its lifetimes.
#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "services/runtime/config.h"

namespace daybook::daemon {

// Thread-safe after Start.
class Node {
 public:
  // Opens the ledger of config.data (created when missing), its keys and views, and starts to
  // serve. Errors say what happened, where and what to do: DIRECTORY_IN_USE, DIRECTORY_UNUSABLE,
  // LOG_DAMAGED, PART_DAMAGED, ADDRESS_IN_USE.
  static absl::StatusOr<std::unique_ptr<Node>> Start(const runtime::Config& config);
  // Drain(0).
  ~Node();

  // Where it really listens.
  const std::string& address() const;
  // Where the feed is published; empty when it is off.
  std::string feed_address() const;
  // Of the metrics; empty when they are off.
  std::string metrics_address() const;

  // Takes no more calls, lets running ones end, writes the views, closes the log. Idempotent.
  void Drain();

 private:
  struct Parts;
  explicit Node(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace daybook::daemon
