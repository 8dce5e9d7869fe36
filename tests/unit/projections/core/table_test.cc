// Rows that remember what changed, against a map and a set that are compared as wholes.
#include "projections/core/table.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "daybook/views/v1/state.pb.h"
#include "tests/support/status_matchers.h"

namespace daybook::projections {
namespace {

using TestTable = Table<views::v1::StoredView>;
using Content = std::map<std::string, std::string>;

Content ContentOf(const TestTable& table) {
  Content content;
  for (const auto& [key, row] : table.rows()) content[key] = row.name();
  return content;
}

// Takes the changes of `table` over into `stored`, as a store does.
void TakeInto(TestTable& table, Content& stored, std::vector<std::string>* order = nullptr) {
  table.TakeDirty(
      [&](std::string_view key, const std::string& bytes) {
        views::v1::StoredView row;
        ASSERT_TRUE(row.ParseFromString(bytes));
        stored[std::string(key)] = row.name();
        if (order != nullptr) order->emplace_back(key);
      },
      [&](std::string_view key) { EXPECT_EQ(stored.erase(std::string(key)), 1U) << key; });
}

TEST(Table, GivesWhatChangedInOrderOfTheKeysAndOnce) {
  TestTable table("t");
  for (const char* key : {"c", "a", "b", "a"}) table.Mutable(key).set_name(key);
  EXPECT_TRUE(table.has_dirty());
  Content stored;
  std::vector<std::string> order;
  TakeInto(table, stored, &order);
  EXPECT_EQ(order, (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_FALSE(table.has_dirty());
  order.clear();
  table.Mutable("b").set_name("other");
  TakeInto(table, stored, &order);
  EXPECT_EQ(order, std::vector<std::string>{"b"});
}

TEST(Table, RowsThatWereLoadedAreCleanUntilTheyChange) {
  TestTable table("t");
  views::v1::StoredView row;
  for (const char* key : {"a", "b", "c"}) {
    row.set_name(key);
    ASSERT_OK(table.Load(key, row.SerializeAsString()));
  }
  EXPECT_FALSE(table.has_dirty());
  EXPECT_EQ(table.Find("b")->name(), "b");
  table.Mutable("c").set_name("changed");
  table.Mutable("d").set_name("new");
  Content stored = {{"a", "a"}, {"b", "b"}, {"c", "c"}};
  TakeInto(table, stored);
  EXPECT_EQ(stored, ContentOf(table));
}

TEST(Table, ARowThatDoesNotParseIsNotThere) {
  TestTable table("t");
  EXPECT_EQ(table.Load("a", "\x0A\x7F").code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(table.size(), 0U);
  EXPECT_EQ(table.Mutable("a").name(), "");
}

TEST(Table, TheChangesAreTheDifferenceWhateverHappened) {
  std::mt19937_64 random(11);
  for (int round = 0; round < 50; ++round) {
    TestTable table("t");
    Content wanted;
    Content stored;
    for (int i = 0; i < 300; ++i) {
      const std::string key = std::to_string(random() % 25);
      switch (random() % 8) {
        case 0:
          table.Erase(key);
          wanted.erase(key);
          break;
        case 1: {
          Content before = stored;
          table.TakeDirty(
              [&](std::string_view changed, const std::string& bytes) {
                views::v1::StoredView row;
                ASSERT_TRUE(row.ParseFromString(bytes));
                before[std::string(changed)] = row.name();
              },
              [&](std::string_view gone) { before.erase(std::string(gone)); });
          stored = std::move(before);
          ASSERT_EQ(stored, wanted);
          break;
        }
        default:
          table.Mutable(key).set_name(std::to_string(i));
          wanted[key] = std::to_string(i);
      }
      ASSERT_EQ(ContentOf(table), wanted);
      ASSERT_EQ(table.Find(key) != nullptr, wanted.contains(key));
    }
  }
}

}  // namespace
}  // namespace daybook::projections
