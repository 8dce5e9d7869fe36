// The numbers of one ledger's process, as Prometheus reads them: names and units by its
// conventions, all of them listed in deploy/monitoring/README.md.
#pragma once

#include <filesystem>
#include <vector>

#include "eventstore/core/clock.h"
#include "eventstore/rocksdb/rocks_event_store.h"
#include "projections/engine/rebuildable_views.h"
#include "prometheus/collectable.h"
#include "services/admin/application/upkeep.h"

namespace daybook::daemon {

// Thread-safe. Owns nothing that it is given.
class LedgerMetrics final : public prometheus::Collectable {
 public:
  LedgerMetrics(eventstore::RocksEventStore& store, projections::RebuildableViews& views,
                const admin::Upkeep& upkeep, std::filesystem::path data,
                const eventstore::Clock& clock);

  std::vector<prometheus::MetricFamily> Collect() const override;

 private:
  eventstore::RocksEventStore& store_;
  projections::RebuildableViews& views_;
  const admin::Upkeep& upkeep_;
  const std::filesystem::path data_;
  const double started_;  // seconds since 1970
};

}  // namespace daybook::daemon
