// How fast the views are folded anew, and how fast they are there as of a past position: every view
// that the daemon has, over incidents as the rows of data.police.uk become them, each an entity of
// its own.
//
//   bench_view_rebuild DIR [incidents [rounds [districts]]]
//
// Fills a log in DIR/log (once: it is used again, so another number of districts wants another
// DIR), then folds it into empty view stores and prints every round and the median; 360 cells a
// district. Then asks for random past positions. Exits with 1 when the folded cells differ from the
// generator's tally.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "daybook/incidents/events/v1/events.pb.h"
#include "eventstore/core/civil_day.h"
#include "eventstore/core/clock.h"
#include "eventstore/core/error.h"
#include "eventstore/rocksdb/rocks_event_store.h"
#include "fmt/format.h"
#include "projections/core/as_of.h"
#include "projections/engine/engine.h"
#include "projections/store/rocksdb_view_store.h"
#include "projections/views/all_views.h"
#include "projections/views/incident_trend_view.h"

namespace {

namespace fs = std::filesystem;
using daybook::eventstore::ExpectedRevision;
using daybook::eventstore::RocksEventStore;
using daybook::incidents::events::v1::IncidentRecorded;
using Steady = std::chrono::steady_clock;

constexpr std::uint64_t kBatch = 500;
constexpr const char* kTypes[] = {"anti-social-behaviour", "burglary",    "robbery",
                                  "vehicle-crime",         "shoplifting", "violent-crime"};

template <class Result>
auto Must(Result result) {
  if (!result.ok()) {
    fmt::print(stderr, "error: {}\n", daybook::eventstore::Message(result.status()));
    std::exit(1);
  }
  return *std::move(result);
}

void MustBeOk(const absl::Status& status) {
  if (status.ok()) return;
  fmt::print(stderr, "error: {}\n", daybook::eventstore::Message(status));
  std::exit(1);
}

std::uint64_t Mix(std::uint64_t value) {
  value *= 0x9E3779B97F4A7C15U;
  return value ^ (value >> 29);
}

// Incident `number`: 6 types, 60 months; one of the districts is no place.
IncidentRecorded MakeIncident(std::uint64_t number, std::uint64_t districts) {
  const std::uint64_t draw = Mix(number + 1);
  IncidentRecorded incident;
  incident.set_source_key(
      fmt::format("{:016x}{:016x}{:016x}{:016x}", draw, Mix(draw), number, draw));
  incident.set_dataset("police-uk-street");
  incident.set_month(fmt::format("{}-{:02}", 2018 + draw % 5, draw / 5 % 12 + 1));
  incident.set_type(kTypes[draw / 64 % std::size(kTypes)]);
  incident.set_force_id("essex-police");
  const std::uint64_t district = draw / 4096 % districts;
  incident.set_district(district == 0 ? "" : fmt::format("District {}", district));
  incident.set_outcome("under-investigation");
  incident.mutable_published_place()->set_longitude("0.901681");
  incident.mutable_published_place()->set_latitude("51.883063");
  incident.mutable_published_place()->set_location("On or near High Street");
  incident.mutable_published_place()->set_lsoa_code("E01021237");
  incident.set_submission_id("0123456789abcdef0123456789abcdef");
  incident.set_row(static_cast<std::uint32_t>(number + 1));
  incident.set_register_version(1);
  return incident;
}

using Cell = std::pair<std::string, std::pair<std::string, std::string>>;
Cell CellOf(const std::string& month, const std::string& type, const std::string& district) {
  return {month, {type, district}};
}

void Fill(RocksEventStore& store, std::uint64_t incidents, std::uint64_t districts) {
  for (std::uint64_t next = store.Head().size; next < incidents;) {
    daybook::eventstore::AppendRequest request;
    request.agency = "bench";
    request.actor = "fill";
    request.request_id = fmt::format("fill-{}", next);
    for (std::uint64_t i = 0; i < kBatch && next < incidents; ++i, ++next) {
      const IncidentRecorded incident = MakeIncident(next, districts);
      daybook::eventstore::NewEvent event;
      event.id = fmt::format("{:032x}", next);
      event.type = "incidents.IncidentRecorded";
      event.basis = "public-source";
      event.payload = incident.SerializeAsString();
      request.writes.push_back({fmt::format("incident-essex-police/{}", incident.source_key()),
                                ExpectedRevision::NoStream(),
                                {std::move(event)}});
    }
    Must(store.Append(std::move(request)));
  }
}

// From an empty view store to the head, on the disk; events a second.
double Rebuild(RocksEventStore& store, const fs::path& directory, std::uint64_t incidents) {
  fs::remove_all(directory);
  auto views = Must(daybook::projections::RocksDbViewStore::Open(directory));
  const Steady::time_point begin = Steady::now();
  auto engine = Must(daybook::projections::Engine::Open(store, *views, &daybook::views::AllViews));
  engine->Start();
  MustBeOk(engine->WaitFor({incidents - 1}, begin + std::chrono::hours(1)));
  MustBeOk(engine->StopAndFlush());
  return static_cast<double>(incidents) /
         std::chrono::duration<double>(Steady::now() - begin).count();
}

// Folds once more and compares every cell with the generator's own count.
bool CellsAreRight(RocksEventStore& store, const fs::path& directory, std::uint64_t incidents,
                   std::uint64_t districts) {
  std::map<Cell, std::uint64_t> tally;
  for (std::uint64_t i = 0; i < incidents; ++i) {
    const IncidentRecorded incident = MakeIncident(i, districts);
    ++tally[CellOf(incident.month(), incident.type(), incident.district())];
  }
  auto views = Must(daybook::projections::RocksDbViewStore::Open(directory));
  auto engine = Must(daybook::projections::Engine::Open(store, *views, &daybook::views::AllViews));
  std::map<Cell, std::uint64_t> folded;
  MustBeOk(engine->Query({}, [&](const auto& views_now, const auto&) {
    const auto trend = views_now.template Get<daybook::views::IncidentTrendView>();
    if (!trend.ok()) return trend.status();
    for (const auto& [key, row] : (*trend)->cells().rows()) {
      folded[CellOf(row.month(), row.type(), row.district())] += row.count();
    }
    return absl::OkStatus();
  }));
  fmt::print("{} cells, {}\n", folded.size(),
             folded == tally ? "as generated" : "NOT as generated");
  return folded == tally;
}

// Milliseconds for the views as of each of some random positions, as they are on the disk.
void AskForThePast(RocksEventStore& store, const fs::path& directory, std::uint64_t incidents) {
  auto views = Must(daybook::projections::RocksDbViewStore::Open(directory));
  auto engine = Must(daybook::projections::Engine::Open(store, *views, &daybook::views::AllViews));
  std::mt19937_64 random(1);
  std::vector<double> times;
  constexpr int kQuestions = 40;
  for (int i = 0; i < kQuestions; ++i) {
    daybook::projections::AsOf as_of;
    as_of.recorded_size = 1 + random() % incidents;
    const Steady::time_point begin = Steady::now();
    MustBeOk(engine->Query(as_of, [](const auto&, const auto&) { return absl::OkStatus(); }));
    times.push_back(std::chrono::duration<double, std::milli>(Steady::now() - begin).count());
  }
  std::sort(times.begin(), times.end());
  fmt::print("as of {} past positions: median {:.0f} ms, longest {:.0f} ms\n", kQuestions,
             times[times.size() / 2], times.back());
}

// Peak memory of this process, in KiB.
std::string PeakMemory() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) return line.substr(6);
  }
  return " unknown";
}

