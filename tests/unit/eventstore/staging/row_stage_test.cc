#include "eventstore/staging/row_stage.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "eventstore/core/limits.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace daybook::staging {
namespace {

using testing::HasReason;

class Stage : public ::testing::Test {
 protected:
  void SetUp() override { Open(); }
  void Open() {
    stage_.reset();
    auto stage = RowStage::Open(folder_.path() / "staging");
    ASSERT_OK(stage.status());
    stage_ = *std::move(stage);
  }
  std::vector<std::string> RowsOf(const std::string& file, std::uint32_t first = 0) {
    std::vector<std::string> rows;
    EXPECT_OK(stage_->Scan(file, first, [&](std::uint32_t number, std::string_view bytes) {
      rows.push_back(std::to_string(number) + " " + std::string(bytes));
      return true;
    }));
    return rows;
  }
  void Put(const std::string& file, std::vector<StagedRow> rows) {
    ASSERT_OK(stage_->Put(file, rows));
  }

  testing::TempDir folder_;
  std::unique_ptr<RowStage> stage_;
};

TEST_F(Stage, GivesRowsInTheOrderOfTheirNumbersWhateverOrderTheyCameIn) {
  Put("a", {{300, "third", ""}, {2, "second", ""}});
  Put("a", {{1, "first", ""}});
  Put("b", {{1, "other", ""}});
  EXPECT_EQ(RowsOf("a"), (std::vector<std::string>{"1 first", "2 second", "300 third"}));
  EXPECT_EQ(RowsOf("a", 3), (std::vector<std::string>{"300 third"}));
  ASSERT_OK_AND_ASSIGN(const std::uint64_t count, stage_->CountRows("a"));
  EXPECT_EQ(count, 3U);
}

TEST_F(Stage, ARowThatIsSentAgainTakesItsOwnPlace) {
  Put("a", {{1, "first", ""}});
  Put("a", {{1, "again", ""}});
  EXPECT_EQ(RowsOf("a"), (std::vector<std::string>{"1 again"}));
}

TEST_F(Stage, KnowsWhichFileHoldsAMark) {
  Put("a", {{1, "x", "mark-of-16-bytes"}});
  for (const auto& [file, holds] :
       std::vector<std::pair<std::string, bool>>{{"a", true}, {"b", false}}) {
    ASSERT_OK_AND_ASSIGN(const bool found, stage_->HoldsMark(file, "mark-of-16-bytes"));
    EXPECT_EQ(found, holds) << file;
  }
}

TEST_F(Stage, ForgetsAFileAndItsDiskSpace) {
  Put("a", {{1, std::string(100'000, 'x'), ""}});
  stage_->Drop("a");
  EXPECT_TRUE(RowsOf("a").empty());
  EXPECT_TRUE(std::filesystem::is_empty(folder_.path() / "staging"));
  stage_->Drop("never there");
}

TEST_F(Stage, BeginsEmptyWithEveryStart) {
  Put("a", {{1, "x", ""}});
  Open();
  EXPECT_TRUE(RowsOf("a").empty());
  EXPECT_TRUE(std::filesystem::is_empty(folder_.path() / "staging"));
}

TEST_F(Stage, WritesNothingInClear) {
  const std::string planted = "planted-in-a-row-that-waits";
  // Each part is more than a write buffer holds, and the third waits until the first is on the
  // disk.
  for (std::uint32_t part = 0; part < 3; ++part) {
    std::vector<StagedRow> rows;
    for (std::uint32_t number = 1; number <= 1000; ++number) {
      rows.push_back({1000 * part + number, planted + std::string(20'000, 'x'), ""});
    }
    Put("a", rows);
  }
  bool written = false;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_.path())) {
    if (!entry.is_regular_file()) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(in)), {});
    written = written || bytes.size() > 1'000'000;
    EXPECT_EQ(bytes.find(planted), std::string::npos) << entry.path();
  }
  EXPECT_TRUE(written) << "the test looked at nothing";
}

TEST_F(Stage, RefusesOneFileTooMany) {
  for (std::size_t i = 0; i < eventstore::limits::kStagedFilesMax; ++i) {
    Put(std::to_string(i), {{1, "x", ""}});
  }
  const std::vector<StagedRow> row{{1, "x", ""}};
  EXPECT_THAT(stage_->Put("one more", row), HasReason("QUEUE_FULL"));
  stage_->Drop("0");
  EXPECT_OK(stage_->Put("one more", row));
}

}  // namespace
}  // namespace daybook::staging
