// Colchester, twelve months to January 2024 against the year before.
#include "projections/reports/incident_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "eventstore/core/error.h"
#include "projections/reports/incident_records.h"
#include "tests/unit/projections/reports/builders.h"

namespace daybook::reports {
namespace {

using testing::AddArea;
using ::testing::ElementsAre;
using testing::FigurePublished;
using testing::HasNote;
using testing::MeasureDefined;
using testing::Observation;
using testing::ObservationRecorded;
using testing::P;
using testing::ViewFeed;

constexpr char kExtract[] = "six-year-table-2024-03";

class IncidentFeed : public ViewFeed {
 public:
  IncidentFeed() {
    testing::AddOrganisation(*this, "essex-police", "Essex Police");
    AddArea(*this, "colchester", "Colchester", "district");
  }

  void Define(const std::string& id, const std::string& label, std::uint32_t sort_order = 1) {
    Add(testing::Measure(id, MeasureDefined::SUBJECT_INCIDENTS, label, sort_order));
  }

  void Figure(const std::string& measure, const std::string& period, const std::string& value,
              const std::string& extract = kExtract, const Options& options = {}) {
    ObservationRecorded fact = Observation(measure, "colchester", "essex-police", period);
    fact.set_extract(extract);
    *fact.mutable_quantity() = testing::Q(value);
    Add(fact, options);
  }

  void Pair(const std::string& measure, const std::string& previous, const std::string& current) {
    Figure(measure, "12m to 2023-01", previous);
    Figure(measure, "12m to 2024-01", current);
  }

  void Records(const std::string& month, const std::string& type, const std::string& district,
               int count, const std::string& dataset = "police-uk-street") {
    incidents::events::v1::IncidentRecorded fact;
    fact.set_dataset(dataset);
    fact.set_force_id("essex-police");
    fact.set_month(month);
    fact.set_type(type);
    fact.set_district(district);
    for (int i = 0; i < count; ++i) Add(fact);
  }

