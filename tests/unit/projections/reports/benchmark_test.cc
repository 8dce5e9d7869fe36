// Areas beside each other: rates need denominators, ranks need rivals, noise is said.
#include "projections/reports/benchmark.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "eventstore/core/error.h"
#include "tests/unit/projections/reports/builders.h"

namespace daybook::reports {
namespace {

using ::testing::ElementsAre;
using testing::HasNote;
using testing::MeasureDefined;
using testing::ObservationRecorded;
using testing::P;
using testing::ViewFeed;

class Benchmarks : public ::testing::Test {
 protected:
  Benchmarks() {
    testing::AddOrganisation(feed_, "essex-police", "Essex Police");
    testing::AddOrganisation(feed_, "ons", "ONS");
    testing::AddArea(feed_, "essex", "Essex", "county");
    for (const char* area : {"basildon", "chelmsford", "colchester"}) {
      testing::AddArea(feed_, area, area, "district", {"essex"});
    }
    feed_.Add(testing::Measure("robbery", MeasureDefined::SUBJECT_INCIDENTS, "Robbery"));
    feed_.Add(testing::Measure("population", MeasureDefined::SUBJECT_OTHER, "Population"));
  }

  void Count(const std::string& area, const std::string& count, std::uint32_t version = 1) {
    auto fact = testing::Observation("robbery", area, "essex-police", "AY2022-23");
    *fact.mutable_quantity() = testing::Q(count);
    fact.set_measure_version(version);
    feed_.Add(fact);
  }

  void Population(const std::string& area, const std::string& people,
                  const std::string& day = "2021-03-21") {
    auto fact = testing::Observation("population", area, "ons", day);
    fact.set_basis(ObservationRecorded::BASIS_AT_DATE);
    *fact.mutable_quantity() = testing::Q(people);
    feed_.Add(fact);
  }

  static BenchmarkRequest Request() {
    BenchmarkRequest request;
    request.area_id = "colchester";
    request.period = P("AY2022-23");
    return request;
  }

  TablesAnswer Ask(const BenchmarkRequest& request = Request()) {
    const auto answer = Benchmark(feed_.Views(), request, feed_.Context());
    EXPECT_OK(answer);
    return answer.value_or(TablesAnswer());
  }

  static std::vector<std::string> Row(const v1::Table& table, int row, int from) {
    std::vector<std::string> cells;
    for (int i = from; i < table.rows(row).cells_size(); ++i) {
      const auto& cell = table.rows(row).cells(i);
      cells.push_back(cell.marker().empty() ? cell.text() : "[" + cell.marker() + "]");
    }
    return cells;
  }

