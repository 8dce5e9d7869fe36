#include "tests/contract/view_store_contract.h"

#include <gmock/gmock.h>

#include <map>
#include <optional>
#include <random>
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
  return {.meta = Meta(size), .changes = std::move(changes)};
}

CommitBatch Kept(std::uint64_t size, std::vector<TableChanges> changes) {
  return {.meta = Meta(size), .changes = std::move(changes), .keep = true};
}

Rows Load(ViewStore& store, std::string_view view, std::string_view table,
          std::optional<std::uint64_t> kept_size = std::nullopt) {
  Rows rows;
  EXPECT_OK(
      store.LoadRows(view, table, kept_size, [&](std::string_view key, std::string_view bytes) {
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

TEST_P(ViewStoreContract, LeavesAKeptStateAsItWasWhateverIsCommittedLater) {
  ASSERT_OK(store().Commit(Batch(1, {{"v", "t", {{"a", "1"}, {"b", "1"}}, {}}})));
  ASSERT_OK(store().Commit(Kept(3, {{"v", "t", {{"a", "3"}, {"c", ""}}, {}}})));
  ASSERT_OK(store().Commit(Batch(4, {{"v", "t", {{"a", "4"}, {"d", "4"}}, {"b"}}})));
  ASSERT_OK(store().Commit(Batch(5, {{"v", "t", {{"a", "5"}}, {"c"}}})));
  ASSERT_OK(store().Commit(Kept(8, {{"v", "t", {{"b", "again"}}, {}}})));
  ASSERT_OK(store().Commit(Batch(9, {{"v", "t", {}, {"a", "b", "d"}}})));
  Reopen();
  EXPECT_THAT(Load(store(), "v", "t", 3),
              ElementsAre(Pair("a", "3"), Pair("b", "1"), Pair("c", "")));
  EXPECT_THAT(Load(store(), "v", "t", 8),
              ElementsAre(Pair("a", "5"), Pair("b", "again"), Pair("d", "4")));
  EXPECT_THAT(Load(store(), "v", "t"), IsEmpty());
  EXPECT_THAT(Load(store(), "v", "tt", 8), IsEmpty());
}

TEST_P(ViewStoreContract, FindsTheNewestKeptStateUpToASize) {
  ASSERT_OK(store().Commit(Batch(1, {})));
  EXPECT_THAT(store().LoadKeptMeta(1), daybook::testing::IsOkAndHolds(std::nullopt));
  ASSERT_OK(store().Commit(Kept(300, {})));
  ASSERT_OK(store().Commit(Kept(70000, {})));
  ASSERT_OK(store().Commit(Batch(70001, {})));
  Reopen();
  EXPECT_THAT(store().LoadKeptMeta(299), daybook::testing::IsOkAndHolds(std::nullopt));
  EXPECT_THAT(store().LoadKeptMeta(300), daybook::testing::IsOkAndHolds(Meta(300)));
  EXPECT_THAT(store().LoadKeptMeta(69999), daybook::testing::IsOkAndHolds(Meta(300)));
  EXPECT_THAT(store().LoadKeptMeta(~0ULL), daybook::testing::IsOkAndHolds(Meta(70000)));
  EXPECT_THAT(store().LoadMeta(), daybook::testing::IsOkAndHolds(Meta(70001)));
}

TEST_P(ViewStoreContract, KeepsRowsApartWhoseKeysLookLikeOneAnothersVersions) {
  // Eight bytes more, or a zero at the end, must not make one row's key into another's.
  const std::string zeros(8, '\0');
  const std::string ones(8, '\xFF');
  const std::vector<std::string> keys = {"a", "a" + zeros, "a" + ones, "a\x01", "aa", zeros, ones};
  for (std::uint64_t size = 1; size <= 9; ++size) {
    TableChanges changes{"v", "t", {}, {}};
    for (const std::string& key : keys) changes.rows.emplace_back(key, std::to_string(size) + key);
    ASSERT_OK(store().Commit(Kept(size, {changes})));
  }
  for (std::uint64_t size = 1; size <= 9; ++size) {
    const Rows rows = Load(store(), "v", "t", size);
    ASSERT_EQ(rows.size(), keys.size()) << size;
    for (const auto& [key, bytes] : rows) EXPECT_EQ(bytes, std::to_string(size) + key);
  }
}

TEST_P(ViewStoreContract, ThinsKeptStatesAndLeavesTheOthersAndTheNewestAsTheyWere) {
  constexpr std::uint64_t kStates = 40;
  std::map<std::uint64_t, Rows> expected;
  std::map<std::string, std::string> now;
  std::mt19937 random(7);
  for (std::uint64_t size = 1; size <= kStates; ++size) {
    TableChanges changes{"v", "t", {}, {}};
    for (char name = 'a'; name <= 'h'; ++name) {
      const std::string key(1, name);
      const auto draw = random() % 6;
      if (draw == 0) {
        now.erase(key);
        changes.deletes.push_back(key);
      } else if (draw == 1) {
        now[key] = std::to_string(size);
        changes.rows.emplace_back(key, now[key]);
      }
    }
    ASSERT_OK(store().Commit(Kept(size, {changes})));
    expected[size] = Rows(now.begin(), now.end());
  }
  ASSERT_OK(store().ThinKept(kStates));
  EXPECT_THAT(store().LoadKeptMeta(1), daybook::testing::IsOkAndHolds(Meta(1))) << "few enough";
  ASSERT_OK(store().ThinKept(12));
  Reopen();
  int kept = 0;
  for (std::uint64_t size = 1; size <= kStates; ++size) {
    ASSERT_OK_AND_ASSIGN(const auto meta, store().LoadKeptMeta(size));
    if (!meta.has_value() || meta->checkpoint.size != size) continue;
    ++kept;
    EXPECT_EQ(Load(store(), "v", "t", size), expected[size]) << size;
  }
  EXPECT_EQ(kept, 10) << "40, then 20, then 10";
  EXPECT_THAT(store().LoadKeptMeta(kStates), daybook::testing::IsOkAndHolds(Meta(kStates)));
  EXPECT_EQ(Load(store(), "v", "t"), expected[kStates]);
  ASSERT_OK(store().Commit(Kept(kStates + 1, {{"v", "t", {{"z", "new"}}, {}}})));
  EXPECT_EQ(Load(store(), "v", "t", kStates), expected[kStates]) << "goes on being kept";
}

TEST_P(ViewStoreContract, ForgetsEverythingWhenCleared) {
  ASSERT_OK(store().Commit(Batch(1, {{"v", "t", {{"a", "1"}}, {}}})));
  ASSERT_OK(store().Commit(Kept(2, {{"v", "t", {{"a", "2"}}, {}}})));
  ASSERT_OK(store().Clear());
  Reopen();
  EXPECT_THAT(store().LoadMeta(), daybook::testing::IsOkAndHolds(std::nullopt));
  EXPECT_THAT(store().LoadKeptMeta(9), daybook::testing::IsOkAndHolds(std::nullopt));
  EXPECT_THAT(Load(store(), "v", "t"), IsEmpty());
  EXPECT_THAT(Load(store(), "v", "t", 2), IsEmpty());
  ASSERT_OK(store().Commit(Kept(1, {{"v", "t", {{"b", "1"}}, {}}})));
  EXPECT_THAT(Load(store(), "v", "t", 1), ElementsAre(Pair("b", "1")))
      << "from the start of another log";
}

TEST_P(ViewStoreContract, StopsLoadingAtTheFirstErrorOfTheSinkAndGivesItBack) {
  ASSERT_OK(store().Commit(Batch(1, {{"v", "t", {{"a", "1"}, {"b", "2"}}, {}}})));
  int calls = 0;
  const auto refuse = [&](std::string_view, std::string_view) {
    ++calls;
    return absl::DataLossError("does not parse");
  };
  EXPECT_THAT(store().LoadRows("v", "t", std::nullopt, refuse),
              daybook::testing::HasCode(absl::StatusCode::kDataLoss));
  EXPECT_EQ(calls, 1);
}

}  // namespace
}  // namespace daybook::projections
