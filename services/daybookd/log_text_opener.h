// Opens the texts that reports print: reads the event from the log and its part with the keys.
#pragma once

#include "eventstore/core/log_reader.h"
#include "eventstore/sealing/key_provider.h"
#include "projections/reports/text_opener.h"

namespace daybook::daemon {

// Thread-safe. Owns neither.
class LogTextOpener final : public reports::TextOpener {
 public:
  LogTextOpener(eventstore::LogReader& store, sealing::KeyProvider& keys)
      : store_(store), keys_(keys) {}

  absl::StatusOr<reports::OpenedText> Open(eventstore::Position position,
                                           std::string_view part) const override;

 private:
  eventstore::LogReader& store_;
  sealing::KeyProvider& keys_;
};

}  // namespace daybook::daemon
