#include "proto/registry/prescribed_items.h"

#include <set>
#include <string>

#include "gtest/gtest.h"
#include "proto/registry/crime_types.h"
#include "proto/registry/offences.h"
#include "proto/values/civil.h"

namespace daybook::registry {
namespace {

TEST(PrescribedItems, HaveOneCodeEachAndADatasetThatExists) {
  std::set<std::string_view> codes;
  std::set<std::string_view> datasets;
  for (const PrescribedItem& item : PrescribedItems()) {
    EXPECT_TRUE(codes.insert(item.code).second) << item.code;
    EXPECT_EQ(PrescribedItemOf(item.code), &item);
    EXPECT_NE(FindPrescribedDataset(item.dataset), nullptr) << item.code;
    datasets.insert(item.dataset);
  }
  EXPECT_EQ(datasets.size(), PrescribedDatasets().size());
}

TEST(PrescribedItems, AreFoundByCodeAndNameInTheirOwnDatasetAlone) {
  for (const PrescribedItem& item : PrescribedItems()) {
    for (const PrescribedDataset& dataset : PrescribedDatasets()) {
      const PrescribedItem* expected = item.dataset == dataset.name ? &item : nullptr;
      EXPECT_EQ(FindPrescribedItem(dataset.name, item.code), expected) << item.code;
      EXPECT_EQ(FindPrescribedItem(dataset.name, item.name), expected) << item.name;
    }
  }
  EXPECT_EQ(FindPrescribedItem("incidents", "Arson"), nullptr);
}

TEST(PrescribedItems, OfThePoliceAreFoundUnderTheWordingsOfSubGroups) {
  const auto code = [](std::string_view wording) {
    const auto* item = FindPrescribedItem("prescribed-police", wording);
    return item == nullptr ? "" : item->code;
  };
  EXPECT_EQ(code("Burglary - residential"), "residential-burglary");
  EXPECT_EQ(code("asb"), "police-asb-incident");
  EXPECT_EQ(code("Deliberate primary fire"), "");
  EXPECT_EQ(NearestPrescribedItem("prescribed-fire", "deliberate primry fire"),
            "Deliberate primary fire");
}

TEST(PrescribedPeriods, AreQuartersAndDueAtTheEndOfTheNext) {
  const auto words = [](std::string_view day) {
    const auto period = PrescribedPeriodOf(*values::ParseDay(day));
    return values::FormatDay(period.first) + " " + values::FormatDay(period.last) + " " +
           values::FormatDay(period.due);
  };
  EXPECT_EQ(words("2017-10-01"), "2017-10-01 2017-12-31 2018-03-31");
  EXPECT_EQ(words("2018-03-31"), "2018-01-01 2018-03-31 2018-06-30");
  EXPECT_EQ(words("2024-08-15"), "2024-07-01 2024-09-30 2024-12-31");
}

TEST(OffenceSubGroups, LieInTypesThatAreInUseAndAreFoundByEveryWording) {
  std::set<std::string_view> codes;
  for (const OffenceSubGroup& group : OffenceSubGroups()) {
    EXPECT_TRUE(codes.insert(group.code).second);
    const CrimeType* type = CrimeTypeOf(group.crime_type);
    ASSERT_NE(type, nullptr) << group.code;
    EXPECT_TRUE(type->IsInUse("2024-01"));
    EXPECT_EQ(FindOffenceSubGroup(group.code), &group);
    EXPECT_EQ(FindOffenceSubGroup(group.name), &group);
  }
  EXPECT_EQ(FindOffenceSubGroup("VIOLENCE WITH  INJURY")->code, "violence-with-injury");
  EXPECT_EQ(FindOffenceSubGroup(""), nullptr);
}

TEST(IncidentFlags, AreFoundUnderTheWordsOfPoliceSystems) {
  for (const IncidentFlag& flag : IncidentFlags()) {
    EXPECT_EQ(FindIncidentFlag(flag.code), &flag);
    EXPECT_EQ(FindIncidentFlag(flag.name), &flag);
  }
  EXPECT_EQ(FindIncidentFlag("DA")->code, "domestic-abuse");
  EXPECT_EQ(FindIncidentFlag("Knife crime")->code, "knife");
  EXPECT_EQ(NearestIncidentFlag("hate crme"), "Hate crime");
}

TEST(Withdrawals, AreFoundUnderTheWordsOfPoliceSystems) {
  for (const Withdrawal& withdrawal : Withdrawals()) {
    EXPECT_EQ(FindWithdrawal(withdrawal.code), &withdrawal);
  }
  EXPECT_EQ(FindWithdrawal("No-Crime")->code, "cancelled");
  EXPECT_EQ(FindWithdrawal("detected"), nullptr);
  EXPECT_EQ(NearestWithdrawal("transfered"), "Transferred");
}

}  // namespace
}  // namespace daybook::registry
