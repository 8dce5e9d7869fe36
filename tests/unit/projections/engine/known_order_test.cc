// The views as known on a day, against a filter that holds every event and knows nothing of runs.
#include "projections/engine/known_order.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "projections/core/known_day.h"
#include "tests/support/view_property.h"
#include "tests/unit/projections/engine/test_views.h"

namespace daybook::projections::testing {
namespace {

using eventstore::CivilDay;
using eventstore::RecordedEvent;
constexpr std::int64_t kDayMicros = 86'400'000'000;

// What one view makes of the events, as lines; the rule of KnownOrder::Fold said once more.
struct Naive {
  std::unique_ptr<View> view;
  ViewProgress progress;

  void Give(const RecordedEvent& event, std::optional<CivilDay> day, Handling handling) {
    if (progress.parked.has_value()) return;
    const std::unique_ptr<google::protobuf::Message> message(
        registry::PrototypeOf(event.event.type)->New());
    if (!message->ParseFromString(event.event.payload)) {
      progress.parked = ParkedAt{event.position, ""};
      return;
    }
    const bool late = handling == Handling::kApply && IsBackLoaded(event);
    view->Apply(
        {.recorded = &event, .message = message.get(), .back_loaded = late, .known_on = day});
    ++progress.applied;
    if (late) ++progress.counts.back_loaded;
  }
};

Handling HandlingOf(const View& view, const std::string& type) {
  for (const TypeHandling& handled : view.types()) {
    if (handled.type == type) return handled.handling;
  }
  return Handling::kIgnore;
}

std::vector<std::string> NaivelyKnownOn(eventstore::EventStore& log, std::uint64_t size,
                                        CivilDay day) {
  std::vector<RecordedEvent> events;
  EXPECT_OK(log.ReadAll({}, [&](RecordedEvent& event) {
    if (event.position.value < size) events.push_back(event);
    return true;
  }));
  std::vector<std::string> lines;
  for (auto& made : TwoViews()) {
    Naive naive{std::move(made), {}};
    for (const RecordedEvent& event : events) {
      if (HandlingOf(*naive.view, event.event.type) == Handling::kReference) {
        naive.Give(event, std::nullopt, Handling::kReference);
      }
    }
    std::vector<std::pair<CivilDay, const RecordedEvent*>> turns;
    for (const RecordedEvent& event : events) {
      if (HandlingOf(*naive.view, event.event.type) != Handling::kApply) continue;
      const auto known = KnownBy(event);
      if (!known.has_value()) {
        ++naive.progress.counts.known_unknown;
      } else if (*known > day) {
        ++naive.progress.counts.not_yet_known;
      } else {
        turns.emplace_back(*known, &event);
      }
    }
    std::stable_sort(turns.begin(), turns.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    for (const auto& [known, event] : turns) naive.Give(*event, day, Handling::kApply);
    lines.push_back(std::string(naive.view->name()) + " rows " +
                    eventstore::ToHex(Fingerprint(*naive.view)) + " applied " +
                    std::to_string(naive.progress.applied) + " counts " +
                    daybook::testing::CountsText(naive.progress.counts) +
                    (naive.progress.parked
                         ? " parked at " + std::to_string(naive.progress.parked->position.value)
                         : ""));
  }
  return lines;
}

std::vector<std::string> KnownOn(KnownOrder& order, eventstore::EventStore& log, std::uint64_t size,
                                 CivilDay day) {
  const auto views = order.Fold(log, size, day);
  EXPECT_OK(views);
  std::vector<std::string> lines;
  if (!views.ok()) return lines;
  for (const ViewSet::Slot& slot : (*views)->slots()) {
    const auto& parked = slot.progress.parked;
    lines.push_back(std::string(slot.view->name()) + " rows " +
                    eventstore::ToHex(Fingerprint(*slot.view)) + " applied " +
                    std::to_string(slot.progress.applied) + " counts " +
                    daybook::testing::CountsText(slot.progress.counts) +
                    (parked ? " parked at " + std::to_string(parked->position.value) : ""));
  }
  return lines;
}

class KnownOrderTest : public ::testing::Test {
 protected:
  KnownOrderTest() : order_(*KnownOrder::Make(&TwoViews)) {}

  eventstore::Known Draw() {
    switch (random_() % 6) {
      case 0:
        return Unknown();
      case 1:
        return InMonth(kToday - 40 + static_cast<std::int32_t>(random_() % 60));
      case 2:
        return {};
      default:
        return OnDay(kToday - static_cast<std::int32_t>(random_() % 5));
    }
  }
  void AppendSome(int events) {
    for (int i = 0; i < events; ++i) {
      const std::string id = "o" + std::to_string(random_() % 20);
      switch (random_() % 5) {
        case 0:
          log_.Area(id, Draw());
          break;
        case 1:
          log_.Alias(id);
          break;
        default:
          log_.Organisation(id, Draw());
      }
      if (random_() % 10 == 0) log_.clock.Advance(kDayMicros);
    }
  }

  std::mt19937_64 random_{20240318};
  TestLog log_;
  std::unique_ptr<KnownOrder> order_;
};

TEST_F(KnownOrderTest, IsTheNaiveFilterForAnyDayAndSizeInAnyOrderOfAsking) {
  for (int round = 0; round < 40; ++round) {
    AppendSome(1 + static_cast<int>(random_() % 60));
    for (int i = 0; i < 10; ++i) {
      const std::uint64_t size = random_() % (log_.store.Head().size + 1);
      const CivilDay day{kToday - 50 + static_cast<std::int32_t>(random_() % 400)};
      ASSERT_EQ(KnownOn(*order_, log_.store, size, day), NaivelyKnownOn(log_.store, size, day))
          << "size " << size << " day " << day.days;
    }
  }
}

TEST_F(KnownOrderTest, IsTheNaiveFilterOfALogThatParksAView) {
  AppendSome(30);
  log_.Broken(kOrganisation);
  AppendSome(30);
  log_.Broken(kArea);
  AppendSome(30);
  for (std::uint64_t size = 0; size <= log_.store.Head().size; ++size) {
    const CivilDay day{kToday + static_cast<std::int32_t>(random_() % 20)};
    ASSERT_EQ(KnownOn(*order_, log_.store, size, day), NaivelyKnownOn(log_.store, size, day))
        << "size " << size;
  }
}

TEST_F(KnownOrderTest, AFileOfManyRowsIsCutWhereItIsAskedFor) {
  for (int i = 0; i < 3000; ++i) log_.Organisation("o" + std::to_string(i), OnDay(kToday - 9));
  for (const std::uint64_t size : {1U, 1023U, 1024U, 1025U, 2999U, 3000U}) {
    EXPECT_EQ(KnownOn(*order_, log_.store, size, {kToday}),
              NaivelyKnownOn(log_.store, size, {kToday}));
    EXPECT_EQ(KnownOn(*order_, log_.store, size, {kToday - 10}),
              NaivelyKnownOn(log_.store, size, {kToday - 10}));
  }
}

}  // namespace
}  // namespace daybook::projections::testing
