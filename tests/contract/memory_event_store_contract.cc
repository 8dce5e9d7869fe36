// The contract for the store in memory.
#include <memory>

#include "eventstore/memory/memory_event_store.h"
#include "tests/contract/event_store_contract.h"

namespace daybook::eventstore {
namespace {

class MemoryStoreUnderTest final : public StoreUnderTest {
 public:
  explicit MemoryStoreUnderTest(const Clock& clock) : store_(clock) {}
  EventStore& store() override { return store_; }
  void Reopen() override {}

 private:
  MemoryEventStore store_;
};

std::unique_ptr<StoreUnderTest> CreateMemory(const Clock& clock) {
  return std::make_unique<MemoryStoreUnderTest>(clock);
}

INSTANTIATE_TEST_SUITE_P(Memory, EventStoreContract,
                         ::testing::Values(EventStoreFactory{"memory", CreateMemory}), NameOf);

}  // namespace
}  // namespace daybook::eventstore
