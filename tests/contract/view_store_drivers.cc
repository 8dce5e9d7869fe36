// The contract of the view store for its two drivers.
#include <memory>

#include "projections/store/memory_view_store.h"
#include "projections/store/rocksdb_view_store.h"
#include "tests/contract/view_store_contract.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace daybook::projections {
namespace {

class MemoryUnderTest final : public ViewStoreUnderTest {
 public:
  ViewStore& store() override { return store_; }
  void Reopen() override {}

 private:
  MemoryViewStore store_;
};

class RocksDbUnderTest final : public ViewStoreUnderTest {
 public:
  RocksDbUnderTest() { Open(); }
  ViewStore& store() override { return *store_; }
  void Reopen() override {
    store_.reset();
    Open();
  }

 private:
  void Open() {
    auto opened = RocksDbViewStore::Open(directory_ / "views");
    EXPECT_OK(opened);
    store_ = std::move(opened).value();
    EXPECT_EQ(store_->dropped_because(), "");
  }
  daybook::testing::TempDir directory_;
  std::unique_ptr<RocksDbViewStore> store_;
};

INSTANTIATE_TEST_SUITE_P(
    Drivers, ViewStoreContract,
    ::testing::Values(
        ViewStoreFactory{"memory", [] { return std::make_unique<MemoryUnderTest>(); }},
        ViewStoreFactory{"rocksdb", [] { return std::make_unique<RocksDbUnderTest>(); }}),
    [](const auto& driver) { return driver.param.name; });

}  // namespace
}  // namespace daybook::projections
