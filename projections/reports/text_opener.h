// Opens sealed texts for a report. Views keep only where a text is; it is opened when a report is
// asked for, after the views were let go, so that no reader waits for a disk.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "eventstore/core/ids.h"

namespace daybook::reports {

struct OpenedText {
  std::string text;     // empty when erased
  bool erased = false;  // its key was destroyed: the fact stays, the text is gone
};

// Whether reports print sealed texts of events of that type: the updates of plans. What else is
// sealed, persons above all, is opened for no report.
inline bool IsPrinted(std::string_view type) { return type == "actions.UpdateSubmitted"; }

// Implementations are thread-safe.
class TextOpener {
 public:
  virtual ~TextOpener() = default;
  // The sealed part of that name of the event at that position. NOT_FOUND when there is none, or
  // the event is not of a type that IsPrinted;
  // DATA_LOSS when it does not open although its key exists.
  virtual absl::StatusOr<OpenedText> Open(eventstore::Position position,
                                          std::string_view part) const = 0;
};

}  // namespace daybook::reports
