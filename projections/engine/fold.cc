#include "projections/engine/fold.h"

#include <string>

#include "eventstore/core/error.h"
#include "projections/engine/page_reader.h"
#include "projections/engine/type_table.h"

namespace daybook::projections {
namespace {

absl::Status CheckSize(eventstore::LogReader& events, std::uint64_t size) {
  const std::uint64_t head = events.Head().size;
  if (size <= head) return absl::OkStatus();
  return eventstore::MakeError(absl::StatusCode::kOutOfRange,
                               "the log holds fewer events than asked for",
                               {.reason = std::string(eventstore::reason::kBeyondHead),
                                .remedy = "Ask for a size up to the head of the log.",
                                .fields = {},
                                .metadata = {{"head", std::to_string(head)}}});
}

}  // namespace

absl::Status FoldOn(eventstore::LogReader& events, ViewSet& views, std::uint64_t from,
                    std::uint64_t size) {
  DAYBOOK_RETURN_IF_ERROR(CheckSize(events, size));
  DAYBOOK_ASSIGN_OR_RETURN(const TypeTable types, TypeTable::Make(views));
  PageReader reader(events, types);
  return ForEachPage(reader, from, size, [&views](EventBatch& page) {
    page.Decode();
    for (const BatchEvent& event : page.events()) {
      ApplyEvent(views, event);
      CountUnknown(views, event);
    }
  });
}

absl::StatusOr<std::unique_ptr<ViewSet>> FoldAll(eventstore::LogReader& events,
                                                 const ViewSetFactory& factory,
                                                 std::uint64_t size) {
  auto views = std::make_unique<ViewSet>(factory());
  DAYBOOK_RETURN_IF_ERROR(FoldOn(events, *views, 0, size));
  return views;
}

}  // namespace daybook::projections
