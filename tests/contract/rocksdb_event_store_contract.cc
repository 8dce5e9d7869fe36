// The event store on disk, with segments small enough that the contract crosses many of them: once
// closed cleanly before it is opened again, once left as a killed process leaves it.
#include <memory>
#include <utility>

#include "eventstore/rocksdb/rocks_event_store.h"
#include "tests/contract/event_store_contract.h"
#include "tests/support/temp_dir.h"

namespace daybook::eventstore {
namespace {

class RocksUnderTest final : public StoreUnderTest {
 public:
  enum class End { kClean, kCrash };

  RocksUnderTest(const Clock& clock, End end) : clock_(clock), end_(end) { OpenStore(); }

  EventStore& store() override { return *store_; }

  void Reopen() override {
    if (end_ == End::kClean) {
      EXPECT_OK(store_->Close());
    } else {
      store_->AbandonForTest();
    }
    store_.reset();
    OpenStore();
    EXPECT_EQ(store_->report().clean_stop, end_ == End::kClean);
    EXPECT_FALSE(store_->report().torn.has_value());
  }

 private:
  void OpenStore() {
    RocksEventStoreOptions options;
    options.directory = directory_.path();
    options.clock = &clock_;
    options.segment_bytes = 64U << 10;
    absl::StatusOr<std::unique_ptr<RocksEventStore>> store =
        RocksEventStore::Open(std::move(options));
    ASSERT_OK(store);
    store_ = *std::move(store);
  }

  const Clock& clock_;
  const End end_;
  ::daybook::testing::TempDir directory_;
  std::unique_ptr<RocksEventStore> store_;
};

std::unique_ptr<StoreUnderTest> CreateClosing(const Clock& clock) {
  return std::make_unique<RocksUnderTest>(clock, RocksUnderTest::End::kClean);
}
std::unique_ptr<StoreUnderTest> CreateCrashing(const Clock& clock) {
  return std::make_unique<RocksUnderTest>(clock, RocksUnderTest::End::kCrash);
}

INSTANTIATE_TEST_SUITE_P(RocksDb, EventStoreContract,
                         ::testing::Values(EventStoreFactory{"rocksdb", CreateClosing},
                                           EventStoreFactory{"rocksdb_crashing", CreateCrashing}),
                         NameOf);

}  // namespace
}  // namespace daybook::eventstore
