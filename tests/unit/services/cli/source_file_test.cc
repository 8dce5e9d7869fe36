#include "services/cli/source_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace daybook::cli {
namespace {

using testing::HasReason;
using ::testing::HasSubstr;

class SourceFiles : public ::testing::Test {
 protected:
  absl::StatusOr<SourceFile> Read(const std::string& name, const std::string& content,
                                  const std::string& dataset = "", const std::string& scope = "") {
    const auto path = folder_.path() / name;
    std::ofstream(path, std::ios::binary) << content;
    return ReadSource({path.string(), dataset, "us", scope});
  }

  testing::TempDir folder_;
};

TEST_F(SourceFiles, AreRecognisedByTheirHeaderAndKnownByTheirBytes) {
  ASSERT_OK_AND_ASSIGN(const SourceFile file, Read("b.csv", "measure_id,date,cause\n"));
  EXPECT_EQ(file.dataset->name, "breaks");
  EXPECT_EQ(file.sha256.size(), 64U);
  ASSERT_OK_AND_ASSIGN(const SourceFile same, Read("c.csv", "measure_id,date,cause\n"));
  EXPECT_EQ(file.sha256, same.sha256);
}

TEST_F(SourceFiles, AreCompleteForWhatTheirNameSaysUnlessTold) {
  ASSERT_OK_AND_ASSIGN(const SourceFile named,
                       Read("2024-01 Essex (v2).csv", "measure_id,date,cause\n"));
  EXPECT_EQ(named.scope, "2024-01-essex--v2-");
  ASSERT_OK_AND_ASSIGN(const SourceFile told,
                       Read("x.csv", "measure_id,date,cause\n", "breaks", "essex/2024"));
  EXPECT_EQ(told.scope, "essex/2024");
}

TEST_F(SourceFiles, ThatAreWrongSayWhatAndWhere) {
  const auto missing = Read("m.csv", "measure_id,date\n", "breaks").status();
  EXPECT_THAT(missing, HasReason("MISSING_FIELD"));
  EXPECT_THAT(std::string(missing.message()), HasSubstr("m.csv: column \"cause\""));
  EXPECT_THAT(Read("u.csv", "measure_id,date,cause,colour\n", "breaks").status(),
              HasReason("UNKNOWN_VALUE"));
  EXPECT_THAT(Read("t.csv", "measure_id,date,cause,date\n", "breaks").status(),
              HasReason("INVALID_FIELD"));
  EXPECT_THAT(Read("n.csv", "colour,size\n").status(), HasReason("UNKNOWN_VALUE"));
  EXPECT_THAT(Read("h.csv", "measure_id,date,cause\n", "horoscopes").status(),
              HasReason("UNKNOWN_VALUE"));
  EXPECT_THAT(Read("e.csv", "").status(), HasReason("MISSING_FIELD"));
  EXPECT_THAT(ReadSource({(folder_.path() / "gone.csv").string(), "", "", ""}).status(),
              HasReason("MISSING_FIELD"));
}

}  // namespace
}  // namespace daybook::cli
