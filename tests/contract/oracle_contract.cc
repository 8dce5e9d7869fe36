// Seeded random histories: any implementation does what the reference twin does.
#include <cstdlib>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "eventstore/core/error.h"
#include "eventstore/memory/memory_event_store.h"
#include "tests/contract/event_store_contract.h"
#include "tests/support/random_requests.h"
#include "tests/support/store_comparison.h"

namespace daybook::eventstore {
namespace {

using ::daybook::testing::FakeClock;
using testing::CompareAppends;
using testing::Describe;
using testing::Dice;
using testing::RandomRequest;
using testing::ReadAllOf;
using testing::ReadStreamOf;

void CompareReads(EventStore& store, EventStore& oracle, Dice& dice) {
  const std::uint64_t size = oracle.Head().size;
  ASSERT_EQ(store.Head().size, size);
  const Direction direction = dice.OneIn(2) ? Direction::kForward : Direction::kBackward;
  const std::uint64_t limit = dice.OneIn(2) ? UINT64_MAX : dice.Below(20);

  ReadAllOptions options;
  if (dice.OneIn(2)) {
    options.from = Position{dice.Below(size + 2)};
  }
  options.direction = direction;
  options.filter = dice.AFilter();
  options.limit = limit;
  ASSERT_TRUE(ReadAllOf(store, options) == ReadAllOf(oracle, options));

  const std::string stream = dice.Stream();
  const std::uint64_t from = dice.OneIn(4) ? UINT64_MAX : dice.Below(30);
  ASSERT_TRUE(ReadStreamOf(store, stream, from, direction, limit) ==
              ReadStreamOf(oracle, stream, from, direction, limit));
  ASSERT_EQ(store.StreamEventCount(stream).value(), oracle.StreamEventCount(stream).value());

  const Instant time{FakeClock::kStartMicros +
                     static_cast<std::int64_t>(dice.Below(40)) * FakeClock::kMinute};
  ASSERT_EQ(store.SizeAt(time).value(), oracle.SizeAt(time).value());

  const AppendRequest asked = RandomRequest(dice);
  const auto actual = store.FindRequest(asked.agency, asked.request_id, asked.fingerprint);
  const auto expected = oracle.FindRequest(asked.agency, asked.request_id, asked.fingerprint);
  ASSERT_EQ(Describe(actual.status()), Describe(expected.status()));
  ASSERT_TRUE(!actual.ok() || *actual == *expected);
}

// DAYBOOK_TEST_SEED repeats one history; otherwise a few fixed ones are run.
std::vector<std::uint64_t> Seeds() {
  if (const char* const seed = std::getenv("DAYBOOK_TEST_SEED"); seed != nullptr) {
    return {std::strtoull(seed, nullptr, 10)};
  }
  return {1, 2, 3, 20'260'105};
}

TEST_P(EventStoreContract, RandomHistoriesAreThoseOfTheReferenceTwin) {
  for (const std::uint64_t seed : Seeds()) {
    SCOPED_TRACE("DAYBOOK_TEST_SEED=" + std::to_string(seed));
    Dice dice(seed);
    clock_.SetWall({FakeClock::kStartMicros});
    const auto under_test = CreateAnother();
    MemoryEventStore oracle(clock_);
    for (int step = 0; step < 500 && !HasFatalFailure(); ++step) {
      SCOPED_TRACE("step " + std::to_string(step));
      switch (dice.Below(12)) {
        case 0:
          clock_.Advance(static_cast<std::int64_t>(dice.Below(5 * FakeClock::kMinute)));
          break;
        case 1:  // back, or forward by less than what counts as a jump
          clock_.JumpWall(static_cast<std::int64_t>(dice.Below(4 * FakeClock::kMinute)) -
                          2 * FakeClock::kMinute);
          break;
        case 2:
        case 3:
          CompareReads(under_test->store(), oracle, dice);
          break;
        case 4:
          if (dice.OneIn(5)) {
            under_test->Reopen();
          }
          break;
        default:
          CompareAppends(under_test->store(), oracle, RandomRequest(dice));
      }
    }
    ASSERT_FALSE(HasFatalFailure());
    ASSERT_TRUE(ReadAllOf(under_test->store(), {}) == ReadAllOf(oracle, {}));
  }
}

}  // namespace
}  // namespace daybook::eventstore
