// Tables of returned figures for the public.
#include "projections/reports/fact_release.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <tuple>
#include <vector>

#include "projections/reports/release.h"
#include "projections/reports/report_catalogue.h"
#include "tests/unit/projections/reports/builders.h"
#include "tests/unit/projections/reports/rows_of.h"

namespace daybook::reports::testing {
namespace {

using ::daybook::testing::HasReason;
using ::testing::HasSubstr;

constexpr int kNumber = 9;  // columns of "figures"
constexpr int kWhole = 10;
constexpr int kPercent = 11;

class FactRelease : public ::testing::Test {
 protected:
  FactRelease() {
    AddArea(feed_, "county", "County", "county");
    AddArea(feed_, "vale", "Vale", "district", {"county"});
    AddOrganisation(feed_, "charity", "Charity");
    MeasureDefined clients = Measure("clients", MeasureDefined::SUBJECT_OTHER, "Clients");
    clients.set_is_count(true);
    feed_.Add(clients);
  }
  std::uint64_t Count(const std::string& period, const std::string& count,
                      const std::string& area = "vale") {
    ObservationRecorded fact = Observation("clients", area, "charity", period);
    *fact.mutable_quantity() = Q(count);
    return feed_.Add(fact);
  }
  void Share(const std::string& period, const std::string& part, const std::string& whole) {
    ObservationRecorded fact = Observation("clients", "vale", "charity", period);
    fact.mutable_share()->set_numerator(part);
    fact.mutable_share()->set_denominator(whole);
    fact.mutable_share()->set_denominator_area("county");
    feed_.Add(fact);
  }
  absl::StatusOr<RenderedReport> Public(v1::Protection protection = v1::PROTECTION_SUPPRESSION,
                                        const std::string& name = "figures",
                                        const Parameters& parameters = {{"measure", "clients"}}) {
    AnswerContext context = feed_.Context();
    context.for_release = true;
    auto report = Render(name, parameters, feed_.Views(), context);
    if (!report.ok()) return report.status();
    if (absl::Status safe = ProtectForPublic(protection, *report); !safe.ok()) return safe;
    return report;
  }
  // The released tables become part of what everybody knows.
  void Record(const RenderedReport& report) {
    for (const CountsRelease& release : report.releases) {
      for (const auto& record : release.records) feed_.Add(record);
    }
  }
  Rows PublicRows() {
    const auto report = Public();
    EXPECT_OK(report);
    return report.ok() ? RowsOf(report->response.tables(0)) : Rows{};
  }
  ViewFeed feed_;
};

TEST_F(FactRelease, ASmallCountIsHiddenAndOthersStand) {
  Count("2022-23", "40");
  Count("2023-24", "3");
  const auto report = Public();
  ASSERT_OK(report);
  const Rows rows = RowsOf(report->response.tables(0));
  EXPECT_EQ(rows[0][kNumber], "40");
  EXPECT_EQ(rows[1][kNumber], "[c]");
  EXPECT_EQ(rows[1][8], "[c]") << "and so is the figure in words";
  EXPECT_TRUE(HasNote(report->response.tables(0).notes(), "[c] hidden"));
  for (const auto& row : report->response.tables(0).rows()) {
    for (const auto& cell : row.cells()) EXPECT_EQ(cell.positions_size(), 0);
  }
}

TEST_F(FactRelease, AYearAndItsOtherHalfWouldGiveASmallHalfAway) {
  Count("2023-24", "33");
  Count("2023-04-01..2023-09-30", "3");
  Count("2023-10-01..2024-03-31", "30");
  const Rows rows = PublicRows();
  const auto hidden = std::count_if(rows.begin(), rows.end(),
                                    [](const auto& row) { return row[kNumber] == "[c]"; });
  EXPECT_EQ(hidden, 2) << "the small half, and the year or the other half";
}

TEST_F(FactRelease, WhatIsLeftOfACountyBesideItsDistrictIsProtected) {
  Count("2023-24", "42", "county");
  Count("2023-24", "40", "vale");  // the other districts have 2
  const Rows rows = PublicRows();
  EXPECT_TRUE(rows[0][kNumber] == "[c]" || rows[1][kNumber] == "[c]");
}

TEST_F(FactRelease, APercentageOfAHiddenPartIsHiddenToo) {
  Share("2022-23", "20", "100");
  Share("2023-24", "2", "100");
  const Rows rows = PublicRows();
  EXPECT_EQ(rows[0][kNumber], "20");
  EXPECT_EQ(rows[0][kWhole], "100");
  EXPECT_EQ(rows[0][kPercent], "20.0");
  EXPECT_EQ(rows[1][kNumber], "[c]");
  EXPECT_EQ(rows[1][kPercent], "[c]");
}

TEST_F(FactRelease, APercentageThatLooksLikeItsCountIsNoCount) {
  // 10 of 100 is "10.0" here, and whoever printed it wrote 10: with a hidden part it says the
  // whole.
  ObservationRecorded fact = Observation("clients", "vale", "charity", "2023-24");
  fact.mutable_share()->set_numerator("2");
  fact.mutable_share()->set_denominator("100");
  fact.mutable_share()->set_printed_percent("2");
  feed_.Add(fact);
  Count("2022-23", "50");
  const Rows rows = PublicRows();
  EXPECT_EQ(rows[1][kNumber], "[c]");
  EXPECT_EQ(rows[1][12], "[c]") << "% as printed";
}

TEST_F(FactRelease, ActiveCasesAreLeftOutBesideNewOnes) {
  for (const char* id : {"new", "active"}) {
    MeasureDefined measure = Measure(id, MeasureDefined::SUBJECT_REFERRALS, id);
    measure.set_is_count(true);
    feed_.Add(measure);
  }
  for (const auto& [period, fresh, active] :
       std::vector<std::tuple<std::string, std::string, std::string>>{{"2013-14 Q1", "8", "53"},
                                                                      {"2013-14 Q2", "3", "56"}}) {
    ObservationRecorded counted = Observation("new", "vale", "charity", period);
    *counted.mutable_quantity() = Q(fresh);
    feed_.Add(counted);
    counted.set_measure_id("active");
    *counted.mutable_quantity() = Q(active);
    feed_.Add(counted);
  }
  const auto report =
      Public(v1::PROTECTION_SUPPRESSION, "caseload",
             {{"area", "vale"}, {"open", "clients"}, {"new", "new"}, {"active", "active"}});
  ASSERT_OK(report);
  for (const auto& row : RowsOf(report->response.tables(0))) {
    for (const std::string& cell : row) {
      EXPECT_NE(cell, "53");
      EXPECT_NE(cell, "56");
    }
  }
}

TEST_F(FactRelease, ATableThatWasReleasedBeforeIsHeldAgainstIt) {
  Count("2023-24", "33");
  Count("2023-04-01..2023-09-30", "3");
  Record(*Public());  // the year stands, the half is hidden
  Count("2023-10-01..2024-03-31", "30");
  const auto report = Public();
  ASSERT_OK(report);
  const Rows rows = RowsOf(report->response.tables(0));
  const auto half = std::find_if(rows.begin(), rows.end(),
                                 [](const auto& row) { return row[5].ends_with("2024-03-31"); });
  ASSERT_NE(half, rows.end());
  EXPECT_EQ((*half)[kNumber], "[c]") << "33 less 30 would be 3";
}

TEST_F(FactRelease, ATotalWhosePartsAreHiddenIsHiddenUnlessItWasPrinted) {
  measures::events::v1::TableReleased parts = NewRecord();
  parts.set_measure_id("clients");
  parts.set_area_id("vale");
  parts.set_source_id("charity");
  *parts.mutable_period() = P("2023-24");
  parts.set_protection(measures::events::v1::TableReleased::PROTECTION_SUPPRESSED);
  auto* women = parts.add_sums();
  women->add_dimensions()->set_dimension_id("sex");
  women->set_hidden(true);
  Count("2023-24", "12");
  Count("2022-23", "50");
  feed_.Add(parts);
  EXPECT_EQ(PublicRows()[1][kNumber], "[c]");
}

TEST_F(FactRelease, RoundingRoundsCountsAndHidesWhatFollowsFromThem) {
  Share("2022-23", "21", "104");
  Share("2023-24", "33", "150");
  const auto report = Public(v1::PROTECTION_ROUNDING);
  ASSERT_OK(report);
  const Rows rows = RowsOf(report->response.tables(0));
  EXPECT_EQ(rows[0][kNumber], "20");
  EXPECT_EQ(rows[0][kWhole], "105");
  EXPECT_EQ(rows[0][kPercent], "[c]");
}

TEST_F(FactRelease, WhatIsNoExactReturnedCountIsHidden) {
  Count("2022-23", "about 40");
  Count("2023-24", "40");
  const Rows rows = PublicRows();
  EXPECT_NE(rows[0][8], "about 40");
  EXPECT_EQ(rows[1][kNumber], "40");
}

TEST_F(FactRelease, AReportWithoutReturnedCountsAndATextNobodyReadAreRefused) {
  EXPECT_THAT(Public(), HasReason("NOT_RELEASABLE"));
  Count("2023-24", "40");
  AnswerContext context = feed_.Context();
  context.for_release = true;
  auto report = Render("figures", {{"measure", "clients"}}, feed_.Views(), context);
  ASSERT_OK(report);
  report->texts.push_back({0, 0, 0, eventstore::Position{1}, "narrative"});
  EXPECT_THAT(ProtectForPublic(v1::PROTECTION_SUPPRESSION, *report), HasReason("NOT_RELEASABLE"));
}

TEST_F(FactRelease, AReportThatCountsNobodyIsReleasedAsItIs) {
  scrutiny::events::v1::ResolutionPassed passed;
  passed.set_resolution_id("r1");
  passed.set_passed_date("2023-09-18");
  feed_.Add(passed);
  const auto report = Public(v1::PROTECTION_SUPPRESSION, "scrutiny-tracker", {});
  ASSERT_OK(report);
  EXPECT_EQ(report->response.tables(0).rows_size(), 1);
}

TEST_F(FactRelease, FiguresThatContradictTheirPartsAreRefused) {
  Count("2023-24", "20");
  Count("2023-04-01..2023-09-30", "30");
  const auto report = Public();
  EXPECT_THAT(report, HasReason("NOT_RELEASABLE"));
  EXPECT_THAT(std::string(report.status().message()), HasSubstr("less than the parts"));
}

}  // namespace
}  // namespace daybook::reports::testing
