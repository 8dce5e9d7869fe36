// The power goes at every disk operation of an upgrade: what is left opens in the older version or
// in the newer one, with every event, and the next start goes on.
#include "eventstore/rocksdb/upgrade.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "eventstore/rocksdb/rocks_event_store.h"
#include "tests/simulation/simulated_disk.h"
#include "tests/simulation/simulated_file_system.h"
#include "tests/support/fake_clock.h"
#include "tests/support/status_matchers.h"
#include "tests/unit/eventstore/rocksdb_fixture.h"

namespace daybook::simulation {
namespace {

using eventstore::LedgerFormat;
using eventstore::RocksEventStore;
using eventstore::RocksEventStoreOptions;
using eventstore::rocks::Files;
using eventstore::rocks::FormatSupport;
using eventstore::rocks::UpgradeStep;

const std::filesystem::path kLedger = "/ledger";
constexpr std::uint64_t kSeeds = 4;  // each loses other bytes of what was not synced
constexpr std::size_t kEvents = 5;

// Two files of the new format, made out of what the directory holds: one from its IDENTITY, one
// from the other, so that half of the work shows.
UpgradeStep Step(std::uint32_t to) {
  const auto run = [to](const Files& files,
                        const std::filesystem::path& directory) -> absl::Status {
    const std::string name = "made-for-" + std::to_string(to);
    DAYBOOK_RETURN_IF_ERROR(files.WriteWholeDurably(directory / (name + "-first"), "first"));
    DAYBOOK_ASSIGN_OR_RETURN(const std::string first,
                             files.ReadWhole(directory / (name + "-first")));
    return files.WriteWholeDurably(directory / (name + "-second"), first + " and second");
  };
  return {.format = {.from = {.number = to - 1}, .to = {.number = to}, .what = "two files"},
          .run = run};
}

FormatSupport Formats(std::uint32_t current) {
  FormatSupport formats{.current = {.number = current}, .steps = {}};
  for (std::uint32_t to = 2; to <= current; ++to) formats.steps.push_back(Step(to));
  return formats;
}

class UpgradeWorld {
 public:
  explicit UpgradeWorld(std::unique_ptr<SimulatedDisk> disk)
      : disk_(std::move(disk)), env_(MakeEnv(*disk_)) {}

  absl::StatusOr<std::unique_ptr<RocksEventStore>> Open(const FormatSupport& formats) {
    RocksEventStoreOptions options;
    options.directory = kLedger;
    options.env = env_.get();
    options.clock = &clock_;
    options.formats = &formats;
    options.segment_bytes = 64U << 10;
    options.recover_after = absl::InfiniteDuration();
    return RocksEventStore::Open(std::move(options));
  }

  void MakeLedger() {
    const FormatSupport first = Formats(1);
    ASSERT_OK_AND_ASSIGN(const auto store, Open(first));
    for (std::size_t i = 0; i < kEvents; ++i) {
      ASSERT_OK(store->Append(eventstore::MakeRequest("r" + std::to_string(i), "s")));
    }
    ASSERT_OK(store->Close());
  }

  std::string Format() {
    return eventstore::rocks::ReadFormat(Files(env_.get()), kLedger)->value_or("none");
  }

  // Opens it with a program of that format and reads everything.
  void ExpectWhole(const FormatSupport& formats) {
    ASSERT_OK_AND_ASSIGN(const auto store, Open(formats));
    std::size_t events = 0;
    ASSERT_OK(store->ReadAll({}, [&events](eventstore::RecordedEvent&) { return ++events > 0; }));
    EXPECT_EQ(events, kEvents);
    for (std::uint32_t to = 2; to <= formats.current.number; ++to) {
      const std::string file = "made-for-" + std::to_string(to) + "-second";
      EXPECT_THAT(Files(env_.get()).ReadWhole(kLedger / file),
                  daybook::testing::IsOkAndHolds("first and second"));
    }
    EXPECT_OK(store->Close());
  }

  SimulatedDisk& disk() { return *disk_; }

 private:
  std::unique_ptr<SimulatedDisk> disk_;
  std::unique_ptr<rocksdb::Env> env_;
  daybook::testing::FakeClock clock_;
};

// The same start with the power going before the operation after `operations` more. False when it
// came to its end before.
bool LoseDuringUpgrade(SimulatedDisk& ledger, std::uint64_t seed, std::uint64_t operations) {
  SCOPED_TRACE("operation " + std::to_string(operations) + ", seed " + std::to_string(seed));
  const FormatSupport newest = Formats(3);
  UpgradeWorld world(ledger.Copy(seed));
  world.disk().PowerOffAfter(operations);
  if (auto store = world.Open(newest); store.ok()) (*store)->AbandonForTest();
  const bool lost = world.disk().is_off();
  world.disk().PowerOff();
  world.disk().PowerOn();
  const std::string left = world.Format();
  // A program of the format that was left opens it, or the next start of the newest does.
  auto copy = world.disk().Copy(seed);
  const std::uint32_t number = eventstore::ParseLedgerFormat(left).value_or(LedgerFormat{}).number;
  EXPECT_TRUE(number >= 1 && number <= 3) << left;
  UpgradeWorld(std::move(copy)).ExpectWhole(Formats(number));
  world.ExpectWhole(newest);
  EXPECT_EQ(world.Format(), "3");
  return lost;
}

TEST(UpgradeUnderPowerLoss, LeavesTheOlderOrTheNewerFormatAtEveryDiskOperation) {
  UpgradeWorld first(std::make_unique<SimulatedDisk>(1));
  first.MakeLedger();
  std::uint64_t operations = 0;
  for (bool lost = true; lost && !::testing::Test::HasFailure(); ++operations) {
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
      lost = LoseDuringUpgrade(first.disk(), seed, operations);
    }
  }
  EXPECT_GT(operations, 40u) << "an upgrade of two steps has more to do";
  RecordProperty("operations", static_cast<int>(operations));
}

}  // namespace
}  // namespace daybook::simulation
