#include "projections/engine/page_reader.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cstdint>
#include <random>
#include <vector>

#include "tests/support/prefix_event_store.h"
#include "tests/support/status_matchers.h"
#include "tests/unit/projections/engine/test_views.h"

namespace daybook::projections::testing {
namespace {

constexpr std::size_t kPage = 8;

class PageReaderTest : public ::testing::Test {
 protected:
  PageReaderTest() : types_(*TypeTable::Make(ViewSet(TwoViews()))) {}
  void Fill(int events) {
    for (int i = 0; i < events; ++i) log_.Organisation("o" + std::to_string(i));
  }
  // Positions of the page that starts at `from`.
  std::vector<std::uint64_t> Read(PageReader& reader, std::uint64_t from, std::uint64_t end) {
    const auto page = reader.Read(from, end);
    EXPECT_OK(page);
    std::vector<std::uint64_t> positions;
    if (!page.ok()) return positions;
    for (const BatchEvent& event : (*page)->events()) {
      positions.push_back(event.recorded.position.value);
    }
    return positions;
  }
  static std::vector<std::uint64_t> UpTo(std::uint64_t from, std::uint64_t end) {
    std::vector<std::uint64_t> positions;
    for (; from < end; ++from) positions.push_back(from);
    return positions;
  }

  TestLog log_;
  const TypeTable types_;
};

TEST_F(PageReaderTest, ReadsTheLogPageByPage) {
  Fill(20);
  PageReader reader(log_.store, types_, kPage);
  EXPECT_EQ(Read(reader, 0, 20), UpTo(0, 8));
  EXPECT_EQ(Read(reader, 8, 20), UpTo(8, 16));
  EXPECT_EQ(Read(reader, 16, 20), UpTo(16, 20));
}

TEST_F(PageReaderTest, GoesWhereverItIsSentWhateverWasReadAhead) {
  Fill(500);
  PageReader reader(log_.store, types_, kPage);
  std::mt19937_64 random(7);
  std::uint64_t next = 0;
  for (int i = 0; i < 2000; ++i) {
    const std::uint64_t from = random() % 3 == 0 ? random() % 500 : next % 500;
    const std::uint64_t end = from + 1 + random() % (500 - from);
    const auto positions = Read(reader, from, end);
    ASSERT_FALSE(positions.empty());
    ASSERT_LE(positions.back(), end - 1) << "from " << from << " to " << end;
    ASSERT_EQ(positions, UpTo(from, positions.back() + 1));
    next = positions.back() + 1;
  }
}

TEST_F(PageReaderTest, DecodesOnlyWhenAsked) {
  Fill(1);
  PageReader reader(log_.store, types_, kPage);
  ASSERT_OK_AND_ASSIGN(EventBatch * page, reader.Read(0, 1));
  EXPECT_EQ(page->events()[0].message, nullptr);
  page->Decode();
  EXPECT_NE(page->events()[0].message, nullptr);
}

TEST_F(PageReaderTest, SaysThatTheLogEndsBefore) {
  Fill(10);
  PageReader reader(log_.store, types_, kPage);
  EXPECT_EQ(Read(reader, 0, 30), UpTo(0, 8));
  EXPECT_EQ(Read(reader, 8, 30), UpTo(8, 10));
  EXPECT_EQ(reader.Read(10, 30).status().code(), absl::StatusCode::kDataLoss);
  Fill(5);  // what came since is read, whatever was said before
  EXPECT_EQ(Read(reader, 10, 30), UpTo(10, 15));
}

TEST_F(PageReaderTest, EndsWhileAPageIsReadAhead) {
  Fill(100);
  for (int i = 0; i < 50; ++i) {
    PageReader reader(log_.store, types_, kPage);
    EXPECT_EQ(Read(reader, 0, 100), UpTo(0, 8));
  }
}

}  // namespace
}  // namespace daybook::projections::testing
