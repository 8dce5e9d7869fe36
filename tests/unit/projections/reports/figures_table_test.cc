// Every figure one by one: nothing is dropped, and what a figure is not is marked.
#include "projections/reports/figures_table.h"

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
using testing::Q;
using testing::ViewFeed;

class FiguresTables : public ::testing::Test {
 protected:
  FiguresTables() {
    testing::AddOrganisation(feed_, "probation", "Probation");
    testing::AddArea(feed_, "colchester", "Colchester", "district");
    feed_.Add(testing::Measure("wso-new", MeasureDefined::SUBJECT_REFERRALS, "WSO: new", 2));
    feed_.Add(testing::Measure("vcs", MeasureDefined::SUBJECT_OTHER, "Scheme", 1));
    feed_.Add(testing::Measure("robbery", MeasureDefined::SUBJECT_INCIDENTS, "Robbery", 3));
  }

  static ObservationRecorded Fact(const std::string& measure, const std::string& period) {
    return testing::Observation(measure, "colchester", "probation", period);
  }

  std::vector<v1::Table> Ask(const FiguresRequest& request = {}) {
    const auto answer = Figures(feed_.Views(), request, feed_.Context());
    EXPECT_OK(answer);
    return answer.value_or(TablesAnswer()).tables;
  }

  static std::vector<std::string> Numbers(const v1::Table& table, int row) {
    std::vector<std::string> cells;
    for (int i = 8; i < 13; ++i) {
      const auto& cell = table.rows(row).cells(i);
      cells.push_back(cell.marker().empty() ? cell.text() : "[" + cell.marker() + "]");
    }
    return cells;
  }

  ViewFeed feed_;
};

TEST_F(FiguresTables, ShowEveryFormOfAFigureOfEverySubject) {
  auto share = Fact("wso-new", "2013-14 Q1");
  share.mutable_share()->set_numerator("8");
  share.mutable_share()->set_denominator("74");
  share.mutable_share()->set_printed_percent("11");
  feed_.Add(share);
  auto percent = Fact("vcs", "2023-08-02");
  percent.mutable_printed_percent()->set_percent("0.04");
  feed_.Add(percent);
  auto floor = Fact("robbery", "2018-10");
  *floor.mutable_quantity() = Q("more than 8");
  floor.add_caveats("distorted");
  feed_.Add(floor);
  const v1::Table table = Ask()[0];
  ASSERT_EQ(table.rows_size(), 3);  // by the measures' places in tables
  EXPECT_THAT(Numbers(table, 0), ElementsAre("0.04", "[x]", "[x]", "[x]", "0.04"));
  EXPECT_THAT(Numbers(table, 1), ElementsAre("8 of 74", "8", "74", "10.8", "11"));
  EXPECT_THAT(Numbers(table, 2), ElementsAre("more than 8", "[x]", "[z]", "[z]", "[z]"));
  EXPECT_TRUE(HasNote(table.notes(), "distorted:"));
}

TEST_F(FiguresTables, AreLimitedByWhatIsAskedFor) {
  for (const char* period : {"2018-10", "2018-11"}) {
    auto fact = Fact("robbery", period);
    *fact.mutable_quantity() = Q("8");
    feed_.Add(fact);
  }
  EXPECT_EQ(Ask({"robbery", "colchester", "probation", P("2018-10")})[0].rows_size(), 1);
  EXPECT_EQ(Ask({"robbery", "", "", P("2018-19")})[0].rows_size(), 2);
  EXPECT_EQ(Ask({"vcs", "", "", {}})[0].rows_size(), 0);
  EXPECT_TRUE(HasNote(Ask({"vcs", "", "", {}})[0].notes(), "No such figure is held"));
  EXPECT_EQ(Ask({"", "", "somebody", {}})[0].rows_size(), 0);
  const auto unknown = Figures(feed_.Views(), {"horoscopes", "", "", {}}, feed_.Context());
  EXPECT_EQ(eventstore::ErrorReason(unknown.status()), "UNKNOWN_MEASURE");
}

TEST_F(FiguresTables, CountTheFiguresThatWereReplaced) {
  for (const char* value : {"8", "9", "10"}) {
    auto fact = Fact("robbery", "2018-10");
    *fact.mutable_quantity() = Q(value);
    feed_.Add(fact);
  }
  const v1::Table table = Ask()[0];
  ASSERT_EQ(table.rows_size(), 1);
  EXPECT_EQ(table.rows(0).cells(8).text(), "10");
  EXPECT_EQ(table.rows(0).cells(15).text(), "2");
}

TEST_F(FiguresTables, CountWhatTheyDoNotShow) {
  for (int i = 0; i < FiguresRequest::kRowsMax + 2; ++i) {
    auto fact = Fact("robbery", "2018-10");
    fact.set_extract("file-" + std::to_string(i));
    *fact.mutable_quantity() = Q("8");
    feed_.Add(fact);
  }
  const v1::Table table = Ask()[0];
  EXPECT_EQ(table.rows_size(), FiguresRequest::kRowsMax);
  EXPECT_TRUE(HasNote(table.notes(), "2 more figures are not shown"));
}

TEST_F(FiguresTables, ShowWhatDocumentsPrinted) {
  testing::FigurePublished printed;
  printed.set_measure_id("robbery");
  printed.set_area_id("colchester");
  printed.set_document_id("report-2024");
  printed.set_section("5.14");
  printed.set_published_date("2024-03-18");
  *printed.mutable_period() = P("12m to 2024-01");
  *printed.mutable_compared_with() = P("12m to 2023-01");
  printed.mutable_change()->set_percent("-8.7");
  printed.mutable_change()->set_absolute("-1620");
  feed_.Add(printed);
  const v1::Table table = Ask()[1];
  ASSERT_EQ(table.rows_size(), 1);
  EXPECT_EQ(table.rows(0).cells(4).text(), "12m to 2023-01");
  EXPECT_EQ(table.rows(0).cells(5).text(), "1,620 fewer, 8.7%");
  EXPECT_EQ(table.rows(0).cells(6).text(), "report-2024");
}

}  // namespace
}  // namespace daybook::reports
