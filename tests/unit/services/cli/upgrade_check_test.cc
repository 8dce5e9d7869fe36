// `daybook upgrade --check` with made-up formats: what it says and its exit code.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "eventstore/rocksdb/rocks_event_store.h"
#include "eventstore/sealing/local_key_provider.h"
#include "services/cli/connection.h"
#include "services/cli/upgrade_command.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace daybook::cli {
namespace {

using eventstore::RocksEventStore;
using eventstore::rocks::FormatSupport;
using ::testing::HasSubstr;
using ::testing::internal::CaptureStderr;
using ::testing::internal::CaptureStdout;
using ::testing::internal::GetCapturedStderr;
using ::testing::internal::GetCapturedStdout;

class UpgradeCheck : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_OK_AND_ASSIGN(const auto store, RocksEventStore::Open({.directory = data() / "log"}));
    ASSERT_OK(store->Backup(backups()));
    ASSERT_OK(store->Close());
    ASSERT_OK(sealing::OpenLocalKeys(data() / "keys"));
  }

  std::filesystem::path data() const { return directory_.path() / "data"; }
  std::filesystem::path backups() const { return directory_.path() / "backups"; }

  // Its exit code; what it prints is in output_ and errors_.
  int Check(const FormatSupport& formats, bool json = false) {
    CaptureStdout();
    CaptureStderr();
    const int code = RunUpgradeCheck({.directory = data().string(),
                                      .backups = backups().string(),
                                      .json = json,
                                      .formats = &formats},
                                     "9.8.7");
    output_ = GetCapturedStdout();
    errors_ = GetCapturedStderr();
    return code;
  }

  static std::string Own() { return "format " + ToText(eventstore::kLedgerFormat); }

  // From the program's own format to the next, by a step that nobody may take here.
  static FormatSupport Next() {
    FormatSupport formats{.current = {.number = eventstore::kLedgerFormat.number + 1}, .steps = {}};
    formats.steps.push_back(
        {.format = {.from = eventstore::kLedgerFormat,
                    .to = formats.current,
                    .what = "New frames."},
         .run = [](const auto&, const auto&) { return absl::InternalError("a check upgrades"); }});
    return formats;
  }

  daybook::testing::TempDir directory_;
  std::string output_;
  std::string errors_;
};

TEST_F(UpgradeCheck, NamesTheStepsAndTheWayBack) {
  EXPECT_EQ(Check(Next()), kWouldUpgrade);
  EXPECT_THAT(output_,
              HasSubstr("version 9.8.7, reads and writes ledger format " + ToText(Next().current)));
  EXPECT_THAT(output_, HasSubstr(Own() + ", a start upgrades it"));
  EXPECT_THAT(output_, HasSubstr(Own() + " to " + ToText(Next().current) + ": New frames."));
  EXPECT_THAT(output_, HasSubstr("the way back is a backup"));
  EXPECT_THAT(output_, HasSubstr(Own() + ": a restore upgrades it"));
  EXPECT_EQ(errors_, "");
}

TEST_F(UpgradeCheck, SaysTheSameToPrograms) {
  EXPECT_EQ(Check(Next(), true), kWouldUpgrade);
  EXPECT_THAT(output_, HasSubstr("\"start\": \"upgrade\""));
  EXPECT_THAT(output_, HasSubstr("\"what\": \"New frames.\""));
  EXPECT_THAT(output_, HasSubstr("\"restore\": \"upgrade\""));
}

TEST_F(UpgradeCheck, ARefusalHasReasonAndRemedy) {
  EXPECT_EQ(Check({.current = Next().current, .steps = {}}), kRefused);
  EXPECT_THAT(output_, HasSubstr(Own() + ", a start refuses it"));
  EXPECT_THAT(output_, HasSubstr("this version refuses to restore it"));
  EXPECT_THAT(errors_, HasSubstr("reason  DIRECTORY_UNUSABLE"));
  EXPECT_THAT(errors_, HasSubstr("read only by the program that wrote it"));
}

TEST_F(UpgradeCheck, ADirectoryOfItsOwnFormatOpensAsItIs) {
  EXPECT_EQ(Check(eventstore::rocks::ProductFormats()), kDone);
  EXPECT_THAT(output_, HasSubstr("this version reads it as it is"));
  EXPECT_THAT(output_, HasSubstr("views     none, a start builds them"));
  EXPECT_THAT(output_, HasSubstr("keys      a start opens the master key"));
  EXPECT_THAT(output_, HasSubstr(Own() + ": an empty log"));
}

}  // namespace
}  // namespace daybook::cli
