// The Women's Safety Worker table of 2013-14 and the Next Chapter means.
#include "projections/reports/referral_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daybook/referrals/events/v1/events.pb.h"
#include "tests/unit/projections/reports/builders.h"

namespace daybook::reports {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using testing::FigurePublished;
using testing::HasNote;
using testing::MeasureDefined;
using testing::Observation;
using testing::ObservationRecorded;
using testing::P;
using testing::ViewFeed;

void Define(ViewFeed& feed, const std::string& id, const std::string& service) {
  MeasureDefined fact = testing::Measure(id, MeasureDefined::SUBJECT_REFERRALS, id);
  fact.set_service_id(service);
  feed.Add(fact);
}

void AddShare(ViewFeed& feed, const std::string& measure, const std::string& period,
              const std::string& part, const std::string& whole, const std::string& printed,
              ObservationRecorded::Basis basis) {
  ObservationRecorded fact = Observation(measure, "colchester", "probation", period);
  fact.set_basis(basis);
  fact.mutable_share()->set_numerator(part);
  fact.mutable_share()->set_denominator(whole);
  fact.mutable_share()->set_printed_percent(printed);
  feed.Add(fact);
}

v1::GetReferralTrendResponse Ask(const ViewFeed& feed, const std::string& service = "",
                                 const std::string& within = "") {
  v1::GetReferralTrendRequest request;
  request.set_service_id(service);
  if (!within.empty()) *request.mutable_within() = P(within);
  const auto trend = ReferralTrend(feed.Views(), request, feed.Context());
  EXPECT_OK(trend);
  return trend.ok() ? *trend : v1::GetReferralTrendResponse();
}

std::vector<std::string> Percents(const v1::ReferralSeries& series) {
  std::vector<std::string> percents;
  for (const auto& point : series.points()) percents.push_back(point.percent());
  return percents;
}

TEST(ReferralTrend, NewReferralsOfTheWomensSafetyWorkerWithTheCountysPart) {
  ViewFeed feed;
  Define(feed, "wso-new", "wso");
  const auto in_period = ObservationRecorded::BASIS_IN_PERIOD;
  // Out of order on purpose: points come in the order of their periods.
  AddShare(feed, "wso-new", "2013-14 Q3", "10", "77", "13", in_period);
  AddShare(feed, "wso-new", "2013-14 Q1", "8", "74", "11", in_period);
  AddShare(feed, "wso-new", "2013-14 Q4", "13", "98", "13", in_period);
  AddShare(feed, "wso-new", "2013-14 Q2", "5", "64", "8", in_period);
  const auto trend = Ask(feed, "wso");
  ASSERT_EQ(trend.series_size(), 1);
  EXPECT_THAT(Percents(trend.series(0)), ElementsAre("10.8", "7.8", "13.0", "13.3"));
  const auto& first = trend.series(0).points(0);
  EXPECT_EQ(first.period_label(), "2013-14 Q1");
  EXPECT_EQ(first.value(), "8");
  EXPECT_EQ(first.whole(), "74");
  EXPECT_EQ(first.printed_percent(), "11");
  EXPECT_EQ(first.change_percent(), "");
  EXPECT_EQ(trend.series(0).points(1).change_percent(), "-37.5");
}

TEST(ReferralTrend, OpenCasesAtQuarterEnd) {
  ViewFeed feed;
  Define(feed, "wso-open", "wso");
  const auto at_date = ObservationRecorded::BASIS_AT_DATE;
  AddShare(feed, "wso-open", "2013-14 Q1", "45", "396", "", at_date);
  AddShare(feed, "wso-open", "2013-14 Q2", "43", "418", "", at_date);
  AddShare(feed, "wso-open", "2013-14 Q3", "45", "446", "", at_date);
  AddShare(feed, "wso-open", "2013-14 Q4", "53", "459", "", at_date);
  const auto trend = Ask(feed);
  EXPECT_THAT(Percents(trend.series(0)), ElementsAre("11.4", "10.3", "10.1", "11.5"));
  EXPECT_EQ(trend.series(0).basis(), "at-date");
}

TEST(ReferralTrend, APercentageWithoutItsPartsIsShownAsPrintedAndComparedWithNothing) {
  ViewFeed feed;
  Define(feed, "wso-active-share", "wso");
  for (const char* quarter : {"2013-14 Q1", "2013-14 Q2"}) {
    ObservationRecorded fact = Observation("wso-active-share", "colchester", "probation", quarter);
    fact.set_basis(ObservationRecorded::BASIS_AT_DATE);
    fact.mutable_printed_percent()->set_percent("11");
    fact.mutable_printed_percent()->set_missing(types::v1::PrintedPercent::MISSING_DENOMINATOR);
    feed.Add(fact);
  }
  const auto trend = Ask(feed);
  const auto& point = trend.series(0).points(1);
  EXPECT_EQ(point.printed_percent(), "11");
  EXPECT_EQ(point.percent(), "");
  EXPECT_EQ(point.value(), "");
  EXPECT_EQ(point.change_percent(), "");
  EXPECT_THAT(point.caveats(), Contains("parts-not-given"));
  EXPECT_TRUE(HasNote(trend.notes(), "parts were not given"));
}

TEST(ReferralTrend, FiguresToDateGrowByThemselvesAndGetNoChange) {
  ViewFeed feed;
  Define(feed, "wso-active", "wso");
  for (const auto& [quarter, value] :
       std::vector<std::pair<std::string, std::string>>{{"2013-14 Q1", "53"},
                                                        {"2013-14 Q2", "58"},
                                                        {"2013-14 Q3", "68"},
                                                        {"2013-14 Q4", "81"}}) {
    ObservationRecorded fact = Observation("wso-active", "colchester", "probation", quarter);
    fact.set_basis(ObservationRecorded::BASIS_TO_DATE);
    *fact.mutable_quantity() = testing::Q(value);
    feed.Add(fact);
  }
  const auto trend = Ask(feed);
  ASSERT_EQ(trend.series(0).points_size(), 4);
  EXPECT_EQ(trend.series(0).points(3).value(), "81");
  for (const auto& point : trend.series(0).points()) EXPECT_EQ(point.change_percent(), "");
}

TEST(ReferralTrend, APercentagePrintedInADocumentStandsBesideTheReturn) {
  ViewFeed feed;
  Define(feed, "wso-active", "wso");
  ObservationRecorded fact = Observation("wso-active", "colchester", "probation", "2013-14 Q1");
  *fact.mutable_quantity() = testing::Q("53");
  feed.Add(fact);
  FigurePublished figure;
  figure.set_document_id("year-end-report");
  figure.set_measure_id("wso-active");
  figure.set_area_id("colchester");
  *figure.mutable_period() = P("2013-14 Q1");
  figure.mutable_percent()->set_percent("11");
  feed.Add(figure);
  const auto trend = Ask(feed);
  EXPECT_EQ(trend.series(0).points(0).value(), "53");
  EXPECT_EQ(trend.series(0).points(0).printed_percent(), "11");
}

void AddMean(ViewFeed& feed, const std::string& period, const std::string& value,
             const std::vector<std::string>& caveats) {
  ObservationRecorded fact = Observation("next-chapter-mean", "colchester", "next-chapter", period);
  fact.set_basis(ObservationRecorded::BASIS_MONTHLY_MEAN);
  *fact.mutable_quantity() = testing::Q(value);
  for (const std::string& caveat : caveats) fact.add_caveats(caveat);
  feed.Add(fact);
}

TEST(ReferralTrend, MeansOfAMonthCompareAcrossPeriodsOfAnyLength) {
  ViewFeed feed;
  Define(feed, "next-chapter-mean", "next-chapter");
  AddMean(feed, "2019-20", "164", {"area-unclear"});
  AddMean(feed, "2023-01-01..2023-03-31", "299", {"calendar-unclear", "area-unclear"});
  const auto trend = Ask(feed);
  ASSERT_EQ(trend.series(0).points_size(), 2);
  EXPECT_EQ(trend.series(0).points(1).change_percent(), "+82.3");
  EXPECT_THAT(trend.series(0).points(1).caveats(), ElementsAre("calendar-unclear", "area-unclear"));
  EXPECT_TRUE(HasNote(trend.notes(), "calendar-unclear:"));
  EXPECT_TRUE(HasNote(trend.notes(), "area-unclear:"));
}

TEST(ReferralTrend, CountsCompareOnlyBetweenPeriodsOfOneKind) {
  ViewFeed feed;
  Define(feed, "count", "s");
  for (const auto& [period, value] : std::vector<std::pair<std::string, std::string>>{
           {"2018-19", "400"}, {"2019-20 Q1", "120"}}) {
    ObservationRecorded fact = Observation("count", "colchester", "a", period);
    *fact.mutable_quantity() = testing::Q(value);
    feed.Add(fact);
  }
  EXPECT_EQ(Ask(feed).series(0).points(1).change_percent(), "");
}

TEST(ReferralTrend, NoChangeIsShownAcrossADeclaredBreak) {
  ViewFeed feed;
  Define(feed, "count", "s");
  for (const auto& [period, value] :
       std::vector<std::pair<std::string, std::string>>{{"2018-19", "400"}, {"2019-20", "300"}}) {
    ObservationRecorded fact = Observation("count", "colchester", "a", period);
    *fact.mutable_quantity() = testing::Q(value);
    feed.Add(fact);
  }
  EXPECT_EQ(Ask(feed).series(0).points(1).change_percent(), "-25.0");
  measures::events::v1::SeriesBreakDeclared declared;
  declared.set_measure_id("count");
  declared.set_date("2019-04-01");
  declared.set_cause("definition");
  feed.Add(declared);
  const auto trend = Ask(feed);
  EXPECT_EQ(trend.series(0).points(1).change_percent(), "");
  EXPECT_THAT(trend.series(0).points(1).caveats(), Contains("break"));
}

void AddReferrals(ViewFeed& feed, const std::string& month, const std::string& area, int count,
                  const std::string& agency = "next-chapter") {
  referrals::events::v1::ReferralReceived fact;
  fact.set_service_id("next-chapter");
  fact.set_month(month);
  fact.set_area_id(area);
  for (int i = 0; i < count; ++i) feed.Add(fact, {.agency = agency});
}

const v1::ReferralSeries* FindSeries(const v1::GetReferralTrendResponse& trend,
                                     const std::string& label, const std::string& area) {
  for (const auto& series : trend.series()) {
    if (series.label() == label && series.area() == area) return &series;
  }
  return nullptr;
}

TEST(ReferralRecords, AddUpToAQuarterOnlyWhereNoMonthIsMissing) {
  ViewFeed feed;
  AddReferrals(feed, "2023-04", "colchester", 3);
  AddReferrals(feed, "2023-05", "tendring", 2);
  AddReferrals(feed, "2023-06", "colchester", 4);
  AddReferrals(feed, "2023-07", "colchester", 1);
  const auto trend = Ask(feed);
  const auto* quarters = FindSeries(trend, "Referrals recorded, by quarter", "colchester");
  ASSERT_NE(quarters, nullptr);
  ASSERT_EQ(quarters->points_size(), 2);
  EXPECT_EQ(quarters->points(0).value(), "7") << "May holds records of the service: a true zero";
  EXPECT_EQ(quarters->points(1).value(), "");
  EXPECT_THAT(quarters->points(1).caveats(), ElementsAre("months-missing"));
  const auto* months = FindSeries(trend, "Referrals recorded, by month", "colchester");
  ASSERT_NE(months, nullptr);
  EXPECT_EQ(months->points(1).value(), "0");
  EXPECT_EQ(months->measure_id(), "records");
}

TEST(ReferralRecords, NeverAddTwoAgencies) {
  ViewFeed feed;
  AddReferrals(feed, "2023-04", "colchester", 3, "next-chapter");
  AddReferrals(feed, "2023-04", "colchester", 2, "essex-police");
  std::vector<std::string> values;
  const auto trend = Ask(feed);
  for (const auto& series : trend.series()) {
    if (series.label() == "Referrals recorded, by month") {
      values.push_back(series.source() + " " + series.points(0).value());
    }
  }
  EXPECT_THAT(values, ElementsAre("essex-police 2", "next-chapter 3"));
}

TEST(ReferralTrend, ShowsOnlyPeriodsWithinTheSpanAskedFor) {
  ViewFeed feed;
  Define(feed, "next-chapter-mean", "next-chapter");
  AddMean(feed, "2019-20", "164", {});
  AddMean(feed, "2023-01-01..2023-03-31", "299", {});
  const auto trend = Ask(feed, "", "CY2023");
  ASSERT_EQ(trend.series(0).points_size(), 1);
  EXPECT_EQ(trend.series(0).points(0).value(), "299");
  EXPECT_EQ(trend.series(0).points(0).change_percent(), "+82.3") << "on a point that is not shown";
}

}  // namespace
}  // namespace daybook::reports
