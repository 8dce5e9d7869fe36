#include "services/cli/manifest.h"

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

class Manifests : public ::testing::Test {
 protected:
  auto Resolve(const std::string& manifest) {
    std::ofstream(folder_.path() / "manifest.toml") << manifest;
    return ResolvePaths({folder_.path().string()}, {"", "us"});
  }

  testing::TempDir folder_;
};

TEST_F(Manifests, NameFilesInOrderWithDatasetAgencyAndScope) {
  ASSERT_OK_AND_ASSIGN(const auto files, Resolve(R"(
    agency = "council"
    [[file]]
    path = "b.csv"
    dataset = "areas"
    [[file]]
    path = "a.csv"
    agency = "police"
    scope = "2024-01"
  )"));
  ASSERT_EQ(files.size(), 2U);
  EXPECT_EQ(files[0].path, (folder_.path() / "b.csv").string());
  EXPECT_EQ(files[0].dataset, "areas");
  EXPECT_EQ(files[0].agency, "council");
  EXPECT_EQ(files[1].agency, "police");
  EXPECT_EQ(files[1].scope, "2024-01");
}

TEST_F(Manifests, ThatAreWrongNameTheLine) {
  const std::pair<const char*, const char*> cases[] = {
      {"colour = \"red\"\n", "manifest.toml:1: unknown key"},
      {"[[file]]\npath = \"a\"\ndataset = \"horoscopes\"\n", "manifest.toml:3: there is no such"},
      {"[[file]]\ndataset = \"areas\"\n", "manifest.toml:1: a file without path"},
      {"[[file]]\npath = 1\n", "manifest.toml:2: a text in quotes"},
      {"[[file\n", "manifest.toml:1"},
      {"agency = \"x\"\n", "names no file"}};
  for (const auto& [text, words] : cases) {
    const auto status = Resolve(text).status();
    EXPECT_THAT(status, HasReason("INVALID_FIELD"));
    EXPECT_THAT(std::string(status.message()), HasSubstr(words)) << text;
  }
}

TEST_F(Manifests, AreWantedOfAFolderAndPathsMustBeThere) {
  EXPECT_THAT(ResolvePaths({folder_.path().string()}, {}).status(), HasReason("INVALID_FIELD"));
  EXPECT_THAT(ResolvePaths({"/no/such/file.csv"}, {}).status(), HasReason("INVALID_FIELD"));
}

}  // namespace
}  // namespace daybook::cli
