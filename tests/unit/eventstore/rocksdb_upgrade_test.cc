// Directories and backups of other formats, with made-up formats and steps.
#include <gmock/gmock.h>

#include <map>

#include "eventstore/rocksdb/backup.h"
#include "eventstore/rocksdb/crc32c.h"
#include "eventstore/rocksdb/identity.h"
#include "eventstore/rocksdb/ledger_check.h"
#include "eventstore/rocksdb/upgrade.h"
#include "fmt/format.h"
#include "tests/unit/eventstore/rocksdb_fixture.h"

namespace daybook::eventstore {
namespace {

using ::daybook::testing::HasReason;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// The program's own, and two that come after it.
constexpr LedgerFormat kOne = kLedgerFormat;
constexpr LedgerFormat kTwo{.number = kLedgerFormat.number + 1};
constexpr LedgerFormat kThree{.number = kLedgerFormat.number + 2};

class Upgrade : public RocksStoreTest {
 protected:
  // A step that writes a file named after the format to which it leads.
  static rocks::UpgradeStep Step(LedgerFormat from, LedgerFormat to) {
    return {.format = {.from = from, .to = to, .what = "a file for " + ToText(to)},
            .run = [to](const rocks::Files& files, const std::filesystem::path& directory) {
              return files.WriteWholeDurably(directory / ("made-for-" + ToText(to)), "made\n");
            }};
  }

  static std::string StepLine(LedgerFormat from, LedgerFormat to) {
    return fmt::format("from format {0} to {1}: a file for {1}", ToText(from), ToText(to));
  }
  std::filesystem::path MadeFor(LedgerFormat format) const {
    return ledger() / ("made-for-" + ToText(format));
  }
  std::filesystem::path backups() const { return directory_.path() / "backups"; }
  std::filesystem::path restored() const { return directory_.path() / "restored"; }

  absl::Status OpenAs(const rocks::FormatSupport& formats) {
    RocksEventStoreOptions options = Options();
    options.formats = &formats;
    options.log = [this](std::string_view line) { lines_.emplace_back(line); };
    return OpenWith(std::move(options));
  }

  // A ledger of this program's format with some events, closed.
  void MakeOld(int events = 3) {
    ASSERT_OK(Open());
    AppendSome(events);
    Close();
  }

  // Puts another text behind "format: ", with the checksum that fits.
  void SetFormat(std::string_view text) {
    std::string content = Read(ledger() / "IDENTITY");
    const std::size_t at = content.find("format: ") + 8;
    content.replace(at, content.find('\n', at) - at, text);
    content.resize(content.find("checksum: "));
    Write(ledger() / "IDENTITY",
          content + fmt::format("checksum: {:08x}\n", rocks::Crc32c(content)));
  }

  // Every file with its bytes.
  static std::map<std::string, std::string> FilesIn(const std::filesystem::path& directory) {
    std::map<std::string, std::string> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(directory)) {
      if (entry.is_regular_file()) files[entry.path().string()] = Read(entry.path());
    }
    return files;
  }

  std::string FormatOf(const std::filesystem::path& directory) {
    return rocks::ReadFormat(rocks::Files(rocks::LocalEnv()), directory)->value_or("none");
  }

