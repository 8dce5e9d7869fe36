// A pack that a partnership wrote down itself.
#include "services/cli/pack_list.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "eventstore/core/error.h"
#include "tests/support/temp_dir.h"

namespace daybook::cli {
namespace {

using ::testing::HasSubstr;

class PackList : public ::testing::Test {
 protected:
  absl::StatusOr<reports::v1::RenderReportResponse> Read(const std::string& text) {
    const std::string path = directory_ / "reports.toml";
    std::ofstream(path) << text;
    return ReadPackList(path);
  }
  void ExpectWrong(const std::string& text, const std::string& words) {
    const auto read = Read(text);
    ASSERT_FALSE(read.ok()) << text;
    EXPECT_THAT(eventstore::Message(read.status()), HasSubstr(words));
    EXPECT_THAT(eventstore::Message(read.status()), HasSubstr("reports.toml"));
  }
  daybook::testing::TempDir directory_;
};

TEST_F(PackList, GivesEachReportItsFileAndParameters) {
  const auto read = Read(R"(title = "Ours"
[[report]]
file = "trend"
report = "incident-trend"
period = "12m to 2024-01"
area = "Colchester"
[[report]]
report = "orders"
)");
  ASSERT_TRUE(read.ok()) << read.status();
  const auto& table = read->tables(0);
  EXPECT_EQ(table.title(), "Ours");
  ASSERT_EQ(table.rows_size(), 2);
  EXPECT_EQ(table.rows(0).cells(0).text(), "trend");
  EXPECT_EQ(table.rows(0).cells(1).text(), "incident-trend");
  EXPECT_EQ(table.rows(0).cells(2).text(), "area=Colchester; period=12m to 2024-01");
  EXPECT_EQ(table.rows(1).cells(0).text(), "orders") << "named by its report";
}

TEST_F(PackList, WhatIsWrongIsNamedWithItsLine) {
  ExpectWrong("", "names no report");
  ExpectWrong("[[report]]\nfile = \"a\"\n", "report without a name");
  ExpectWrong("[[report]]\nreport = 3\n", "reports.toml:2: a text in quotes");
  ExpectWrong("title = \"x\"\nsize = 2\n", "reports.toml:2: unknown key");
  ExpectWrong("[[report]]\nreport = \"a\"\n[[report]]\nreport = \"a\"\n", "the same name");
  ExpectWrong("[[report]]\nreport = \"a\"\nfile = \"../a\"\n", "no name that a file can have");
  ExpectWrong("[[report]]\nreport = \"a\"\narea = \"x; y\"\n", "semicolon");
  ExpectWrong("[[report\n", "reports.toml:1");
}

TEST_F(PackList, AFileThatIsNotThereIsNamed) {
  const auto read = ReadPackList(directory_ / "none.toml");
  ASSERT_FALSE(read.ok());
  EXPECT_THAT(eventstore::Message(read.status()), HasSubstr("none.toml"));
}

}  // namespace
}  // namespace daybook::cli
