// Figures that are of their form and look unlikely: asked about, recorded all the same.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "eventstore/memory/memory_event_store.h"
#include "proto/values/period.h"
#include "services/measures/domain/measure_commands.h"
#include "tests/support/status_matchers.h"
#include "tests/unit/services/commands/store_helpers.h"
#include "tests/unit/services/measures/registers.h"
#include "tests/unit/services/outcomes.h"

namespace daybook::measures {
namespace {

using daybook::testing::AppendTo;
using daybook::testing::DraftsOf;
using daybook::testing::FindingsOf;
using daybook::testing::ResultsOf;
using events::v1::ObservationRecorded;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using types::v1::RowResult;
using Where = std::vector<std::pair<std::string, std::string>>;

class Plausibility : public ::testing::Test {
 protected:
  Plausibility() {
    registers_.AddDimension("sex", {"female", "male"}, /*complete=*/true);
    registers_.AddDimension("age", {"young", "old"}, /*complete=*/false);
    registers_.AddMeasure("clients", "clients", true, true, {"age", "sex"});
  }

  v1::ObservationRow& Add(const std::string& measure, const values::Period& period,
                          const std::string& value, const Where& where = {}) {
    v1::ObservationRow& row = *request_.add_rows();
    row.set_row(static_cast<std::uint32_t>(request_.rows_size()));
    row.set_measure_id(measure);
    row.set_area("Riverside");
    row.set_source("north police");
    *row.mutable_period() = values::PeriodToProto(period);
    row.set_basis(ObservationRecorded::BASIS_IN_PERIOD);
    row.mutable_quantity()->set_value(value);
    for (const auto& [dimension, category] : where) {
      auto* added = row.add_dimensions();
      added->set_dimension_id(dimension);
      added->set_category_id(category);
    }
    return row;
  }

  v1::ObservationRow& AddCell(const std::string& value, const Where& where) {
    return Add("clients", values::Month(2024, 1), value, where);
  }

  types::v1::RowResults Decide() {
    commands::StreamLoader loader(store_);
    const auto outcome = DecideObservations(loader, Now(), request_);
    EXPECT_OK(outcome.status());
    return outcome.ok() ? ResultsOf(*outcome) : types::v1::RowResults();
  }

  // Decides, appends as `agency` and begins a new message; what was recorded.
  std::vector<ObservationRecorded> Record() {
    std::vector<ObservationRecorded> recorded;
    commands::StreamLoader loader(store_);
    const auto outcome = DecideObservations(loader, Now(), request_);
    EXPECT_OK(outcome.status());
    for (const auto& draft : DraftsOf(*outcome)) {
      ObservationRecorded event;
      EXPECT_TRUE(event.ParseFromString(draft.payload));
      AppendTo(store_, draft.stream, event, agency_);
      recorded.push_back(event);
    }
    request_.clear_rows();
    return recorded;
  }

  Circumstances Now() const {
    Circumstances now = registers_.Now();
    now.agency = agency_;
    return now;
  }

  // Months of 2022 and 2023, one after the other.
  void RecordMonths(const std::vector<std::string>& figures) {
    for (std::size_t i = 0; i < figures.size(); ++i) {
      Add("robbery", values::Month(2022 + static_cast<int>(i / 12), static_cast<int>(i % 12) + 1),
          figures[i]);
    }
    Record();
  }

  static std::vector<std::string> Asked(const types::v1::RowResult& result) {
    std::vector<std::string> reasons;
    for (const auto& finding : result.findings()) {
      EXPECT_EQ(finding.level(), types::v1::Finding::LEVEL_ASK);
      reasons.push_back(finding.reason());
    }
    return reasons;
  }

