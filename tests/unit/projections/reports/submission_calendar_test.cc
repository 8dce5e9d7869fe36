#include "projections/reports/submission_calendar.h"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "tests/support/status_matchers.h"
#include "tests/support/view_feed.h"
#include "tests/unit/projections/reports/builders.h"

namespace daybook::reports {
namespace {

using ::testing::HasSubstr;
using testing::Observation;

class Calendar : public ::testing::Test {
 protected:
  Calendar() {
    feed_.Add(testing::Measure("clients", testing::MeasureDefined::SUBJECT_OTHER, "Clients"));
  }
  void Figure(const std::string& period, const std::string& known_on,
              const std::string& source = "next-chapter") {
    auto fact = Observation("clients", "colchester", source, period);
    *fact.mutable_quantity() = testing::Q("7");
    daybook::testing::ViewFeed::Options options;
    options.known_on = known_on;
    feed_.Add(fact, options);
  }
  std::vector<std::map<std::string, std::string>> Rows(const std::string& period,
                                                       const std::string& today) {
    const auto answer =
        SubmissionCalendar(feed_.Views(), {testing::P(period), ""}, feed_.Context(today));
    EXPECT_OK(answer);
    std::vector<std::map<std::string, std::string>> rows;
    if (!answer.ok()) return rows;
    const v1::Table& table = answer->tables[0];
    for (const v1::Row& row : table.rows()) {
      auto& cells = rows.emplace_back();
      for (int i = 0; i < row.cells_size(); ++i) {
        cells[table.columns(i).key()] = row.cells(i).text();
      }
    }
    return rows;
  }

  daybook::testing::ViewFeed feed_;
};

TEST_F(Calendar, SaysWhatIsInAfterHowManyDaysAndHowManyItTookBefore) {
  Figure("2018-01", "2018-02-10");
  Figure("2018-02", "2018-03-05");
  Figure("2018-03", "2018-04-20");
  Figure("2018-04", "2018-05-14");
  Figure("2018-05", "2018-06-30");
  const auto rows = Rows("2018-19 Q1", "2018-07-15");
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].at("expected"), "3");
  EXPECT_EQ(rows[0].at("held"), "2");
  EXPECT_EQ(rows[0].at("received"), "2018-06-30");
  EXPECT_EQ(rows[0].at("days"), "30");
  EXPECT_EQ(rows[0].at("usual"), "10") << "of 10, 5 and 20";
  EXPECT_EQ(rows[0].at("state"), "2 of 3");
  EXPECT_EQ(Rows("2018-19 Q1", "2018-06-30")[0].at("state"), "2 of 3 so far");
  EXPECT_EQ(Rows("2018-05", "2018-07-15")[0].at("state"), "in");
  EXPECT_EQ(Rows("2018-06", "2018-07-15")[0].at("state"), "missing");
  EXPECT_EQ(Rows("2018-06", "2018-06-15")[0].at("state"), "not over yet");
}

TEST_F(Calendar, ExpectsNothingOfWhoeverNeverSentOrStoppedAYearAgo) {
  Figure("2018-05", "2018-06-30");
  EXPECT_EQ(Rows("2018-05", "2018-07-15").size(), 0U) << "it came for the first time";
  EXPECT_EQ(Rows("2019-05", "2019-07-15").size(), 1U);
  EXPECT_EQ(Rows("2019-06", "2019-07-15").size(), 0U);
}

TEST_F(Calendar, KeepsSendersApartAndLeavesLongerPeriodsOut) {
  Figure("2018-03", "2018-04-20");
  Figure("2018-03", "2018-04-21", "rape-crisis");
  Figure("2017-18", "2018-04-22", "council");
  EXPECT_EQ(Rows("2018-04", "2018-07-15").size(), 2U);
  EXPECT_EQ(Rows("2018-19", "2019-07-15").size(), 3U);
}

TEST_F(Calendar, SaysThatNothingIsExpectedRatherThanShowingNothing) {
  const auto answer =
      SubmissionCalendar(feed_.Views(), {testing::P("2018-05"), ""}, feed_.Context());
  ASSERT_OK(answer);
  EXPECT_THAT(answer->tables[0].notes(1), HasSubstr("Nothing is expected"));
}

}  // namespace
}  // namespace daybook::reports
