// Starts that cannot succeed: a directory, a port, a configuration. Each says what to do, and
// leaves what runs alone.
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "services/runtime/config.h"
#include "tests/integration/daybook_test.h"
#include "tests/integration/program.h"
#include "tests/integration/samples.h"

namespace daybook::integration {
namespace {

using absl::StatusCode;
using ::testing::HasSubstr;
using ::testing::Not;

class BadStarts : public DaybookTest {
 protected:
  static Refusal StartRefused(const runtime::Config& config) {
    const auto started = daemon::Node::Start(config);
    EXPECT_FALSE(started.ok());
    return started.ok() ? Refusal() : RefusalOf(started.status());
  }
  std::string Write(const std::string& name, const std::string& content) {
    const std::string path = other_ / name;
    std::ofstream(path) << content;
    return path;
  }
  std::string PortOfTheNode() { return node().address().substr(node().address().rfind(':') + 1); }

  testing::TempDir other_;
};

TEST_F(BadStarts, ADirectoryThatAnotherNodeOwnsIsInUse) {
  const auto before = Head();
  ExpectRefusal(StartRefused(Config()),
                {StatusCode::kFailedPrecondition, "DIRECTORY_IN_USE", "", ""});
  ExpectUnharmed(before);
}

TEST_F(BadStarts, ADirectoryThatAnotherProcessOwnsIsInUse) {
  const auto before = Head();
  const auto second =
      RunProgram(DAYBOOKD_PROGRAM,
                 "--listen 127.0.0.1:0 --feed off --metrics off --data '" + data_directory() + "'");
  EXPECT_EQ(second.exit_code, 1) << second.output;
  EXPECT_THAT(second.output, HasSubstr("another process owns the data directory"));
  EXPECT_THAT(second.output, HasSubstr(data_directory()));
  EXPECT_THAT(second.output, HasSubstr("Stop the other daybookd"));
  ExpectUnharmed(before);
}

TEST_F(BadStarts, ADirectoryIsFreeAgainOnceItsOwnerStopped) {
  const auto before = Head();
  Stop();
  Start();
  ExpectUnharmed(before);
}

TEST_F(BadStarts, KeysWithoutTheirLogBeginNoNewLedger) {
  Stop();
  const std::filesystem::path data = data_directory();
  const std::filesystem::path aside = data.string() + ".log";
  std::filesystem::rename(data / "log", aside);
  for (int start = 0; start < 2; ++start) {
    ExpectRefusal(StartRefused(Config()), {StatusCode::kDataLoss, "PART_DAMAGED", "", ""});
    EXPECT_FALSE(std::filesystem::exists(data / "log"));
  }
  std::filesystem::rename(aside, data / "log");
  Start();
}

TEST_F(BadStarts, ADirectoryBelowAFileIsUnusable) {
  auto config = Config();
  config.data = Write("file", "no directory") + "/data";
  ExpectRefusal(StartRefused(config),
                {StatusCode::kFailedPrecondition, "DIRECTORY_UNUSABLE", "", ""});
}

TEST_F(BadStarts, AFileInPlaceOfTheDirectoryIsUnusableAndStays) {
  auto config = Config();
  config.data = Write("file", "no directory");
  ExpectRefusal(StartRefused(config),
                {StatusCode::kFailedPrecondition, "DIRECTORY_UNUSABLE", "", ""});
  std::ifstream file(config.data);
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(file), {}), "no directory");
}

TEST_F(BadStarts, AFileInPlaceOfTheKeysIsUnusable) {
  auto config = Config();
  config.data = other_ / "data";
  std::filesystem::create_directories(config.data);
  std::ofstream(config.data + "/keys") << "no directory";
  ExpectRefusal(StartRefused(config),
                {StatusCode::kFailedPrecondition, "DIRECTORY_UNUSABLE", "", ""});
}

TEST_F(BadStarts, AFileInPlaceOfTheViewsIsUnusable) {
  auto config = Config();
  config.data = other_ / "data";
  std::filesystem::create_directories(config.data);
  std::ofstream(config.data + "/views") << "no directory";
  ExpectRefusal(StartRefused(config),
                {StatusCode::kFailedPrecondition, "DIRECTORY_UNUSABLE", "", ""});
}

TEST_F(BadStarts, TheProgramSaysWhatToDoAboutAnUnusableDirectory) {
  const std::string file = Write("file", "no directory");
  const auto program = RunProgram(
      DAYBOOKD_PROGRAM, "--listen 127.0.0.1:0 --feed off --metrics off --data '" + file + "/data'");
  EXPECT_EQ(program.exit_code, 1);
  EXPECT_THAT(program.output, HasSubstr("cannot be used"));
  EXPECT_THAT(program.output, HasSubstr("Give a directory"));
}

TEST_F(BadStarts, APortInUseIsRefusedAndItsOwnerServesOn) {
  const auto before = Head();
  auto config = Config();
  config.data = other_ / "data";
  config.listen = node().address();
  ExpectRefusal(StartRefused(config), {StatusCode::kUnavailable, "ADDRESS_IN_USE", "listen", ""});
  ExpectUnharmed(before);
  // The directory that it had opened is whole and free.
  config.listen = "127.0.0.1:0";
  EXPECT_TRUE(daemon::Node::Start(config).ok());
}