  std::string agency_ = "north-police";
  eventstore::MemoryEventStore store_;
  daybook::testing::Registers registers_;
  v1::SubmitObservationsRequest request_;
};

TEST_F(Plausibility, AFigureMoreThanHalfOffTheLastIsAskedAboutAndRecorded) {
  RecordMonths({"100"});
  Add("robbery", values::Month(2022, 2), "151");
  EXPECT_THAT(Asked(Decide().results(0)), ElementsAre("FAR_FROM_LAST"));
  EXPECT_EQ(Decide().results(0).outcome(), RowResult::OUTCOME_RECORDED);
  EXPECT_THAT(Record().at(0).questions(), ElementsAre("FAR_FROM_LAST"));
}

TEST_F(Plausibility, HalfOffIsNotMoreThanHalfOff) {
  RecordMonths({"100"});
  Add("robbery", values::Month(2022, 2), "150");
  EXPECT_THAT(Asked(Decide().results(0)), IsEmpty());
}

TEST_F(Plausibility, AReasonAnswersTheQuestion) {
  RecordMonths({"100"});
  Add("robbery", values::Month(2022, 2), "200");
  Record();
  Add("robbery", values::Month(2022, 2), "200");
  EXPECT_EQ(Decide().results(0).outcome(), RowResult::OUTCOME_UNCHANGED) << "the same again";
  request_.mutable_rows(0)->set_reason("campaign");
  const auto recorded = Record();
  ASSERT_EQ(recorded.size(), 1U);
  EXPECT_THAT(recorded[0].questions(), IsEmpty());
  EXPECT_EQ(recorded[0].reason(), "campaign");
  Add("robbery", values::Month(2022, 3), "200").set_reason("because");
  EXPECT_THAT(FindingsOf(Decide().results(0)), ElementsAre("UNKNOWN_VALUE@reason"));
}

TEST_F(Plausibility, OtherKindsOfPeriodsAreNotTheLastFigure) {
  RecordMonths({"100"});
  Add("robbery", values::PlanYear(2022), "1200");
  EXPECT_THAT(Asked(Decide().results(0)), IsEmpty());
}

TEST_F(Plausibility, OnceThereAreTwelveTheirOwnLimitsDecide) {
  // Mean 20, ranges of 20: limits -33.2 and 73.2.
  RecordMonths({"10", "30", "10", "30", "10", "30", "10", "30", "10", "30", "10", "30"});
  Add("robbery", values::Month(2023, 1), "73");
  EXPECT_THAT(Asked(Decide().results(0)), IsEmpty()) << "more than half off, and usual";
  request_.mutable_rows(0)->mutable_quantity()->set_value("74");
  EXPECT_THAT(Asked(Decide().results(0)), ElementsAre("OUTSIDE_LIMITS"));
}

TEST_F(Plausibility, WhatLiesBeforeABreakIsNoMeasureOfWhatComesAfter) {
  RecordMonths({"100"});
  registers_.AddBreak("robbery", "2022-02-01");
  Add("robbery", values::Month(2022, 2), "300");
  EXPECT_THAT(Asked(Decide().results(0)), IsEmpty());
}

TEST_F(Plausibility, ATotalThatIsNotTheSumOfItsPartsIsAskedAboutWhenTheLastOfThemComes) {
  AddCell("7", {{"sex", "female"}});
  AddCell("10", {});
  AddCell("4", {{"sex", "male"}});
  const auto results = Decide();
  EXPECT_THAT(Asked(results.results(0)), IsEmpty());
  EXPECT_THAT(Asked(results.results(1)), IsEmpty());
  EXPECT_THAT(Asked(results.results(2)), ElementsAre("TOTAL_NOT_SUM"));
}

TEST_F(Plausibility, TheTotalIsCheckedWhicheverComesLast) {
  AddCell("7", {{"sex", "female"}});
  AddCell("4", {{"sex", "male"}});
  AddCell("10", {});
  EXPECT_THAT(Asked(Decide().results(2)), ElementsAre("TOTAL_NOT_SUM"));
  request_.mutable_rows(2)->mutable_quantity()->set_value("11");
  EXPECT_THAT(Asked(Decide().results(2)), IsEmpty());
}

TEST_F(Plausibility, APartOfTwoDimensionsAtOnceIsCheckedAgainstTheTotalOfBoth) {
  const auto cell = [&](const std::string& age, const std::string& sex, const std::string& value) {
    AddCell(value, {{"sex", sex}, {"age", age}});
  };
  AddCell("20", {});
  cell("young", "female", "1");
  cell("young", "male", "2");
  cell("old", "female", "3");
  cell("old", "male", "15");
  EXPECT_THAT(Asked(Decide().results(4)), ElementsAre("TOTAL_NOT_SUM"))
      << "21 in the cells, 20 in all";
  request_.mutable_rows(4)->mutable_quantity()->set_value("9");
  EXPECT_THAT(Asked(Decide().results(4)), IsEmpty()) << "the ages may leave somebody out";
}

TEST_F(Plausibility, CategoriesAreThoseOfTheMeasure) {
  AddCell("7", {{"sex", "neither"}});
  AddCell("7", {{"shoe-size", "42"}});
  AddCell("7", {{"sex", "male"}, {"sex", "female"}});
  Add("robbery", values::Month(2024, 1), "7", {{"sex", "male"}});
  const auto results = Decide();
  EXPECT_THAT(FindingsOf(results.results(0)), ElementsAre("UNKNOWN_DIMENSION@dimensions[0]"));
  EXPECT_THAT(FindingsOf(results.results(1)), ElementsAre("UNKNOWN_DIMENSION@dimensions[0]"));
  EXPECT_THAT(FindingsOf(results.results(2)), ElementsAre("INVALID_FIELD@dimensions"));
  EXPECT_THAT(FindingsOf(results.results(3)), ElementsAre("UNKNOWN_DIMENSION@dimensions[0]"));
}

TEST_F(Plausibility, FiguresOfOtherCategoriesStandBesideEachOther) {
  AddCell("7", {{"sex", "female"}});
  AddCell("4", {{"sex", "male"}});
  EXPECT_EQ(Record().size(), 2U);
  AddCell("7", {{"sex", "female"}});
  EXPECT_EQ(Decide().results(0).outcome(), RowResult::OUTCOME_UNCHANGED);
}

TEST_F(Plausibility, CategoriesAreKeptInTheOrderOfTheMeasure) {
  AddCell("7", {{"sex", "female"}, {"age", "old"}});
  const auto recorded = Record();
  EXPECT_EQ(recorded.at(0).dimensions(0).dimension_id(), "age");
}

TEST_F(Plausibility, ASeriesHasOneSender) {
  agency_ = "shire-council";
  RecordMonths({"100"});
  agency_ = "a-charity";
  Add("robbery", values::Month(2022, 2), "101");
  EXPECT_THAT(FindingsOf(Decide().results(0)), ElementsAre("SERIES_OWNED@source"));
  request_.mutable_rows(0)->set_extract("our-own-count");
  EXPECT_EQ(Decide().results(0).outcome(), RowResult::OUTCOME_RECORDED) << "another series";
}

TEST_F(Plausibility, WhoeverCountsTakesItsSeriesFromWhoeverSentItBefore) {
  agency_ = "shire-council";
  RecordMonths({"100"});
  agency_ = "north-police";
  Add("robbery", values::Month(2022, 2), "101");
  EXPECT_EQ(Record().size(), 1U);
  agency_ = "shire-council";
  Add("robbery", values::Month(2022, 3), "102");
  EXPECT_THAT(FindingsOf(Decide().results(0)), ElementsAre("SERIES_OWNED@source"));
}

TEST_F(Plausibility, ASuccessorGoesOnWithASeries) {
  agency_ = "shire-council";
  RecordMonths({"100"});
  registers_.AddSuccession("shire-council", "great-shire-council");
  agency_ = "great-shire-council";
  Add("robbery", values::Month(2022, 2), "101");
  EXPECT_EQ(Decide().results(0).outcome(), RowResult::OUTCOME_RECORDED);
}

TEST_F(Plausibility, AFigureIsOfTheDefinitionThatHeldInItsPeriod) {
  registers_.AddVersion("robbery", 2, "2023-04-01");
  Add("robbery", values::Month(2023, 3), "100");
  Add("robbery", values::Month(2023, 4), "100");
  const auto recorded = Record();
  EXPECT_EQ(recorded.at(0).measure_version(), 1U);
  EXPECT_EQ(recorded.at(1).measure_version(), 2U);
}

}  // namespace
}  // namespace daybook::measures
