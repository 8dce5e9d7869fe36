#include "services/runtime/stored_views.h"

#include <string_view>
#include <utility>

#include "eventstore/core/error.h"
#include "projections/store/disk_view_shelf.h"
#include "projections/views/all_views.h"
#include "spdlog/spdlog.h"

namespace daybook::runtime {

absl::StatusOr<StoredViews> OpenStoredViews(eventstore::LogReader& log,
                                            const std::filesystem::path& directory) {
  StoredViews opened;
  const auto say = [](std::string_view line) { spdlog::info("views: {}", line); };
  DAYBOOK_ASSIGN_OR_RETURN(opened.shelf, projections::DiskViewShelf::Open(directory, say));
  projections::EngineOptions options;
  options.log = say;
  DAYBOOK_ASSIGN_OR_RETURN(opened.views,
                           projections::RebuildableViews::Open(log, *opened.shelf, &views::AllViews,
                                                               std::move(options)));
  return opened;
}

void Stop(StoredViews& stored) {
  if (const auto flushed = stored.views->StopAndFlush(); !flushed.ok()) {
    spdlog::warn("views were not written and will be folded again: {}",
                 eventstore::Message(flushed));
  }
}

}  // namespace daybook::runtime
