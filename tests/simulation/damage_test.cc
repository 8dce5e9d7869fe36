// Damage at rest: a bit flips, or a file goes, anywhere in the directory. Either the start refuses
// and names it, or a read does, or nothing is missing; and fsck finds what matters.
#include <optional>
#include <string>

#include "eventstore/core/error.h"
#include "tests/simulation/campaign.h"
#include "tests/simulation/ledger_world.h"
#include "tests/support/status_matchers.h"

namespace daybook::simulation {
namespace {

using eventstore::ErrorReason;
using eventstore::GetErrorDetail;
using eventstore::RecordedEvent;
using ::testing::Test;

constexpr int kDamagesPerWorld = 60;

struct Outcome {
  bool refused = false;  // the start, or a read, with LOG_DAMAGED
  bool fsck_found = false;
  std::uint64_t events = 0;
};

struct Life {
  std::unique_ptr<SimulatedDisk> disk;  // as it lies there
  std::vector<RecordedEvent> events;
};

// A ledger with several starts, a crash, and tables on several levels.
Life MakeLife(std::uint64_t seed) {
  LedgerWorld world(seed);
  for (int start = 0; start < 4; ++start) {
    EXPECT_OK(world.Open());
    for (int i = 0; i < 12; ++i) world.Send(20);
    world.Verify();
    if (world.dice().OneIn(2)) {
      world.disk().PowerOff();
      world.Close();
      world.PowerOn();
    }
    world.Close();
  }
  EXPECT_OK(world.Open());
  world.Verify();
  Life life;
  EXPECT_OK(world.store().ReadAll({}, [&](RecordedEvent& event) {
    life.events.push_back(std::move(event));
    return true;
  }));
  if (world.dice().OneIn(2)) world.disk().PowerOff();  // nothing is written at the end
  world.Close();
  world.PowerOn();
  life.disk = world.disk().Copy(seed);
  return life;
}

void ExpectNamed(const absl::Status& status) {
  EXPECT_EQ(ErrorReason(status), "LOG_DAMAGED") << status;
  const auto detail = GetErrorDetail(status);
  if (detail) {
    EXPECT_NE(detail->metadata.count("file"), 0u) << status;
  }
}

// A start, and everything read. What is served must be what was acknowledged.
void Serve(LedgerWorld& world, const Life& life, Outcome& outcome) {
  if (const absl::Status opened = world.Open(); !opened.ok()) {
    outcome.refused = true;
    ExpectNamed(opened);
    return;
  }
  std::uint64_t next = 0;
  const absl::Status read = world.store().ReadAll({}, [&](RecordedEvent& event) {
    if (next < life.events.size()) {
      EXPECT_TRUE(event == life.events[next]) << "event " << next;
    }
    ++next;
    return true;
  });
  if (!read.ok()) {
    outcome.refused = true;
    ExpectNamed(read);
  } else {
    EXPECT_EQ(next, life.events.size()) << "served without a word: events are missing";
  }
  for (const RecordedEvent& event : life.events) {
    if (event.revision.value != 0) continue;
    const auto count = world.store().StreamEventCount(event.stream);
    if (count.ok()) {
      EXPECT_GT(*count, 0u);
    } else {
      outcome.refused = true;
      ExpectNamed(count.status());
    }
  }
}

void OneDamage(const Life& life, std::uint64_t seed, const std::string& path,
               std::optional<std::uint64_t> offset) {
  SCOPED_TRACE(offset ? "bit flipped in " + path + " at " + std::to_string(*offset)
                      : "without " + path);
  LedgerWorld world(seed);
  world.Replace(life.disk->Copy(seed));
  if (offset) {
    world.disk().Flip(path, *offset, static_cast<int>(seed % 8));
  } else {
    world.disk().Erase(path);
  }
  Outcome outcome;
  if (world.disk().KindOf(world.CheckOptions().directory.string() + "/IDENTITY") !=
      SimulatedDisk::Kind::kNone) {
    const auto report = eventstore::CheckLedger(world.CheckOptions());
    ASSERT_OK(report);
    outcome.fsck_found = report->findings_total > 0;
  } else {
    outcome.fsck_found = true;  // refuses to look: no ledger there
  }
  Serve(world, life, outcome);
  world.Close();
  if (outcome.refused) {
    EXPECT_TRUE(outcome.fsck_found) << "fsck says clean, the store refuses";
  }
}

void OneDamageWorld(std::uint64_t seed, Tally& tally) {
  const Life life = MakeLife(seed);
  eventstore::testing::Dice dice(seed);
  std::vector<std::pair<std::string, std::uint64_t>> files;
  for (const auto& [path, size] : life.disk->FilesUnder("/data/log"))
    files.emplace_back(path, size);
  for (const auto& [path, size] : files) {
    if (Test::HasFailure()) return;
    OneDamage(life, seed, path, std::nullopt);
    ++tally.tries;
  }
  for (int i = 0; i < kDamagesPerWorld && !Test::HasFailure(); ++i) {
    const auto& [path, size] = files[dice.Below(files.size())];
    if (size == 0) continue;
    OneDamage(life, seed + static_cast<std::uint64_t>(i), path, dice.Below(size));
    ++tally.tries;
  }
  tally.acknowledged += life.events.size();
}

TEST(Damage, AtRestIsNamedOrHarmless) { RunCampaign("damage at rest", &OneDamageWorld); }

}  // namespace
}  // namespace daybook::simulation