  const rocks::FormatSupport two_{.current = kTwo, .steps = {Step(kOne, kTwo)}};
  const rocks::FormatSupport three_{.current = kThree,
                                    .steps = {Step(kTwo, kThree), Step(kOne, kTwo)}};
  const rocks::FormatSupport two_without_steps_{.current = kTwo, .steps = {}};
  std::vector<std::string> lines_;
};

TEST_F(Upgrade, TakesEveryStepOnceAndKeepsEveryEvent) {
  MakeOld();
  ASSERT_OK(OpenAs(three_));
  EXPECT_THAT(lines_,
              ElementsAre(HasSubstr(StepLine(kOne, kTwo)), HasSubstr(StepLine(kTwo, kThree))));
  EXPECT_EQ(FormatOf(ledger()), ToText(kThree));
  EXPECT_TRUE(std::filesystem::exists(MadeFor(kTwo)));
  EXPECT_TRUE(std::filesystem::exists(MadeFor(kThree)));
  EXPECT_EQ(All().size(), 3u);
  AppendSome(1);
  Close();
  lines_.clear();
  ASSERT_OK(OpenAs(three_));
  EXPECT_THAT(lines_, IsEmpty());
  EXPECT_EQ(All().size(), 4u);
}

TEST_F(Upgrade, ThatFailsLeavesTheOlderFormat) {
  MakeOld();
  rocks::FormatSupport failing = three_;
  failing.steps[0].run = [](const rocks::Files&, const std::filesystem::path&) {
    return absl::UnavailableError("no room");
  };
  EXPECT_EQ(OpenAs(failing).code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(FormatOf(ledger()), ToText(kTwo)) << "the step before it was whole";
  ASSERT_OK(OpenAs(three_));
  EXPECT_EQ(All().size(), 3u);
}

TEST_F(Upgrade, IsRefusedAtEveryStartAndChangesNoByte) {
  MakeOld();
  for (const char* format : {"2", "99", "1-draft.1", "0", "2-draft.77", "2040.spring"}) {
    SetFormat(format);
    const auto before = FilesIn(ledger());
    for (int start = 0; start < 3; ++start) {
      EXPECT_THAT(Open(), HasReason("DIRECTORY_UNUSABLE")) << format;
      EXPECT_THAT(CheckLedger({.directory = ledger()}), HasReason("DIRECTORY_UNUSABLE")) << format;
    }
    EXPECT_EQ(FilesIn(ledger()), before) << format;
  }
  SetFormat(ToText(kOne));
  EXPECT_OK(Open());
}

TEST_F(Upgrade, DoesNotTakeAFlippedBitForAnotherFormat) {
  MakeOld();
  const std::string whole = Read(ledger() / "IDENTITY");
  const std::size_t digit = whole.find("format: ") + 8;
  for (int bit = 0; bit < 8; ++bit) {
    Flip(ledger() / "IDENTITY", digit, bit);
    EXPECT_THAT(OpenAs(three_), HasReason("LOG_DAMAGED")) << bit;
    const StartPlan plan = PlanStart(ledger());
    EXPECT_THAT(plan.refusal, HasReason("LOG_DAMAGED"));
    EXPECT_EQ(plan.format, "");
    Write(ledger() / "IDENTITY", whole);
  }
}

TEST_F(Upgrade, DoesNotTakeALedgerThatLostItsIdentityForNone) {
  MakeOld();
  std::filesystem::remove(ledger() / "IDENTITY");
  EXPECT_THAT(Open(), HasReason("LOG_DAMAGED"));
  EXPECT_THAT(PlanStart(ledger()).refusal, HasReason("LOG_DAMAGED"));
  ASSERT_OK_AND_ASSIGN(const LedgerReport report, CheckLedger({.directory = ledger()}));
  EXPECT_EQ(report.findings_total, 1u);
}

TEST_F(Upgrade, IsToldBeforehandAndNothingChanges) {
  MakeOld();
  const auto before = FilesIn(ledger());
  const StartPlan same = PlanStart(ledger());
  EXPECT_OK(same.refusal);
  EXPECT_EQ(same.format, ToText(kOne));
  EXPECT_EQ(same.log.log_id.size(), 32u);
  EXPECT_THAT(same.steps, IsEmpty());
  const StartPlan upgrade = PlanStart(ledger(), rocks::LocalEnv(), three_);
  EXPECT_OK(upgrade.refusal);
  ASSERT_EQ(upgrade.steps.size(), 2u);
  EXPECT_EQ(upgrade.steps[0].to, kTwo);
  EXPECT_EQ(upgrade.steps[1].to, kThree);
  const StartPlan refused = PlanStart(ledger(), rocks::LocalEnv(), two_without_steps_);
  EXPECT_THAT(refused.refusal, HasReason("DIRECTORY_UNUSABLE"));
  EXPECT_THAT(PlanStart(directory_.path()).refusal, HasReason("DIRECTORY_UNUSABLE"));
  EXPECT_EQ(FilesIn(ledger()), before);
}

TEST_F(Upgrade, IsToldBesideARunningStore) {
  ASSERT_OK(Open());
  AppendSome(1);
  const StartPlan plan = PlanStart(ledger());
  EXPECT_OK(plan.refusal);
  AppendSome(1);
}

TEST_F(Upgrade, ComesBeforeACheckOfTheDirectory) {
  MakeOld();
  LedgerCheckOptions options{.directory = ledger()};
  options.formats = &two_;
  EXPECT_THAT(CheckLedger(options), HasReason("DIRECTORY_UNUSABLE"));
  ASSERT_OK(OpenAs(two_));
  Close();
  ASSERT_OK_AND_ASSIGN(const LedgerReport report, CheckLedger(options));
  EXPECT_EQ(report.findings_total, 0u);
}

TEST_F(Upgrade, ANewLedgerHasTheFormatOfTheProgram) {
  ASSERT_OK(OpenAs(two_));
  Close();
  EXPECT_EQ(FormatOf(ledger()), ToText(kTwo));
  EXPECT_THAT(lines_, IsEmpty());
}

TEST_F(Upgrade, ABackupOfAnOlderFormatIsUpgradedWhenItIsRestored) {
  ASSERT_OK(Open());
  AppendSome(5);
  ASSERT_OK(store_->Backup(backups()));
  Close();
  ASSERT_OK_AND_ASSIGN(const std::vector<BackupInfo> list,
                       ListBackups(backups(), rocks::LocalEnv(), two_));
  ASSERT_EQ(list.size(), 1u);
  EXPECT_EQ(list[0].format, ToText(kOne));
  EXPECT_TRUE(list[0].other_format);
  ASSERT_OK_AND_ASSIGN(const RestoreReport report,
                       RestoreBackup(backups(), std::nullopt, restored(), rocks::LocalEnv(), two_));
  EXPECT_EQ(report.backup.upto.size, 5u);
  EXPECT_EQ(FormatOf(restored()), ToText(kTwo));
  EXPECT_TRUE(std::filesystem::exists(restored() / ("made-for-" + ToText(kTwo))));
  RocksEventStoreOptions options = Options();
  options.directory = restored();
  options.formats = &two_;
  ASSERT_OK(OpenWith(std::move(options)));
  EXPECT_EQ(All().size(), 5u);
}

TEST_F(Upgrade, ABackupOfANewerFormatIsListedAndNotRestored) {
  ASSERT_OK(OpenAs(two_));
  AppendSome(5);
  ASSERT_OK(store_->Backup(backups()));
  Close();
  ASSERT_OK_AND_ASSIGN(const std::vector<BackupInfo> list, ListBackups(backups()));
  ASSERT_EQ(list.size(), 1u);
  EXPECT_EQ(list[0].format, ToText(kTwo));
  const absl::Status refused = RestoreBackup(backups(), std::nullopt, restored()).status();
  EXPECT_THAT(refused, HasReason("DIRECTORY_UNUSABLE"));
  EXPECT_THAT(Message(refused),
              HasSubstr("was written by a newer version (format " + ToText(kTwo)));
  EXPECT_FALSE(std::filesystem::exists(restored()));
  EXPECT_OK(RestoreBackup(backups(), std::nullopt, restored(), rocks::LocalEnv(), two_));
}

TEST_F(Upgrade, BackupsOfTwoFormatsLieInOneDirectory) {
  ASSERT_OK(Open());
  AppendSome(2);
  ASSERT_OK(store_->Backup(backups()));
  Close();
  ASSERT_OK(OpenAs(two_));
  AppendSome(2);
  ASSERT_OK(store_->Backup(backups()));
  Close();
  ASSERT_OK_AND_ASSIGN(const std::vector<BackupInfo> list, ListBackups(backups()));
  ASSERT_EQ(list.size(), 2u);
  EXPECT_FALSE(list[0].other_format);
  EXPECT_TRUE(list[1].other_format);
  ASSERT_OK_AND_ASSIGN(const RestoreReport old, RestoreBackup(backups(), 1, restored()));
  EXPECT_EQ(old.backup.upto.size, 2u);
  EXPECT_EQ(FormatOf(restored()), ToText(kOne));
}

}  // namespace
}  // namespace daybook::eventstore
