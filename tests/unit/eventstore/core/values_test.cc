// The small values: hexadecimal, filters, expected revisions, UTF-8, civil days.
#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "eventstore/core/civil_day.h"
#include "eventstore/core/event_store.h"
#include "eventstore/core/expected_revision.h"
#include "eventstore/core/ids.h"
#include "eventstore/core/utf8.h"

namespace daybook::eventstore {
namespace {

using namespace std::chrono_literals;  // NOLINT: dates read better

TEST(Hex, HasTwoLowerCaseDigitsAByte) {
  EXPECT_EQ(ToHex(std::string("\x00\x7f\xab\xff", 4)), "007fabff");
  EXPECT_EQ(ToHex(""), "");
  EXPECT_EQ(ToHex(Hash{}), std::string(64, '0'));
}

TEST(Filter, PassesEverythingWhenEmpty) {
  EXPECT_TRUE(Filter{}.PassesAll());
  EXPECT_TRUE(Filter{}.Passes("incidents.IncidentRecorded"));
}

TEST(Filter, PassesNamedTypesAndContexts) {
  const Filter filter{.types = {"actions.ActionAdded"}, .contexts = {"incidents"}};
  EXPECT_FALSE(filter.PassesAll());
  EXPECT_TRUE(filter.Passes("actions.ActionAdded"));
  EXPECT_TRUE(filter.Passes("incidents.Anything"));
  EXPECT_FALSE(filter.Passes("actions.ActionRemoved"));
  EXPECT_FALSE(filter.Passes("incident.Anything"));
  EXPECT_FALSE(filter.Passes("incidentsX.Anything"));
}

TEST(ExpectedRevision, HoldsAsItsKindSays) {
  EXPECT_TRUE(ExpectedRevision::Any().Holds(0));
  EXPECT_TRUE(ExpectedRevision::Any().Holds(9));
  EXPECT_TRUE(ExpectedRevision::NoStream().Holds(0));
  EXPECT_FALSE(ExpectedRevision::NoStream().Holds(1));
  EXPECT_FALSE(ExpectedRevision::StreamExists().Holds(0));
  EXPECT_TRUE(ExpectedRevision::StreamExists().Holds(1));
  EXPECT_TRUE(ExpectedRevision::Exactly({0}).Holds(1));
  EXPECT_FALSE(ExpectedRevision::Exactly({0}).Holds(0));
  EXPECT_FALSE(ExpectedRevision::Exactly({0}).Holds(2));
  EXPECT_FALSE(ExpectedRevision::Exactly({UINT64_MAX}).Holds(0));
}

TEST(Utf8, TakesWellFormedText) {
  EXPECT_TRUE(IsUtf8(""));
  EXPECT_TRUE(IsUtf8("plain"));
  EXPECT_TRUE(IsUtf8("\u00e9\u20ac\U0001F600\U0010FFFF"));
}

TEST(Utf8, RefusesWhatIsNotWellFormed) {
  for (const char* const text :
       {"\x80", "\xC3", "\xC3(", "\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xE2\x82",
        "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "fine\xE2(\xA1"}) {
    EXPECT_FALSE(IsUtf8(text)) << ToHex(text);
  }
}

TEST(Utf8, PrintableMeansWithoutControlCharacters) {
  EXPECT_TRUE(IsPrintableUtf8("a b-c"));
  EXPECT_FALSE(IsPrintableUtf8("a\tb"));
  EXPECT_FALSE(IsPrintableUtf8("a\x7F"));
  EXPECT_TRUE(IsUtf8("a\tb"));
}

Instant At(std::chrono::sys_days day, std::chrono::microseconds time) {
  return {std::chrono::duration_cast<std::chrono::microseconds>(day.time_since_epoch()).count() +
          time.count()};
}

CivilDay Day(std::chrono::sys_days day) {
  return {static_cast<std::int32_t>(day.time_since_epoch().count())};
}

TEST(LondonDay, IsTheUtcDayInWinter) {
  const std::chrono::sys_days day{2026y / 1 / 5};
  EXPECT_EQ(LondonDay(At(day, 0us)), Day(day));
  EXPECT_EQ(LondonDay(At(day, 24h - 1us)), Day(day));
}

TEST(LondonDay, BeginsAnHourEarlierInSummer) {
  const std::chrono::sys_days day{2026y / 7 / 1};
  EXPECT_EQ(LondonDay(At(day, 23h - 1us)), Day(day));
  EXPECT_EQ(LondonDay(At(day, 23h)), Day(day + std::chrono::days(1)));
}

TEST(LondonDay, ChangesWithTheClocksOnTheLastSundaysOfMarchAndOctober) {
  const std::chrono::sys_days spring{2026y / 3 / 29};
  const std::chrono::days one(1);
  EXPECT_EQ(LondonDay(At(spring - one, 23h + 30min)), Day(spring - one));
  EXPECT_EQ(LondonDay(At(spring, 23h + 30min)), Day(spring + one));
  const std::chrono::sys_days autumn{2026y / 10 / 25};
  EXPECT_EQ(LondonDay(At(autumn - one, 23h + 30min)), Day(autumn));
  EXPECT_EQ(LondonDay(At(autumn, 23h + 30min)), Day(autumn));
}

TEST(LondonDay, KnowsInstantsBefore1970) { EXPECT_EQ(LondonDay({-1}), CivilDay{-1}); }

}  // namespace
}  // namespace daybook::eventstore
