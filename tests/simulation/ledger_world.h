// A whole ledger on a simulated disk, with the reference twin beside it: store, views and engine, a
// seeded workload with many requests in flight, and a check of everything that is promised.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "eventstore/memory/memory_event_store.h"
#include "eventstore/rocksdb/ledger_check.h"
#include "eventstore/rocksdb/rocks_event_store.h"
#include "projections/engine/engine.h"
#include "projections/store/rocksdb_view_store.h"
#include "rocksdb/env.h"
#include "tests/simulation/simulated_disk.h"
#include "tests/support/fake_clock.h"
#include "tests/support/random_events.h"
#include "tests/support/random_requests.h"

namespace daybook::simulation {

struct WorldCounts {
  std::uint64_t sent = 0;
  std::uint64_t acknowledged = 0;
  std::uint64_t unknown = 0;           // answered OUTCOME_UNKNOWN, or not before the end
  std::uint64_t unknown_recorded = 0;  // … and in the log after all
};

// Not thread-safe. Failures are gtest failures; `failed()` of the caller ends its loop.
class LedgerWorld {
 public:
  explicit LedgerWorld(std::uint64_t seed);
  ~LedgerWorld();
  LedgerWorld(const LedgerWorld&) = delete;
  LedgerWorld& operator=(const LedgerWorld&) = delete;

  // Starts store and views.
  absl::Status Open();
  bool is_open() const { return store_ != nullptr; }

  // Sends that many random requests at once and waits for their answers.
  void Send(std::uint64_t requests);
  // The same, and the power goes after that many disk operations. Ends switched off.
  void SendIntoPowerLoss(std::uint64_t requests, std::uint64_t operations);
  void PowerOn() { disk_->PowerOn(); }

  // In good order, or whatever the disk lets it do.
  void Close();

  // After a start, or Recover: what was in doubt is absent or wholly there once, and everything
  // else is as the twin has it. Sends what was in doubt once more.
  void Verify();
  // The ledger, closed, passes fsck. A directory that was never finished passes, too.
  void Check();

  // Copies the running log, restores the copy beside it: exactly a prefix, and fsck finds nothing.
  void BackUpAndRestore();

  // Puts another disk under the ledger; it must be closed.
  void Replace(std::unique_ptr<SimulatedDisk> disk);

  SimulatedDisk& disk() { return *disk_; }
  eventstore::RocksEventStore& store() { return *store_; }
  eventstore::testing::Dice& dice() { return dice_; }
  daybook::testing::FakeClock& clock() { return clock_; }
  const WorldCounts& counts() const { return counts_; }
  eventstore::LedgerCheckOptions CheckOptions() const;

 private:
  struct Sent;

  std::vector<std::shared_ptr<Sent>> Launch(std::uint64_t requests);
  void Settle(const std::vector<std::shared_ptr<Sent>>& all);
  void ResolveDoubts();
  absl::StatusOr<eventstore::AppendResult> AppendInTheEnd(const eventstore::AppendRequest& request,
                                                          bool& unknown);
  void VerifyViews();

  eventstore::testing::Dice dice_;
  daybook::testing::RandomEvents events_;
  daybook::testing::FakeClock clock_;
  eventstore::MemoryEventStore oracle_;
  std::unique_ptr<SimulatedDisk> disk_;
  std::unique_ptr<rocksdb::Env> env_;
  std::unique_ptr<eventstore::RocksEventStore> store_;
  std::unique_ptr<projections::RocksDbViewStore> view_store_;
  std::unique_ptr<projections::Engine> engine_;
  std::vector<eventstore::AppendRequest> in_doubt_;
  WorldCounts counts_;
  std::uint64_t next_event_ = 0;
  std::uint64_t restores_ = 0;
};

}  // namespace daybook::simulation
