#include "tests/contract/view_store_contract.h"

#include <gmock/gmock.h>

#include <map>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/support/status_matchers.h"

namespace daybook::projections {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using Rows = std::vector<std::pair<std::string, std::string>>;

StoreMeta Meta(std::uint64_t size) {
  StoreMeta meta;
  meta.checkpoint = {.log = {"00112233445566778899aabbccddeeff", 3}, .size = size, .root = {}};
  meta.checkpoint.root[0] = static_cast<std::uint8_t>(size);
  meta.totals = {1, 2, 3};
  ViewMeta well{.version = 7, .progress = {}};
  well.progress.applied = 11;
  well.progress.skipped_unknown = 12;
  well.progress.counts = {4, 5, 6};
  ViewMeta parked{.version = 8, .progress = {}};
  parked.progress.parked = ParkedAt{{0}, "does not parse"};
  meta.views = {{"v", well}, {"w", parked}};
  return meta;
}

CommitBatch Batch(std::uint64_t size, std::vector<TableChanges> changes) {
  return {.meta = Meta(size), .cleared = {}, .changes = std::move(changes)};
}

Rows Load(ViewStore& store, std::string_view view, std::string_view table) {
  Rows rows;
  EXPECT_OK(store.LoadRows(view, table, [&](std::string_view key, std::string_view bytes) {
    rows.emplace_back(key, bytes);
    return absl::OkStatus();
  }));
  return rows;
}

TEST_P(ViewStoreContract, IsEmptyAtFirst) {
  EXPECT_THAT(store().LoadMeta(), daybook::testing::IsOkAndHolds(std::nullopt));
  EXPECT_THAT(Load(store(), "v", "t"), IsEmpty());
}

TEST_P(ViewStoreContract, GivesBackWhatWasCommittedAlsoAfterReopening) {
  ASSERT_OK(store().Commit(Batch(5, {{"v", "t", {{"b", "2"}, {"a", "1"}}, {}}})));
  Reopen();
  EXPECT_THAT(store().LoadMeta(), daybook::testing::IsOkAndHolds(Meta(5)));
  EXPECT_THAT(Load(store(), "v", "t"), ElementsAre(Pair("a", "1"), Pair("b", "2")));
}

TEST_P(ViewStoreContract, ReplacesAndDeletesRows) {
  ASSERT_OK(store().Commit(Batch(1, {{"v", "t", {{"a", "1"}, {"b", "2"}, {"c", "3"}}, {}}})));
  ASSERT_OK(store().Commit(Batch(2, {{"v", "t", {{"a", "one"}}, {"b", "never there"}}})));
  EXPECT_THAT(Load(store(), "v", "t"), ElementsAre(Pair("a", "one"), Pair("c", "3")));
  EXPECT_THAT(store().LoadMeta(), daybook::testing::IsOkAndHolds(Meta(2)));
}

TEST_P(ViewStoreContract, KeepsTablesAndViewsApart) {
  ASSERT_OK(store().Commit(Batch(1, {{"v", "t", {{"k", "vt"}}, {}},
                                     {"v", "tt", {{"k", "vtt"}}, {}},
                                     {"vt", "t", {{"k", "vtt-t"}}, {}}})));
  EXPECT_THAT(Load(store(), "v", "t"), ElementsAre(Pair("k", "vt")));
  EXPECT_THAT(Load(store(), "v", "tt"), ElementsAre(Pair("k", "vtt")));
  EXPECT_THAT(Load(store(), "vt", "t"), ElementsAre(Pair("k", "vtt-t")));
  EXPECT_THAT(Load(store(), "", "t"), IsEmpty());
}

TEST_P(ViewStoreContract, TakesAnyBytesAsKeyAndRowAndOrdersKeysAsBytes) {
  const std::string zero(1, '\0');
  const std::string high("\xFF\x00\xFE", 3);
  ASSERT_OK(store().Commit(Batch(1, {{"v", "t", {{high, zero}, {"", "empty"}, {zero, ""}}, {}}})));
  Reopen();
  EXPECT_THAT(Load(store(), "v", "t"),
              ElementsAre(Pair("", "empty"), Pair(zero, ""), Pair(high, zero)));
}

TEST_P(ViewStoreContract, ClearsAViewBeforeItsNewRowsInOneCommit) {
  ASSERT_OK(store().Commit(
      Batch(1, {{"v", "t", {{"a", "old"}, {"b", "old"}}, {}}, {"w", "t", {{"a", "w"}}, {}}})));
  CommitBatch batch = Batch(2, {{"v", "t", {{"a", "new"}}, {}}});
  batch.cleared = {"v"};
  ASSERT_OK(store().Commit(batch));
  EXPECT_THAT(Load(store(), "v", "t"), ElementsAre(Pair("a", "new")));
  EXPECT_THAT(Load(store(), "w", "t"), ElementsAre(Pair("a", "w")));
}

TEST_P(ViewStoreContract, DropsOneViewWithItsMeta) {
  ASSERT_OK(store().Commit(Batch(1, {{"v", "t", {{"a", "v"}}, {}}, {"w", "t", {{"a", "w"}}, {}}})));
  ASSERT_OK(store().DropView("v"));
  ASSERT_OK(store().DropView("not there"));
  Reopen();
  EXPECT_THAT(Load(store(), "v", "t"), IsEmpty());
  EXPECT_THAT(Load(store(), "w", "t"), ElementsAre(Pair("a", "w")));
  StoreMeta expected = Meta(1);
  expected.views.erase("v");
  EXPECT_THAT(store().LoadMeta(), daybook::testing::IsOkAndHolds(expected));
}

TEST_P(ViewStoreContract, ForgetsEverythingWhenCleared) {
  ASSERT_OK(store().Commit(Batch(1, {{"v", "t", {{"a", "1"}}, {}}})));
  ASSERT_OK(store().Clear());
  Reopen();
  EXPECT_THAT(store().LoadMeta(), daybook::testing::IsOkAndHolds(std::nullopt));
  EXPECT_THAT(Load(store(), "v", "t"), IsEmpty());
}

TEST_P(ViewStoreContract, StopsLoadingAtTheFirstErrorOfTheSinkAndGivesItBack) {
  ASSERT_OK(store().Commit(Batch(1, {{"v", "t", {{"a", "1"}, {"b", "2"}}, {}}})));
  int calls = 0;
  const auto refuse = [&](std::string_view, std::string_view) {
    ++calls;
    return absl::DataLossError("does not parse");
  };
  EXPECT_THAT(store().LoadRows("v", "t", refuse),
              daybook::testing::HasCode(absl::StatusCode::kDataLoss));
  EXPECT_EQ(calls, 1);
}

}  // namespace
}  // namespace daybook::projections
