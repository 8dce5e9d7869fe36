#include "services/daybookd/ledger_metrics.h"

#include <unistd.h>

#include <fstream>
#include <limits>
#include <string>
#include <system_error>
#include <utility>

#include "absl/time/time.h"
#include "prometheus/metric_family.h"
#include "services/runtime/call_statistics.h"
#include "services/runtime/version.h"

namespace daybook::daemon {
namespace {

using Families = std::vector<prometheus::MetricFamily>;
using prometheus::ClientMetric;
using prometheus::MetricType;
using Labels = std::vector<ClientMetric::Label>;

double Seconds(eventstore::Instant time) { return static_cast<double>(time.micros) / 1e6; }

ClientMetric& Add(Families& out, MetricType type, const std::string& name, const std::string& help,
                  Labels labels = {}) {
  if (out.empty() || out.back().name != name) {
    out.push_back({.name = name, .help = help, .type = type, .metric = {}});
  }
  ClientMetric& metric = out.back().metric.emplace_back();
  metric.label = std::move(labels);
  return metric;
}

template <class Number>
void Gauge(Families& out, const std::string& name, const std::string& help, Number value,
           Labels labels = {}) {
  Add(out, MetricType::Gauge, name, help, std::move(labels)).gauge.value =
      static_cast<double>(value);
}

void Counter(Families& out, const std::string& name, const std::string& help, std::uint64_t value,
             Labels labels = {}) {
  Add(out, MetricType::Counter, name, help, std::move(labels)).counter.value =
      static_cast<double>(value);
}

template <class H>
void Observed(Families& out, const std::string& name, const std::string& help, const H& from) {
  auto& histogram = Add(out, MetricType::Histogram, name, help).histogram;
  std::uint64_t upto = 0;
  for (std::size_t i = 0; i <= from.bounds().size(); ++i) {
    upto += from.count(i);
    histogram.bucket.push_back({.cumulative_count = upto,
                                .upper_bound = i < from.bounds().size()
                                                   ? from.bounds()[i]
                                                   : std::numeric_limits<double>::infinity()});
  }
  histogram.sample_count = upto;
  histogram.sample_sum = from.sum();
}

void Appends(Families& out, const eventstore::RocksEventStore& store) {
  const eventstore::StoreStatistics& s = store.statistics();
  Counter(out, "daybook_append_requests_total", "Requests recorded.", s.requests);
  Counter(out, "daybook_append_duplicates_total",
          "Requests answered from an earlier record of the same request id.", s.duplicates);
  Counter(out, "daybook_append_conflicts_total",
          "Requests refused for a stream's revision or a reused request id.", s.refused);
  Counter(out, "daybook_append_queue_full_total", "Requests refused because too many waited.",
          s.queue_full);
  Counter(out, "daybook_append_events_total", "Events recorded.", s.events);
  Counter(out, "daybook_journal_written_bytes_total", "Bytes written to the journal.", s.bytes);
  Counter(out, "daybook_store_failures_total", "Failed writes after which the store recovered.",
          s.failures);
  Observed(out, "daybook_append_group_requests", "Requests made durable by one sync.",
           s.group_requests);
  Observed(out, "daybook_journal_write_seconds", "Time to write and sync one group.",
           s.group_write);
  Gauge(out, "daybook_append_queue_requests", "Requests that wait for the committer.",
        store.waiting());
}

void Views(Families& out, const projections::EngineStatus& status,
           const projections::RebuildStatus& rebuild) {
  for (const auto& view : status.view_status) {
    Gauge(out, "daybook_view_lag_events", "Events of the log that the view has not seen.", view.lag,
          {{"view", view.name}});
  }
  for (const auto& view : status.view_status) {
    Gauge(out, "daybook_view_rows", "Rows of the view.", view.rows, {{"view", view.name}});
  }
  for (const auto& view : status.view_status) {
    Gauge(out, "daybook_view_parked", "1 while the view stands still at an event it cannot read.",
          view.progress.parked ? 1 : 0, {{"view", view.name}});
  }
  Gauge(out, "daybook_view_stored_events", "Events that a restart need not fold again.",
        status.stored_size);
  Gauge(out, "daybook_views_rebuilding", "1 while views are made anew beside those that answer.",
        rebuild.running.has_value() ? 1 : 0);
  Gauge(out, "daybook_views_differing",
        "Views whose rows the last rebuild found to be other ones than the log says.",
        rebuild.last.has_value() ? static_cast<double>(rebuild.last->differing.size()) : 0);
}

void Upkeep(Families& out, const admin::v1::UpkeepRecord& last) {
  const auto stamp = [&out](const std::string& name, const std::string& help,
                            const std::string& time) {
    absl::Time parsed;
    if (time.empty() || !absl::ParseTime(absl::RFC3339_full, time, &parsed, nullptr)) return;
    Gauge(out, name, help, absl::ToUnixSeconds(parsed));
  };
  stamp("daybook_last_backup_timestamp_seconds", "When the last backup was taken.",
        last.last_backup().taken());
  stamp("daybook_last_rehearsal_timestamp_seconds", "When a restore was last rehearsed.",
        last.last_rehearsal().at());
}

void Process(Families& out, double started) {
  Gauge(out, "process_start_time_seconds", "Start of the process since 1970, in seconds.", started);
  std::ifstream statm("/proc/self/statm");
  std::uint64_t pages = 0;
  std::uint64_t resident = 0;
  if (statm >> pages >> resident) {
    Gauge(out, "process_resident_memory_bytes", "Resident memory.",
          resident * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE)));
  }
}

}  // namespace

LedgerMetrics::LedgerMetrics(eventstore::RocksEventStore& store,
                             projections::RebuildableViews& views, const admin::Upkeep& upkeep,
                             std::filesystem::path data, const eventstore::Clock& clock)
    : store_(store),
      views_(views),
      upkeep_(upkeep),
      data_(std::move(data)),
      started_(Seconds(clock.Now())) {}

std::vector<prometheus::MetricFamily> LedgerMetrics::Collect() const {
  Families out;
  Gauge(out, "daybook_build_info", "1; the version is a label.", 1,
        {{"version", std::string(runtime::kVersion)}});
  Gauge(out, "daybook_store_healthy", "1 while the store takes writes.",
        store_.Health().ok() ? 1 : 0);
  Gauge(out, "daybook_log_events", "Events of the log: the next position.", store_.Head().size);
  Appends(out, store_);
  Views(out, views_.status(), views_.rebuild_status());
  auto& calls = runtime::CallStatistics::Process();
  Gauge(out, "daybook_subscriptions", "Open subscriptions of the log.", calls.subscriptions.load());
  for (const auto& [reason, count] : calls.errors()) {
    Counter(out, "daybook_errors_total", "Calls and messages answered with an error.", count,
            {{"reason", reason}});
  }
  std::error_code error;
  if (const auto space = std::filesystem::space(data_, error); !error) {
    Gauge(out, "daybook_disk_free_bytes", "Room left where the data directory is.",
          space.available);
  }
  Upkeep(out, upkeep_.last());
  Process(out, started_);
  return out;
}

}  // namespace daybook::daemon