TEST_F(BadStarts, TheProgramNamesThePortInUse) {
  const auto before = Head();
  const auto program =
      RunProgram(DAYBOOKD_PROGRAM, "--feed off --metrics off --data '" + other_.string() +
                                       "/data' --listen " + node().address());
  EXPECT_EQ(program.exit_code, 1) << program.output;
  EXPECT_THAT(program.output, HasSubstr(node().address()));
  EXPECT_THAT(program.output, HasSubstr("--listen"));
  ExpectUnharmed(before);
}

TEST_F(BadStarts, APortInUseForTheFeedIsRefused) {
  const auto before = Head();
  auto config = Config();
  config.data = other_ / "data";
  config.feed = "tcp://127.0.0.1:" + PortOfTheNode();
  ExpectRefusal(StartRefused(config), {StatusCode::kUnavailable, "ADDRESS_IN_USE", "feed", ""});
  ExpectUnharmed(before);
}

TEST_F(BadStarts, APortInUseForTheMetricsIsRefused) {
  const auto before = Head();
  auto config = Config();
  config.data = other_ / "data";
  config.metrics = "127.0.0.1:" + PortOfTheNode();
  ExpectRefusal(StartRefused(config), {StatusCode::kUnavailable, "ADDRESS_IN_USE", "metrics", ""});
  ExpectUnharmed(before);
}

TEST_F(BadStarts, AnUnknownConfigurationKeyIsNamedWithItsLine) {
  const std::string path =
      Write("daybook.toml", "listen = \"127.0.0.1:0\"\nlitsen = \"Quixotic\"\n");
  const auto loaded = runtime::LoadConfig(path);
  ASSERT_FALSE(loaded.ok());
  const Refusal refusal = RefusalOf(loaded.status());
  ExpectRefusal(refusal, {StatusCode::kInvalidArgument, "INVALID_FIELD", "litsen", "Quixotic"});
  EXPECT_THAT(refusal.message, HasSubstr("daybook.toml:2"));
  EXPECT_THAT(refusal.remedy, HasSubstr("listen"));

  const auto program =
      RunProgram(DAYBOOKD_PROGRAM, "--data '" + other_.string() + "/data' --config '" + path + "'");
  EXPECT_EQ(program.exit_code, 1);
  EXPECT_THAT(program.output, HasSubstr("daybook.toml:2"));
  EXPECT_THAT(program.output, HasSubstr("litsen"));
  EXPECT_THAT(program.output, HasSubstr("log_level"));
  EXPECT_THAT(program.output, Not(HasSubstr("Quixotic")));
  EXPECT_FALSE(std::filesystem::exists(other_ / "data")) << "something was begun";
}

TEST_F(BadStarts, AConfigurationValueOfAnotherTypeIsNamed) {
  const auto loaded = runtime::LoadConfig(Write("daybook.toml", "workers = \"Quixotic\"\n"));
  ASSERT_FALSE(loaded.ok());
  ExpectRefusal(RefusalOf(loaded.status()),
                {StatusCode::kInvalidArgument, "INVALID_FIELD", "workers", "Quixotic"});
}

TEST_F(BadStarts, AConfigurationThatIsNoTomlIsNamedWithItsLine) {
  const auto loaded = runtime::LoadConfig(Write("daybook.toml", "workers = 4\nlisten = = 1\n"));
  ASSERT_FALSE(loaded.ok());
  const Refusal refusal = RefusalOf(loaded.status());
  ExpectRefusal(refusal, {StatusCode::kInvalidArgument, "INVALID_FIELD", "config", ""});
  EXPECT_THAT(refusal.message, HasSubstr("daybook.toml:2"));
}

TEST_F(BadStarts, AConfigurationFileThatIsMissingIsNamed) {
  const auto loaded = runtime::LoadConfig(other_ / "none.toml");
  ASSERT_FALSE(loaded.ok());
  const Refusal refusal = RefusalOf(loaded.status());
  ExpectRefusal(refusal, {StatusCode::kInvalidArgument, "INVALID_FIELD", "config", ""});
  EXPECT_THAT(refusal.message, HasSubstr("none.toml"));
}

TEST_F(BadStarts, OnlyLoopbackIsListenedOn) {
  auto config = Config();
  config.data = other_ / "data";
  config.listen = "0.0.0.0:0";
  ExpectRefusal(StartRefused(config),
                {StatusCode::kInvalidArgument, "INVALID_FIELD", "listen", "0.0.0.0"});
  config = Config();
  config.data = other_ / "data";
  config.feed = "tcp://0.0.0.0:0";
  ExpectRefusal(StartRefused(config),
                {StatusCode::kInvalidArgument, "INVALID_FIELD", "feed", "0.0.0.0"});
  EXPECT_FALSE(std::filesystem::exists(other_ / "data")) << "something was begun";
}

TEST_F(BadStarts, AnUnknownFlagIsAUsageError) {
  const auto program = RunProgram(DAYBOOKD_PROGRAM, "--litsen 127.0.0.1:0");
  EXPECT_EQ(program.exit_code, 2);
  EXPECT_THAT(program.output, HasSubstr("--litsen"));
}

}  // namespace
}  // namespace daybook::integration
