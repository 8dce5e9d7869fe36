// Keys that repeat within one file: several offences under one crime number.
#include <string>
#include <vector>

#include "tests/unit/services/submissions/office.h"

namespace daybook::submissions {
namespace {

// Sends it as the n-th extract of its scope and returns its counts.
events::v1::VersionCounts Send(Office& office, int number, const std::string& kind,
                               std::vector<Row> rows) {
  const File file{std::to_string(number), kind, "2025-0" + std::to_string(number) + "-01",
                  std::move(rows), 0};
  const std::string id = office.Open(file);
  office.Send(file, id);
  auto completed = office.Complete(file, id);
  EXPECT_OK(completed.status());
  if (completed->submission.state() == "held") {
    completed = office.Complete(file, id, completed->submission.counts().rows_voided());
    EXPECT_OK(completed.status());
  }
  return completed->submission.counts();
}

TEST(AKeyThatRepeats, CountsWithEachContentInAFullExtract) {
  Office office;
  const auto counts = Send(office, 1, "whole", {{"k", "theft"}, {"k", "drugs"}, {"j", "theft"}});
  EXPECT_EQ(counts.rows_new(), 3U);
  EXPECT_EQ(counts.rows_sharing_key(), 2U);
  EXPECT_EQ(counts.rows_refused(), 0U);
  EXPECT_EQ(office.Stands(), (Standing{{"k", "theft"}, {"k", "drugs"}, {"j", "theft"}}));
}

TEST(AKeyThatRepeats, IsUnchangedWhenTheExtractIsSentAgainInAnotherOrder) {
  Office office;
  Send(office, 1, "whole", {{"k", "theft"}, {"k", "drugs"}});
  const auto counts = Send(office, 2, "whole", {{"k", "drugs"}, {"k", "theft"}});
  EXPECT_EQ(counts.rows_unchanged(), 2U);
  EXPECT_EQ(counts.rows_new() + counts.rows_changed() + counts.rows_voided(), 0U);
}

TEST(AKeyThatRepeats, KeepsTheRowThatStoodWhileTheKeyWasUnique) {
  Office office;
  Send(office, 1, "whole", {{"k", "theft"}});
  const auto counts = Send(office, 2, "whole", {{"k", "drugs"}, {"k", "theft"}});
  EXPECT_EQ(counts.rows_unchanged(), 1U);
  EXPECT_EQ(counts.rows_new(), 1U);
  EXPECT_EQ(counts.rows_voided(), 0U);
  EXPECT_EQ(office.Stands(), (Standing{{"k", "drugs"}, {"k", "theft"}}));
}

TEST(AKeyThatRepeats, AndThenNoLongerIsOneRecordAgain) {
  Office office;
  Send(office, 1, "whole", {{"k", "theft"}, {"k", "drugs"}, {"k", "arson"}});
  Send(office, 2, "whole", {{"k", "drugs"}});
  EXPECT_EQ(office.Stands(), (Standing{{"k", "drugs"}}));
  Send(office, 3, "whole", {{"k", "arson"}, {"k", "drugs"}});
  EXPECT_EQ(office.Stands(), (Standing{{"k", "drugs"}, {"k", "arson"}}));
}

TEST(AKeyThatRepeats, WithTheSameContentIsOneRecord) {
  Office office;
  const auto counts = Send(office, 1, "whole", {{"k", "theft"}, {"k", "theft"}, {"j", "drugs"}});
  EXPECT_EQ(counts.rows_new(), 2U);
  EXPECT_EQ(counts.rows_repeated(), 1U);
  EXPECT_EQ(office.Stands(), (Standing{{"k", "theft"}, {"j", "drugs"}}));
  const auto mixed = Send(office, 2, "whole", {{"k", "theft"}, {"k", "theft"}, {"k", "drugs"}});
  EXPECT_EQ(mixed.rows_repeated(), 1U);
  EXPECT_EQ(office.Stands(), (Standing{{"k", "theft"}, {"k", "drugs"}}));
}

TEST(AKeyThatRepeats, ContradictsItselfInAFileOfAdditionsOrCorrections) {
  for (const char* kind : {"additions", "corrections"}) {
    Office office;
    Send(office, 1, "whole", {{"j", "theft"}});
    const auto counts = Send(office, 2, kind, {{"k", "theft"}, {"k", "drugs"}});
    EXPECT_EQ(counts.rows_refused(), 1U) << kind;
    EXPECT_EQ(office.Stands(), (Standing{{"j", "theft"}, {"k", "theft"}})) << kind;
  }
}

TEST(RowsWithoutAKey, OfEveryTypeAreToldApartByTheirContent) {
  Office office;
  const std::vector<Row> rows = {{"", "robbery"}, {"", "robbery"}, {"", "drugs"}};
  EXPECT_EQ(Send(office, 1, "whole", rows).rows_new(), 3U);
  EXPECT_EQ(Send(office, 2, "whole", rows).rows_unchanged(), 3U);
  EXPECT_EQ(office.Stands(), (Standing{{"", "robbery"}, {"", "robbery"}, {"", "drugs"}}));
}

}  // namespace
}  // namespace daybook::submissions
