// The law of every view, as one call: whatever way the engine comes to a position, the views hold
// what a fold of the log up to there holds.
//
//   ExpectViewsArePureFolds(log, &AllViews);
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "eventstore/core/event_store.h"
#include "eventstore/core/ids.h"
#include "projections/core/fingerprint.h"
#include "projections/core/view_set.h"
#include "projections/engine/engine.h"
#include "projections/engine/fold.h"
#include "projections/store/memory_view_store.h"
#include "tests/support/prefix_event_store.h"
#include "tests/support/status_matchers.h"

namespace daybook::testing {

// Everything that two ways to one position must agree in; prints as text.
struct ViewsAt {
  std::vector<std::string> lines;
  friend bool operator==(const ViewsAt&, const ViewsAt&) = default;
  friend void PrintTo(const ViewsAt& at, std::ostream* out) {
    for (const std::string& line : at.lines) *out << "\n  " << line;
  }
};

inline std::string CountsText(const projections::KnownCounts& counts) {
  return std::to_string(counts.not_yet_known) + "/" + std::to_string(counts.known_unknown) + "/" +
         std::to_string(counts.back_loaded);
}

inline ViewsAt Observe(const projections::ViewSet& views) {
  ViewsAt at;
  at.lines.push_back("totals " + CountsText(views.totals()));
  for (const projections::ViewSet::Slot& slot : views.slots()) {
    const auto& parked = slot.progress.parked;
    at.lines.push_back(std::string(slot.view->name()) + " rows " +
                       eventstore::ToHex(projections::Fingerprint(*slot.view)) + " applied " +
                       std::to_string(slot.progress.applied) + " unknown " +
                       std::to_string(slot.progress.skipped_unknown) + " counts " +
                       CountsText(slot.progress.counts) +
                       (parked ? " parked at " + std::to_string(parked->position.value) : ""));
  }
  return at;
}

inline ViewsAt ObserveFold(eventstore::EventStore& log, const projections::ViewSetFactory& factory,
                           std::uint64_t size) {
  auto folded = projections::FoldAll(log, factory, size);
  EXPECT_THAT(folded, IsOk());
  return folded.ok() ? Observe(**folded) : ViewsAt{};
}

// What a query for now sees; its checkpoint must be at `size`.
inline ViewsAt ObserveEngine(projections::ViewReader& engine, std::uint64_t size) {
  ViewsAt at;
  EXPECT_OK(
      engine.Query({}, [&](const projections::ViewSet& views, const projections::Truth& truth) {
        EXPECT_EQ(truth.checkpoint.size, size);
        at = Observe(views);
        return absl::OkStatus();
      }));
  return at;
}

// What a query for a past size sees.
inline ViewsAt ObservePast(projections::ViewReader& engine, std::uint64_t size) {
  projections::AsOf as_of;
  as_of.recorded_size = size;
  ViewsAt at;
  EXPECT_OK(
      engine.Query(as_of, [&](const projections::ViewSet& views, const projections::Truth& truth) {
        EXPECT_EQ(truth.checkpoint.size, size);
        at = Observe(views);
        return absl::OkStatus();
      }));
  return at;
}

inline projections::Engine::Deadline Soon() {
  return std::chrono::steady_clock::now() + std::chrono::seconds(60);
}

struct ViewPropertyOptions {
  std::uint64_t step_max = 1;       // events that the log grows by at once: 1 to this, random
  std::uint64_t restart_every = 0;  // restart after so many steps; 0 = never
  std::uint32_t seed = 20180917;    // printed when the law fails
};

// Grows the log step by step under a running engine with random batch and commit sizes, and
// compares after every step.
inline void ExpectEngineEqualsFold(eventstore::EventStore& log,
                                   const projections::ViewSetFactory& factory,
                                   const ViewPropertyOptions& options) {
  SCOPED_TRACE("seed " + std::to_string(options.seed) + ", restart every " +
               std::to_string(options.restart_every));
  std::mt19937 random(options.seed);
  const auto between = [&random](std::uint64_t low, std::uint64_t high) {
    return std::uniform_int_distribution<std::uint64_t>(low, high)(random);
  };
  const std::uint64_t end = log.Head().size;
  PrefixEventStore prefix(log);
  projections::MemoryViewStore store;
  std::unique_ptr<projections::Engine> engine;
  std::uint64_t steps = 0;
  for (std::uint64_t size = 0; size < end; ++steps) {
    if (engine == nullptr || (options.restart_every != 0 && steps % options.restart_every == 0)) {
      engine.reset();
      projections::EngineOptions tuning;
      tuning.batch_events = static_cast<std::size_t>(between(1, 9));
      tuning.commit_events = between(1, 5);
      ASSERT_OK_AND_ASSIGN(engine, projections::Engine::Open(prefix, store, factory, tuning));
      ASSERT_EQ(ObserveEngine(*engine, size), ObserveFold(log, factory, size));
      engine->Start();
    }
    size = std::min(end, size + between(1, options.step_max));
    prefix.Grow(size);
    ASSERT_OK(engine->WaitFor({size - 1}, Soon()));
    ASSERT_EQ(ObserveEngine(*engine, size), ObserveFold(log, factory, size)) << "size " << size;
  }
}

struct PastPropertyOptions {
  int questions = 100;  // random past sizes, besides the first and the last
  std::uint32_t seed = 20180917;
};

// Grows the log under an engine that keeps states at random distances, restarts it now and then,
// and asks for random past sizes along the way and at the end.
inline void ExpectThePastIsAFold(eventstore::EventStore& log,
                                 const projections::ViewSetFactory& factory,
                                 projections::ViewStore& store,
                                 const PastPropertyOptions& options = {}) {
  SCOPED_TRACE("seed " + std::to_string(options.seed));
  std::mt19937 random(options.seed);
  const auto between = [&random](std::uint64_t low, std::uint64_t high) {
    return std::uniform_int_distribution<std::uint64_t>(low, high)(random);
  };
  const std::uint64_t end = log.Head().size;
  PrefixEventStore prefix(log);
  constexpr int kRestarts = 5;
  for (int restart = 1; restart <= kRestarts; ++restart) {
    const std::uint64_t size = end * static_cast<std::uint64_t>(restart) / kRestarts;
    prefix.Grow(size);
    projections::EngineOptions tuning;
    tuning.batch_events = static_cast<std::size_t>(between(1, 9));
    tuning.commit_events = between(1, 5);
    tuning.keep_events = between(1, 20);
    tuning.kept_states_max = static_cast<std::size_t>(between(1, 12));
    ASSERT_OK_AND_ASSIGN(const auto engine,
                         projections::Engine::Open(prefix, store, factory, tuning));
    engine->Start();
    if (size > 0) {
      ASSERT_OK(engine->WaitFor({size - 1}, Soon()));
    }
    for (int i = 0; i < options.questions / kRestarts; ++i) {
      const std::uint64_t past = between(0, size);
      ASSERT_EQ(ObservePast(*engine, past), ObserveFold(log, factory, past)) << "size " << past;
    }
    ASSERT_EQ(ObservePast(*engine, size), ObserveFold(log, factory, size));
  }
}

// All of it: every prefix, restarts, steps of random size, and the past.
inline void ExpectViewsArePureFolds(eventstore::EventStore& log,
                                    const projections::ViewSetFactory& factory,
                                    std::uint32_t seed = 20180917) {
  ExpectEngineEqualsFold(log, factory, {.step_max = 1, .restart_every = 0, .seed = seed});
  ExpectEngineEqualsFold(log, factory, {.step_max = 1, .restart_every = 1, .seed = seed + 1});
  ExpectEngineEqualsFold(log, factory, {.step_max = 5, .restart_every = 3, .seed = seed + 2});
  projections::MemoryViewStore store;
  ExpectThePastIsAFold(log, factory, store, {.seed = seed + 3});
}

}  // namespace daybook::testing
