#include "services/cli/column_of.h"

#include <gtest/gtest.h>

namespace daybook::cli {
namespace {

TEST(ColumnOf, AFieldWithTheNameOfAColumnIsThatColumn) {
  EXPECT_EQ(ColumnOf("referrals", "area"), "area");
  EXPECT_EQ(ColumnOf("observations", "denominator"), "denominator");
}

TEST(ColumnOf, AStreetFileHasNamesOfItsOwn) {
  EXPECT_EQ(ColumnOf("police-uk-street", "source_key"), "Crime ID");
  EXPECT_EQ(ColumnOf("police-uk-street", "force"), "Reported by");
}

TEST(ColumnOf, OfAPathTheLastStepThatIsAColumnCounts) {
  EXPECT_EQ(ColumnOf("updates", "measurements[2].quantity.value"), "value");
  EXPECT_EQ(ColumnOf("observations", "share.printed_percent"), "printed_percent");
  EXPECT_EQ(ColumnOf("actions", "leads[1].organisation"), "leads");
  EXPECT_EQ(ColumnOf("members", "organisation_id"), "organisation");
}

TEST(ColumnOf, AFieldOfNoColumnAndADatasetOfNoNameStayAsTheyAre) {
  EXPECT_EQ(ColumnOf("referrals", "head.request_id"), "head.request_id");
  EXPECT_EQ(ColumnOf("horoscopes", "month"), "month");
  EXPECT_EQ(ColumnOf("referrals", ""), "");
}

}  // namespace
}  // namespace daybook::cli
