#include "services/commands/register_cache.h"

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "eventstore/memory/memory_event_store.h"
#include "services/partners/domain/area_register.h"
#include "tests/support/status_matchers.h"
#include "tests/unit/services/commands/store_helpers.h"

namespace daybook::commands {
namespace {

using daybook::testing::AppendTo;
using daybook::testing::AreaNamed;
using daybook::testing::HasReason;
using partners::AreaRegister;

const std::string kAreas(AreaRegister::kStream);

TEST(RegisterCache, SeesWhatWasAppendedSinceTheLastLook) {
  eventstore::MemoryEventStore store;
  RegisterCache<AreaRegister> cache(store);
  ASSERT_OK_AND_ASSIGN(const auto before, cache.Read());
  EXPECT_EQ(before->size(), 0U);
  AppendTo(store, kAreas, AreaNamed("riverside"));
  ASSERT_OK_AND_ASSIGN(const auto after, cache.Read());
  EXPECT_EQ(after->size(), 1U);
  AppendTo(store, kAreas, AreaNamed("hill"));
  ASSERT_OK_AND_ASSIGN(const auto later, cache.Get());
  EXPECT_EQ(later.state->size(), 2U);
  EXPECT_EQ(later.event_count, 2U);
}

TEST(RegisterCache, AnOlderSnapshotStaysAsItWas) {
  eventstore::MemoryEventStore store;
  RegisterCache<AreaRegister> cache(store);
  AppendTo(store, kAreas, AreaNamed("riverside"));
  ASSERT_OK_AND_ASSIGN(const auto before, cache.Read());
  AppendTo(store, kAreas, AreaNamed("hill"));
  ASSERT_OK_AND_ASSIGN(const auto after, cache.Read());
  EXPECT_EQ(before->Find("hill"), nullptr);
  EXPECT_NE(after->Find("hill"), nullptr);
}

TEST(RegisterCache, WithoutNewsTheSnapshotIsTheSame) {
  eventstore::MemoryEventStore store;
  RegisterCache<AreaRegister> cache(store);
  AppendTo(store, kAreas, AreaNamed("riverside"));
  ASSERT_OK_AND_ASSIGN(const auto a, cache.Read());
  ASSERT_OK_AND_ASSIGN(const auto b, cache.Read());
  EXPECT_EQ(a, b);
}

TEST(RegisterCache, LoadRemembersTheRevisionOfTheSnapshot) {
  eventstore::MemoryEventStore store;
  RegisterCache<AreaRegister> cache(store);
  StreamLoader empty(store);
  ASSERT_OK(cache.Load(empty).status());
  EXPECT_EQ(empty.Expected(kAreas), eventstore::ExpectedRevision::NoStream());
  AppendTo(store, kAreas, AreaNamed("riverside"));
  StreamLoader loader(store);
  ASSERT_OK(cache.Load(loader).status());
  EXPECT_EQ(loader.Expected(kAreas),
            eventstore::ExpectedRevision::Exactly(eventstore::Revision{0}));
}

TEST(RegisterCache, ManyReadersAndAWriterAgree) {
  eventstore::MemoryEventStore store;
  RegisterCache<AreaRegister> cache(store);
  std::vector<std::jthread> readers;
  for (int i = 0; i < 4; ++i) {
    readers.emplace_back([&] {
      std::size_t seen = 0;
      while (seen < 50) {
        const auto state = cache.Read();
        ASSERT_TRUE(state.ok());
        ASSERT_GE((*state)->size(), seen);
        seen = (*state)->size();
      }
    });
  }
  for (int i = 0; i < 50; ++i) AppendTo(store, kAreas, AreaNamed("area-" + std::to_string(i)));
}

TEST(StreamLoader, ExpectsWhatItSawAndAnythingOfWhatItDidNotLookAt) {
  eventstore::MemoryEventStore store;
  AppendTo(store, "s1", AreaNamed("riverside"));
  AppendTo(store, "s1", AreaNamed("hill"));
  StreamLoader loader(store);
  int events = 0;
  ASSERT_OK_AND_ASSIGN(const auto count,
                       loader.Fold("s1", [&](const auto&, const auto&) { ++events; }));
  EXPECT_EQ(count, 2U);
  EXPECT_EQ(events, 2);
  ASSERT_OK_AND_ASSIGN(const auto none, loader.Count("s2"));
  EXPECT_EQ(none, 0U);
  EXPECT_EQ(loader.Expected("s1"), eventstore::ExpectedRevision::Exactly(eventstore::Revision{1}));
  EXPECT_EQ(loader.Expected("s2"), eventstore::ExpectedRevision::NoStream());
  EXPECT_EQ(loader.Expected("s3"), eventstore::ExpectedRevision::Any());
}

TEST(StreamLoader, TheFirstLookDecidesWhatIsExpected) {
  eventstore::MemoryEventStore store;
  StreamLoader loader(store);
  ASSERT_OK(loader.Count("s1").status());
  AppendTo(store, "s1", AreaNamed("riverside"));
  ASSERT_OK(loader.Count("s1").status());
  EXPECT_EQ(loader.Expected("s1"), eventstore::ExpectedRevision::NoStream());
}

TEST(StreamLoader, AnEventThatDoesNotDecodeIsDamage) {
  eventstore::MemoryEventStore store;
  eventstore::NewEvent event;
  event.id = "e1";
  event.type = "partners.NoSuchFact";
  event.payload = "x";
  eventstore::AppendRequest request;
  request.agency = "north-police";
  request.request_id = "r1";
  request.writes.push_back({"s1", eventstore::ExpectedRevision::Any(), {event}});
  ASSERT_OK(store.Append(request).status());
  StreamLoader loader(store);
  EXPECT_THAT(loader.Fold("s1", [](const auto&, const auto&) {}), HasReason("LOG_DAMAGED"));
}

}  // namespace
}  // namespace daybook::commands