  ViewFeed feed_;
};

TEST_F(Benchmarks, RankByTheRateAndSayHowMuchOfTheRankIsNoise) {
  Count("colchester", "100");
  Count("basildon", "110");
  Count("chelmsford", "300");
  Population("colchester", "about 100000");
  Population("basildon", "about 200000");
  Population("chelmsford", "about 200000");
  const TablesAnswer answer = Ask();
  // 1.00 is told apart from both 0.55 and 1.50, so no other place is open.
  EXPECT_THAT(Row(answer.tables[0], 0, 4),
              ElementsAre("100", "1.00", "2", "", "3", "2", "2", "3", ""));
  EXPECT_THAT(Row(answer.tables[1], 0, 4),
              ElementsAre("basildon", "110", "200000", "0.550", "3", "2"));
  EXPECT_TRUE(HasNote(answer.tables[0].notes(), "Population of 2021-03-21, ONS"));
  EXPECT_TRUE(HasNote(answer.tables[0].notes(), "colchester about 100,000"));
}

TEST_F(Benchmarks, NameTheAreasThatCannotBeToldApart) {
  Count("colchester", "3");
  Count("basildon", "0");
  Count("chelmsford", "5");
  for (const char* area : {"colchester", "basildon", "chelmsford"}) Population(area, "190000");
  EXPECT_THAT(Row(Ask().tables[0], 0, 4),
              ElementsAre("3", "0.02", "2", "", "3", "1", "3", "2", "basildon; chelmsford"));
}

TEST_F(Benchmarks, GiveNoRateWithoutADenominatorOfTheAreaUpToThePeriodsEnd) {
  Count("colchester", "3");
  Count("basildon", "4");
  Population("basildon", "190000");
  Population("colchester", "190000", "2024-06-30");
  const TablesAnswer answer = Ask();
  EXPECT_THAT(Row(answer.tables[0], 0, 4),
              ElementsAre("3", "[x]", "[x]", "[x]", "[x]", "[x]", "[x]", "2", ""));
  EXPECT_TRUE(HasNote(answer.tables[0].notes(),
                      "no figure of measure population with a reference date up to 2023-09-30, "
                      "only of 2024-06-30"));
}

TEST_F(Benchmarks, RankNobodyOverOneArea) {
  Count("colchester", "3");
  const TablesAnswer answer = Ask();
  EXPECT_THAT(Row(answer.tables[0], 0, 4),
              ElementsAre("3", "[x]", "[x]", "[x]", "[x]", "[x]", "[x]", "[x]", ""));
  EXPECT_TRUE(HasNote(answer.tables[0].notes(), "A rank wants two areas"));
}

TEST_F(Benchmarks, TakeNoCountOfAPeriodForADenominator) {
  Count("colchester", "3");
  Count("basildon", "4");
  auto visitors = testing::Observation("population", "colchester", "ons", "2018-10");
  *visitors.mutable_quantity() = testing::Q("1000");
  feed_.Add(visitors);
  EXPECT_EQ(Row(Ask().tables[0], 0, 4)[1], "[x]");
}

TEST_F(Benchmarks, TakeTheNewestDenominatorUpToThePeriodsEnd) {
  Count("colchester", "3");
  Count("basildon", "4");
  for (const char* area : {"colchester", "basildon"}) {
    Population(area, "1000", "2011-03-27");
    Population(area, "2000", "2022-06-30");
    Population(area, "3000", "2023-12-31");
    Population(area, "more than 5000", "2023-06-30");  // a floor is no denominator
  }
  EXPECT_EQ(Row(Ask().tables[0], 0, 4)[1], "1.50");
}

TEST_F(Benchmarks, CompareNoFiguresOfTwoDefinitions) {
  Count("colchester", "3");
  Count("basildon", "4", 2);
  Count("chelmsford", "about 5");
  for (const char* area : {"colchester", "basildon", "chelmsford"}) Population(area, "190000");
  const TablesAnswer answer = Ask();
  EXPECT_THAT(Row(answer.tables[1], 0, 4),
              ElementsAre("basildon", "[b]", "190000", "[x]", "[x]", "[x]"));
  EXPECT_THAT(Row(answer.tables[1], 1, 4),
              ElementsAre("chelmsford", "about 5", "190000", "[x]", "[x]", "[x]"));
  EXPECT_EQ(Row(answer.tables[0], 0, 4)[2], "[x]");
  EXPECT_TRUE(HasNote(answer.tables[0].notes(), "A rank wants two areas"));
}

TEST_F(Benchmarks, TakeOnlyWhatWasCountedInThePeriod) {
  for (const char* area : {"colchester", "basildon"}) {
    Count(area, "3");
    Population(area, "190000");
  }
  auto state = testing::Observation("robbery", "colchester", "essex-police", "AY2022-23");
  state.set_extract("open");
  state.set_basis(ObservationRecorded::BASIS_AT_DATE);
  *state.mutable_quantity() = testing::Q("70");
  feed_.Add(state);
  const TablesAnswer answer = Ask();
  EXPECT_EQ(answer.tables[0].rows_size(), 1);
  EXPECT_EQ(answer.tables[1].rows_size(), 2);
}

TEST_F(Benchmarks, AreRefusedOverOneArea) {
  const auto reason = [&](const BenchmarkRequest& request) {
    return eventstore::ErrorReason(Benchmark(feed_.Views(), request, feed_.Context()).status());
  };
  BenchmarkRequest alone = Request();
  alone.among = {"colchester"};
  EXPECT_EQ(reason(alone), "INVALID_FIELD");
  BenchmarkRequest county = Request();
  county.area_id = "essex";
  EXPECT_EQ(reason(county), "INVALID_FIELD");
  BenchmarkRequest unknown = Request();
  unknown.among = {"colchester", "atlantis"};
  EXPECT_EQ(reason(unknown), "UNKNOWN_AREA");
  BenchmarkRequest per = Request();
  per.per = "households";
  EXPECT_EQ(reason(per), "UNKNOWN_MEASURE");
}

TEST_F(Benchmarks, OfWhatIsNotHeldAreEmptyAndSaySo) {
  const TablesAnswer answer = Ask();
  EXPECT_EQ(answer.tables[0].rows_size(), 0);
  EXPECT_TRUE(HasNote(answer.tables[0].notes(), "No figure of this area"));
}

}  // namespace
}  // namespace daybook::reports