// Seconds for everything as known today, twice: the second time the order of knowing is held.
void AskWhatWasKnown(RocksEventStore& store, const fs::path& directory, std::uint64_t incidents) {
  auto views = Must(daybook::projections::RocksDbViewStore::Open(directory));
  auto engine = Must(daybook::projections::Engine::Open(store, *views, &daybook::views::AllViews));
  for (std::uint64_t less = 0; less < 2; ++less) {
    daybook::projections::AsOf as_of;
    as_of.recorded_size = incidents - less;
    as_of.known_on = daybook::eventstore::LondonDay(daybook::eventstore::SystemClock().Now());
    const Steady::time_point begin = Steady::now();
    MustBeOk(engine->Query(as_of, [](const auto&, const auto&) { return absl::OkStatus(); }));
    const double seconds = std::chrono::duration<double>(Steady::now() - begin).count();
    fmt::print("as known today: {:.1f} s, {:.0f} events/s, peak memory{}\n", seconds,
               static_cast<double>(incidents) / seconds, PeakMemory());
  }
}

std::uint64_t BytesBelow(const fs::path& folder) {
  std::uint64_t bytes = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) bytes += entry.file_size();
  }
  return bytes;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    fmt::print(stderr, "usage: bench_view_rebuild DIR [incidents [rounds [districts]]]\n");
    return 2;
  }
  const fs::path directory = argv[1];
  const std::uint64_t incidents = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 1'000'000;
  const int rounds = argc > 3 ? std::atoi(argv[3]) : 3;
  const std::uint64_t districts = argc > 4 ? std::strtoull(argv[4], nullptr, 10) : 5;
  fs::create_directories(directory);
  auto store = Must(RocksEventStore::Open({.directory = directory / "log"}));
  Fill(*store, incidents, districts);
  fmt::print("log of {} incidents, each an entity of its own: {} MiB\n", incidents,
             BytesBelow(directory / "log") >> 20);
  std::vector<double> rates;
  for (int i = 0; i < rounds; ++i) {
    rates.push_back(Rebuild(*store, directory / "views", incidents));
    fmt::print("round {}: {:.0f} events/s\n", i + 1, rates.back());
  }
  std::sort(rates.begin(), rates.end());
  fmt::print("median {:.0f} events/s; views {} KiB; peak memory{}\n", rates[rates.size() / 2],
             BytesBelow(directory / "views") >> 10, PeakMemory());
  AskForThePast(*store, directory / "views", incidents);
  AskWhatWasKnown(*store, directory / "views", incidents);
  return CellsAreRight(*store, directory / "views", incidents, districts) ? 0 : 1;
}
