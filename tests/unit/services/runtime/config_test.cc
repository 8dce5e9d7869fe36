#include "services/runtime/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <string>

#include "eventstore/core/error.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace daybook::runtime {
namespace {

using testing::HasReason;
using ::testing::HasSubstr;

class Configuration : public ::testing::Test {
 protected:
  absl::StatusOr<Config> Load(const std::string& text) {
    const auto path = folder_.path() / "daybook.toml";
    std::ofstream(path) << text;
    return LoadConfig(path.string());
  }

  testing::TempDir folder_;
};

TEST_F(Configuration, AnEmptyFileIsTheDefaults) {
  ASSERT_OK_AND_ASSIGN(const Config config, Load(""));
  EXPECT_EQ(config.listen, Config().listen);
  EXPECT_OK(ValidateConfig(config));
}

TEST_F(Configuration, EveryKeyIsTaken) {
  ASSERT_OK_AND_ASSIGN(const Config config, Load(R"(
    data = "d"
    listen = "127.0.0.1:1"
    feed = "off"
    metrics = "127.0.0.1:9"
    log_level = "warn"
    workers = 3
    drain_seconds = 4
  )"));
  EXPECT_EQ(config.data, "d");
  EXPECT_EQ(config.listen, "127.0.0.1:1");
  EXPECT_EQ(config.feed, "off");
  EXPECT_EQ(config.metrics, "127.0.0.1:9");
  EXPECT_EQ(config.log_level, "warn");
  EXPECT_EQ(config.workers, 3);
  EXPECT_EQ(config.drain_seconds, 4);
}

TEST_F(Configuration, AnUnknownKeyIsNamedWithItsLineAndTheKeysThatThereAre) {
  const auto status = Load("data = \"d\"\nlisen = \"x\"\n").status();
  EXPECT_THAT(status, HasReason("INVALID_FIELD"));
  EXPECT_THAT(std::string(status.message()),
              HasSubstr("daybook.toml:2: unknown configuration key"));
  const auto detail = eventstore::GetErrorDetail(status);
  EXPECT_EQ(detail->fields.at(0).field, "lisen");
  EXPECT_THAT(detail->remedy, HasSubstr("listen"));
}

TEST_F(Configuration, AWrongTypeAFileThatIsNoTomlAndOneThatIsNotThereAreRefused) {
  EXPECT_THAT(Load("workers = \"many\"\n").status(), HasReason("INVALID_FIELD"));
  EXPECT_THAT(Load("data = 1\n").status(), HasReason("INVALID_FIELD"));
  EXPECT_THAT(Load("data = \n").status(), HasReason("INVALID_FIELD"));
  EXPECT_THAT(LoadConfig((folder_.path() / "gone.toml").string()).status(),
              HasReason("INVALID_FIELD"));
}

TEST(ConfigurationRanges, NameTheFieldThatIsOutOfThem) {
  const std::pair<const char*, std::function<void(Config&)>> cases[] = {
      {"data", [](Config& c) { c.data.clear(); }},
      {"workers", [](Config& c) { c.workers = 0; }},
      {"workers", [](Config& c) { c.workers = 257; }},
      {"drain_seconds", [](Config& c) { c.drain_seconds = -1; }},
      {"listen", [](Config& c) { c.listen = "0.0.0.0:7450"; }},
      {"feed", [](Config& c) { c.feed = "tcp://0.0.0.0:7451"; }},
      {"feed", [](Config& c) { c.feed = "on"; }},
      {"metrics", [](Config& c) { c.metrics = "0.0.0.0:7452"; }},
      {"log_level", [](Config& c) { c.log_level = "loud"; }}};
  for (const auto& [field, spoil] : cases) {
    Config config;
    spoil(config);
    const auto status = ValidateConfig(config);
    EXPECT_THAT(status, HasReason("INVALID_FIELD"));
    EXPECT_EQ(eventstore::GetErrorDetail(status)->fields.at(0).field, field);
    EXPECT_FALSE(eventstore::GetErrorDetail(status)->remedy.empty()) << field;
  }
}

}  // namespace
}  // namespace daybook::runtime
