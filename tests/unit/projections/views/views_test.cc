// What every view must be: complete in its types, and a pure fold.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "eventstore/memory/memory_event_store.h"
#include "projections/store/rocksdb_view_store.h"
#include "projections/views/all_views.h"
#include "projections/views/row_key.h"
#include "proto/registry/event_types.h"
#include "tests/support/fake_clock.h"
#include "tests/support/random_events.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"
#include "tests/support/view_property.h"

namespace daybook::views {
namespace {

TEST(AllViews, SayOfEveryRegisteredTypeWhatTheyDoWithIt) {
  for (const auto& view : AllViews()) {
    std::vector<std::string> named;
    for (const projections::TypeHandling& type : view->types()) named.push_back(type.type);
    std::sort(named.begin(), named.end());
    EXPECT_EQ(named, registry::AllEventTypes()) << view->name();
  }
}

TEST(AllViews, HaveNamesOfTheirOwn) {
  std::set<std::string> names;
  for (const auto& view : AllViews()) {
    EXPECT_TRUE(names.insert(std::string(view->name())).second) << view->name();
  }
}

TEST(AllViews, UseEveryTypeSomewhereExceptTheOnesThatChangeNoTable) {
  std::set<std::string> used;
  for (const auto& view : AllViews()) {
    for (const projections::TypeHandling& type : view->types()) {
      if (type.handling != projections::Handling::kIgnore) used.insert(type.type);
    }
  }
  std::vector<std::string> unused;
  for (const std::string& type : registry::AllEventTypes()) {
    if (!used.contains(type)) unused.push_back(type);
  }
  EXPECT_EQ(unused, (std::vector<std::string>{
                        "referrals.ReferralStatusChanged", "submissions.ReadingRuleKept",
                        "submissions.ReadingRuleRevoked", "submissions.RowsMovedAway"}));
}

TEST(RowKey, IsDifferentForDifferentPartsWhateverTheyHold) {
  EXPECT_NE(RowKey({"a", "b"}), RowKey({"ab", ""}));
  EXPECT_NE(RowKey({"a\x1f", "b"}), RowKey({"a",
                                            "\x1f"
                                            "b"}));
  EXPECT_NE(RowKey({"\x1es"}), RowKey({"\x1f"}));
  EXPECT_TRUE(RowKey({"a", "b"}).starts_with(RowKey({"a"})));
}

class ViewsAreFolds : public ::testing::TestWithParam<std::uint32_t> {};

TEST_P(ViewsAreFolds, AtEveryPrefixAndAfterEveryRestart) {
  const std::uint32_t seed = GetParam();
  SCOPED_TRACE("events of seed " + std::to_string(seed));
  testing::FakeClock clock;
  eventstore::MemoryEventStore log(clock);
  testing::RandomEvents events(seed);
  constexpr int kEvents = 150;
  int made = 0;
  // Every type at least once, then whatever comes.
  const auto append = [&](eventstore::NewEvent event) {
    eventstore::AppendRequest request;
    request.agency = made % 3 == 0 ? "agency-one" : "agency-two";
    request.request_id = std::to_string(made++);
    request.writes.push_back({.stream = "random", .events = {std::move(event)}});
    ASSERT_OK(log.Append(std::move(request)));
    clock.Advance(testing::FakeClock::kHour);
  };
  for (const std::string& type : registry::AllEventTypes()) {
    append(events.OfType(type, "event-" + std::to_string(made)));
  }
  while (made < kEvents) append(events.Next("event-" + std::to_string(made)));
  testing::ExpectViewsArePureFolds(log, &AllViews, seed);
  const testing::TempDir directory;
  ASSERT_OK_AND_ASSIGN(const auto store,
                       projections::RocksDbViewStore::Open(directory.path() / "views"));
  testing::ExpectThePastIsAFold(log, &AllViews, *store, {.seed = seed});
}

INSTANTIATE_TEST_SUITE_P(Seeds, ViewsAreFolds, ::testing::Values(1, 2018, 20240131));

}  // namespace
}  // namespace daybook::views
