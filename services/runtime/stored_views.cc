#include "services/runtime/stored_views.h"

#include <string_view>
#include <utility>

#include "eventstore/core/error.h"
#include "projections/views/all_views.h"
#include "spdlog/spdlog.h"

namespace daybook::runtime {

absl::StatusOr<StoredViews> OpenStoredViews(eventstore::LogReader& log,
                                            const std::filesystem::path& directory) {
  StoredViews opened;
  DAYBOOK_ASSIGN_OR_RETURN(opened.store, projections::RocksDbViewStore::Open(directory));
  if (!opened.store->dropped_because().empty()) {
    spdlog::warn("views are folded again: {}", opened.store->dropped_because());
  }
  projections::EngineOptions options;
  options.log = [](std::string_view line) { spdlog::info("views: {}", line); };
  DAYBOOK_ASSIGN_OR_RETURN(
      opened.engine,
      projections::Engine::Open(log, *opened.store, &views::AllViews, std::move(options)));
  opened.engine->Start();
  return opened;
}

}  // namespace daybook::runtime
