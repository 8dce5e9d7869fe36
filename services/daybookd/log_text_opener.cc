#include "services/daybookd/log_text_opener.h"

#include "eventstore/core/error.h"
#include "eventstore/sealing/sealer.h"

namespace daybook::daemon {

absl::StatusOr<reports::OpenedText> LogTextOpener::Open(eventstore::Position position,
                                                        std::string_view part) const {
  absl::StatusOr<reports::OpenedText> opened = eventstore::MakeError(
      absl::StatusCode::kNotFound,
      "the event at that position has no text of that name for reports",
      {.reason = "INVALID_FIELD",
       .remedy = "Name a part that a report prints, as the view says where it is.",
       .fields = {{"part", "is no text that reports print"}}});
  const auto read =
      store_.ReadAll({.from = position, .limit = 1}, [&](eventstore::RecordedEvent& recorded) {
        if (recorded.position != position || !reports::IsPrinted(recorded.event.type)) return false;
        for (const auto& sealed : recorded.event.parts) {
          if (sealed.name != part) continue;
          auto text = sealing::OpenPart(keys_, recorded.event.id, sealed);
          if (text.ok()) {
            opened = reports::OpenedText{*std::move(text), false};
          } else if (eventstore::ErrorReason(text.status()) == sealing::reason::kPartErased) {
            opened = reports::OpenedText{"", true};
          } else {
            opened = text.status();
          }
        }
        return false;
      });
  DAYBOOK_RETURN_IF_ERROR(read);
  return opened;
}

}  // namespace daybook::daemon
