// Seeded random histories: any implementation does what the reference twin does.
#include <cstdlib>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "eventstore/core/error.h"
#include "eventstore/memory/memory_event_store.h"
#include "eventstore/merkle/hash.h"
#include "tests/contract/event_store_contract.h"

namespace daybook::eventstore {
namespace {

using ::daybook::testing::Describe;
using ::daybook::testing::FakeClock;

// Salts are random and the leaf hangs on them: everything else must be the same.
std::vector<RecordedEvent> WithoutSalt(std::vector<RecordedEvent> events) {
  for (RecordedEvent& event : events) {
    event.salt = {};
    event.leaf = {};
  }
  return events;
}

std::vector<RecordedEvent> ReadAllOf(EventStore& store, const ReadAllOptions& options) {
  std::vector<RecordedEvent> events;
  EXPECT_OK(store.ReadAll(options, [&events](RecordedEvent& event) {
    events.push_back(std::move(event));
    return true;
  }));
  return WithoutSalt(std::move(events));
}

std::vector<RecordedEvent> ReadStreamOf(EventStore& store, const std::string& stream,
                                        std::uint64_t from, Direction direction,
                                        std::uint64_t limit) {
  std::vector<RecordedEvent> events;
  EXPECT_OK(store.ReadStream(stream, {from}, direction, limit, [&events](RecordedEvent& event) {
    events.push_back(std::move(event));
    return true;
  }));
  return WithoutSalt(std::move(events));
}

// Random values; each draw moves the one generator, so a seed is a history.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : generator_(seed) {}

  std::uint64_t Below(std::uint64_t end) { return generator_() % end; }
  bool OneIn(std::uint64_t n) { return Below(n) == 0; }
  std::string Bytes(std::uint64_t size_end) {
    std::string bytes(Below(size_end), '\0');
    for (char& byte : bytes) {
      byte = static_cast<char>(Below(256));
    }
    return bytes;
  }
  std::string Stream() { return "stream-" + std::to_string(Below(6)); }
  std::string Type() {
    static constexpr const char* kTypes[] = {"a.One", "a.Two", "b.One", "b.Two", "ab.One"};
    return kTypes[Below(std::size(kTypes))];
  }
  ExpectedRevision Expected() {
    switch (Below(6)) {
      case 0:
        return ExpectedRevision::NoStream();
      case 1:
        return ExpectedRevision::StreamExists();
      case 2:
        return ExpectedRevision::Exactly({Below(20)});
      default:
        return ExpectedRevision::Any();
    }
  }
  Filter AFilter() {
    Filter filter;
    for (std::uint64_t i = Below(3); i > 0; --i) {
      filter.types.push_back(Type());
    }
    if (OneIn(3)) {
      filter.contexts.push_back(OneIn(2) ? "a" : "b");
    }
    return filter;
  }

 private:
  std::mt19937_64 generator_;
};

NewEvent RandomEvent(Dice& dice) {
  NewEvent event;
  event.id = "event-" + std::to_string(dice.Below(UINT64_MAX));
  event.type = dice.Type();
  event.schema_version = 1 + static_cast<std::uint32_t>(dice.Below(3));
  event.effective.start = {static_cast<std::int32_t>(dice.Below(40'000)) - 20'000};
  event.effective.end = {event.effective.start.days + static_cast<std::int32_t>(dice.Below(400))};
  event.known.precision = static_cast<KnownPrecision>(dice.Below(4));
  event.known.day = {static_cast<std::int32_t>(dice.Below(20'000))};
  event.marking = dice.OneIn(3) ? "OFFICIAL" : "";
  event.basis = dice.OneIn(3) ? "s115" : "";
  event.payload = dice.Bytes(dice.OneIn(20) ? 5000 : 60);
  for (std::uint64_t i = dice.OneIn(3) ? dice.Below(4) : 0; i > 0; --i) {
    SealedPart part;
    part.name = "part-" + std::to_string(i);
    part.key_id = "key-" + std::to_string(dice.Below(5));
    part.nonce = std::string(24, static_cast<char>(dice.Below(256)));
    part.ciphertext = "c" + dice.Bytes(50);
    event.parts.push_back(std::move(part));
  }
  return event;
}

AppendRequest RandomRequest(Dice& dice) {
  AppendRequest request;
  request.agency = dice.OneIn(2) ? "council" : "police";
  request.actor = dice.OneIn(2) ? "officer" : "";
  request.request_id = "request-" + std::to_string(dice.Below(400));  // some come back
  request.fingerprint = merkle::Sha256(request.request_id + (dice.OneIn(8) ? "other" : ""));
  request.correlation_id = dice.OneIn(2) ? "correlation" : "";
  request.answer = dice.Bytes(20);
  for (std::uint64_t writes = 1 + dice.Below(3); writes > 0; --writes) {
    StreamWrite write{dice.Stream(), dice.Expected(), {}};
    for (std::uint64_t events = dice.Below(4); events > 0; --events) {
      write.events.push_back(RandomEvent(dice));
    }
    request.writes.push_back(
        std::move(write));  // now and then one stream twice, or no event at all
  }
  return request;
}

void CompareAppends(EventStore& store, EventStore& oracle, const AppendRequest& request) {
  const auto actual = store.Append(request);
  const auto expected = oracle.Append(request);
  ASSERT_EQ(Describe(actual.status()), Describe(expected.status()));
  ASSERT_EQ(GetErrorDetail(actual.status()), GetErrorDetail(expected.status()));
  if (actual.ok()) {
    ASSERT_TRUE(*actual == *expected);
  }
}

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