  v1::GetIncidentTrendResponse Ask(const std::string& period = "12m to 2024-01") const {
    v1::GetIncidentTrendRequest request;
    request.set_area_id("colchester");
    *request.mutable_period() = P(period);
    const auto trend = IncidentTrend(Views(), request, Context());
    EXPECT_OK(trend);
    return trend.ok() ? *trend : v1::GetIncidentTrendResponse();
  }
};

const v1::IncidentTrendRow& Find(const v1::GetIncidentTrendResponse& trend,
                                 std::string_view measure) {
  for (const auto& row : trend.rows()) {
    if (row.measure_id() == measure) return row;
  }
  ADD_FAILURE() << "no row " << measure;
  return v1::IncidentTrendRow::default_instance();
}

TEST(IncidentTrend, TwelveMonthsToJanuary2024AgainstTheYearBefore) {
  IncidentFeed feed;
  feed.Define("all-crime", "All crime", 1);
  feed.Define("violence-with-injury", "Violence with injury", 2);
  feed.Define("robbery", "Robbery", 3);
  feed.Define("asb", "Anti-social behaviour", 4);
  feed.Pair("asb", "2641", "1647");
  feed.Pair("robbery", "161", "178");
  feed.Pair("violence-with-injury", "2018", "1971");
  feed.Pair("all-crime", "18641", "17032");
  const auto trend = feed.Ask();
  ASSERT_EQ(trend.rows_size(), 4);
  EXPECT_EQ(trend.rows(0).measure_id(), "all-crime") << "by the measure's place in tables";
  EXPECT_EQ(Find(trend, "violence-with-injury").change_percent(), "-2.3");
  EXPECT_EQ(Find(trend, "robbery").change_percent(), "+10.6");
  EXPECT_EQ(Find(trend, "asb").change_percent(), "-37.6");
  const auto& all = Find(trend, "all-crime");
  EXPECT_EQ(all.previous(), "18641");
  EXPECT_EQ(all.current(), "17032");
  EXPECT_EQ(all.change(), "-1609");
  EXPECT_EQ(all.change_percent(), "-8.6");
  EXPECT_EQ(all.origin(), "return");
  EXPECT_EQ(all.source(), "Essex Police");
}

FigurePublished PublishedChange(const std::string& measure, const std::string& percent,
                                const std::string& absolute) {
  FigurePublished figure;
  figure.set_document_id("csp-report-2024-03");
  figure.set_section("5.14");
  figure.set_measure_id(measure);
  figure.set_area_id("colchester");
  *figure.mutable_period() = P("12m to 2024-01");
  *figure.mutable_compared_with() = P("12m to 2023-01");
  figure.mutable_change()->set_percent(percent);
  figure.mutable_change()->set_absolute(absolute);
  return figure;
}

TEST(IncidentTrend, WhatADocumentPrintedStandsBesideAndIsNeverMixedIn) {
  IncidentFeed feed;
  feed.Define("all-crime", "All crime");
  feed.Pair("all-crime", "18641", "17032");
  feed.Add(PublishedChange("all-crime", "-8.7", "-1620"));
  const auto trend = feed.Ask();
  ASSERT_EQ(trend.rows_size(), 1);
  EXPECT_EQ(trend.rows(0).change(), "-1609");
  EXPECT_THAT(trend.rows(0).published(),
              ElementsAre("1,620 fewer, 8.7% (csp-report-2024-03, 5.14)"));
}

TEST(IncidentTrend, WhatADocumentPrintedOnAMeasureWithoutAReturnIsARowOfItsOwn) {
  IncidentFeed feed;
  feed.Define("domestic-abuse", "Domestic abuse");
  feed.Add(PublishedChange("domestic-abuse", "-15.7", ""));
  const auto trend = feed.Ask();
  ASSERT_EQ(trend.rows_size(), 1);
  EXPECT_EQ(trend.rows(0).origin(), "published");
  EXPECT_EQ(trend.rows(0).current(), "");
  EXPECT_THAT(trend.rows(0).published(), ElementsAre("15.7% fewer (csp-report-2024-03, 5.14)"));
}

TEST(IncidentTrend, TwoExtractsOfOnePeriodAreTwoRows) {
  IncidentFeed feed;
  feed.Define("all-crime", "All crime");
  feed.Figure("all-crime", "12m to 2024-01", "17032", "six-year-table");
  feed.Figure("all-crime", "12m to 2024-01", "17021", "section-5-14");
  EXPECT_EQ(feed.Ask().rows_size(), 2);
}

TEST(IncidentTrend, AChangeAcrossADeclaredBreakIsWithheld) {
  IncidentFeed feed;
  feed.Define("non-dwelling", "Burglary residential - non dwelling");
  feed.Figure("non-dwelling", "12m to 2022-01", "273");
  feed.Pair("non-dwelling", "126", "122");
  measures::events::v1::SeriesBreakDeclared declared;
  declared.set_measure_id("non-dwelling");
  declared.set_date("2022-02-01");
  declared.set_cause("definition");
  feed.Add(declared);
  EXPECT_EQ(feed.Ask("12m to 2024-01").rows(0).change_percent(), "-3.2");
  const auto across = feed.Ask("12m to 2023-01");
  EXPECT_TRUE(across.rows(0).broken());
  EXPECT_EQ(across.rows(0).current(), "126");
  EXPECT_EQ(across.rows(0).change(), "");
  EXPECT_EQ(across.rows(0).change_percent(), "");
  EXPECT_TRUE(HasNote(across.notes(), "[b]"));
}

TEST(IncidentTrend, SumsTwelveMonthlyFiguresOnlyWhereNoneIsMissing) {
  IncidentFeed feed;
  feed.Define("robbery", "Robbery");
  for (const std::string& month : MonthsOf(P("12m to 2024-01"))) {
    feed.Figure("robbery", month, "10");
  }
  for (const std::string& month : MonthsOf(P("12m to 2023-01"))) {
    if (month != "2022-07") feed.Figure("robbery", month, "8");
  }
  const auto trend = feed.Ask();
  EXPECT_EQ(trend.rows(0).current(), "120");
  EXPECT_EQ(trend.rows(0).previous(), "");
  EXPECT_EQ(trend.rows(0).change(), "");
  EXPECT_THAT(trend.rows(0).missing_months(), ElementsAre("2022-07"));
  EXPECT_TRUE(HasNote(trend.notes(), "2022-07"));
  feed.Figure("robbery", "2022-07", "12");
  EXPECT_EQ(feed.Ask().rows(0).previous(), "100");
  EXPECT_EQ(feed.Ask().rows(0).change_percent(), "+20.0");
}

TEST(IncidentTrend, CountsRecordsByTypeWithTheTotalAndTheTotalWithoutAsb) {
  IncidentFeed feed;
  feed.Records("2018-09", "robbery", "Colchester", 4);
  feed.Records("2018-09", "anti-social-behaviour", "Colchester", 10);
  feed.Records("2018-10", "robbery", "Colchester", 5);
  feed.Records("2018-10", "robbery", "Tendring", 50);
  feed.Records("2018-10", "anti-social-behaviour", "Colchester", 8);
  feed.Records("2018-10", "anti-social-behaviour", "", 70);
  const auto trend = feed.Ask("2018-10");
  EXPECT_EQ(Find(trend, "robbery").current(), "5");
  EXPECT_EQ(Find(trend, "robbery").change_percent(), "+25.0");
  EXPECT_EQ(Find(trend, "robbery").extract(), "police-uk-street");
  EXPECT_EQ(Find(trend, "all-recorded").current(), "13");
  EXPECT_EQ(Find(trend, "all-but-anti-social-behaviour").current(), "5");
}

TEST(IncidentTrend, NeverFillsMissingMonthsWithZeros) {
  IncidentFeed feed;
  feed.Records("2018-10", "robbery", "Colchester", 5);
  const auto trend = feed.Ask("2018-10");
  EXPECT_EQ(Find(trend, "robbery").current(), "5");
  EXPECT_EQ(Find(trend, "robbery").previous(), "");
  EXPECT_EQ(Find(trend, "robbery").change(), "");
  EXPECT_THAT(Find(trend, "robbery").missing_months(), ElementsAre("2018-09"));
}

TEST(IncidentTrend, AMonthWithRecordsElsewhereIsATrueZero) {
  IncidentFeed feed;
  feed.Records("2018-09", "robbery", "Tendring", 3);
  feed.Records("2018-10", "robbery", "Colchester", 5);
  EXPECT_EQ(Find(feed.Ask("2018-10"), "robbery").previous(), "0");
}

TEST(IncidentTrend, RecordsAndReturnsAreNeverAdded) {
  IncidentFeed feed;
  feed.Define("robbery", "Robbery");
  feed.Figure("robbery", "2018-10", "6");
  feed.Records("2018-10", "robbery", "Colchester", 5);
  feed.Records("2018-10", "robbery", "Colchester", 4, "council-extract");
  const auto trend = feed.Ask("2018-10");
  std::vector<std::string> values;
  for (const auto& row : trend.rows()) {
    if (row.measure_id() == "robbery") values.push_back(row.origin() + " " + row.current());
  }
  EXPECT_THAT(values, ElementsAre("return 6", "records 4", "records 5"));
}

TEST(IncidentTrend, MarksWhatWasLoadedLater) {
  IncidentFeed feed;
  feed.Define("robbery", "Robbery");
  feed.Figure("robbery", "12m to 2024-01", "178", kExtract, {.known_on = "2024-03-18"});
  const auto trend = feed.Ask();
  EXPECT_TRUE(trend.rows(0).back_loaded());
  EXPECT_EQ(trend.truth().back_loaded(), 1u);
}

TEST(IncidentTrend, OfTheForcesAreaHasTheRecordsWithoutAPlaceToo) {
  IncidentFeed feed;
  AddArea(feed, "essex-police-area", "Essex Police force area", "force");
  feed.Records("2018-10", "robbery", "Colchester", 5);
  feed.Records("2018-10", "robbery", "", 2);
  v1::GetIncidentTrendRequest request;
  request.set_area_id("essex-police-area");
  *request.mutable_period() = P("2018-10");
  const auto trend = IncidentTrend(feed.Views(), request, feed.Context());
  ASSERT_OK(trend);
  EXPECT_EQ(Find(*trend, "all-recorded").current(), "7");
}

TEST(IncidentTrend, SaysThatNothingWasKnownInsteadOfZeros) {
  IncidentFeed feed;
  v1::GetIncidentTrendRequest request;
  request.set_area_id("colchester");
  *request.mutable_period() = P("12m to 2024-01");
  AnswerContext context = feed.Context();
  context.truth.known_on = *values::ParseDay("2024-01-01");
  context.truth.counts = {.not_yet_known = 40, .known_unknown = 2, .back_loaded = 0};
  const auto trend = IncidentTrend(feed.Views(), request, context);
  ASSERT_OK(trend);
  EXPECT_EQ(trend->rows_size(), 0);
  EXPECT_TRUE(
      HasNote(trend->notes(), "Nothing of this was known to the partnership by 2024-01-01"));
  EXPECT_TRUE(HasNote(trend->notes(), "40 facts"));
  EXPECT_EQ(trend->truth().known_on(), "2024-01-01");
  EXPECT_EQ(trend->truth().known_unknown(), 2u);
}

TEST(IncidentTrend, RefusesAnUnknownAreaAndABrokenPeriod) {
  IncidentFeed feed;
  v1::GetIncidentTrendRequest request;
  request.set_area_id("nowhere");
  *request.mutable_period() = P("2018-10");
  EXPECT_EQ(eventstore::ErrorReason(IncidentTrend(feed.Views(), request, feed.Context()).status()),
            "UNKNOWN_AREA");
  request.set_area_id("colchester");
  request.mutable_period()->set_end_date("2018-10-30");
  EXPECT_EQ(eventstore::ErrorReason(IncidentTrend(feed.Views(), request, feed.Context()).status()),
            "INVALID_FIELD");
}

TEST(HeldMonths, AreThoseWithAnyRecordOfTheDatasetAndForce) {
  IncidentFeed feed;
  feed.Records("2018-10", "robbery", "Colchester", 1);
  feed.Records("2018-10", "drugs", "", 2);
  feed.Records("2018-12", "robbery", "Tendring", 1);
  const auto held = HeldMonths({.incidents = &feed.incidents});
  ASSERT_EQ(held.size(), 1u);
  EXPECT_EQ(held.begin()->second, (std::set<std::string>{"2018-10", "2018-12"}));
}

}  // namespace
}  // namespace daybook::reports
