#include "services/ingest/written_day.h"

#include <gtest/gtest.h>

#include <string>

namespace daybook::ingest {
namespace {

std::string Moment(std::string_view text) { return MomentIn(text).value_or("none"); }
std::string Time(std::string_view text) { return TimeIn(text).value_or("none"); }

TEST(WrittenMoments, KeepTheTimeThatStandsWithTheDay) {
  for (const char* text : {"2024-02-04 23:30", "04/02/2024 23:30:00", "4 Feb 2024 23:30",
                           "2024-02-04T23:30:59.5", "45326.979166667", "2024-02-04T23:30:00Z"}) {
    EXPECT_EQ(Moment(text), "2024-02-04T23:30") << text;
  }
  EXPECT_EQ(Moment("04/02/2024"), "2024-02-04");
  EXPECT_EQ(Moment("45326"), "2024-02-04");
}

TEST(WrittenMoments, WithAZoneAreWhatAClockInLondonShows) {
  EXPECT_EQ(Moment("2024-06-30T23:30:00Z"), "2024-07-01T00:30");
  EXPECT_EQ(Moment("2024-03-31T00:59:00Z"), "2024-03-31T00:59");
  EXPECT_EQ(Moment("2024-03-31T01:00:00Z"), "2024-03-31T02:00") << "the clocks go forward";
  EXPECT_EQ(Moment("2024-10-27T00:59:00Z"), "2024-10-27T01:59");
  EXPECT_EQ(Moment("2024-10-27T01:00:00Z"), "2024-10-27T01:00") << "and back";
  EXPECT_EQ(Moment("2024-01-01T00:30:00+01:00"), "2023-12-31T23:30");
}

TEST(WrittenMoments, ThatAreNoneAreNotGuessed) {
  for (const char* text :
       {"", "23:30", "2024-02-30 10:00", "2024-02-04 25:00", "31/31/2024 10:00"}) {
    EXPECT_EQ(Moment(text), "none") << text;
  }
}

TEST(WrittenMoments, OfExcelStayWithinTheirDay) {
  EXPECT_EQ(Moment("45326.9999999"), "2024-02-04T23:59");
  EXPECT_EQ(Moment("45326.0"), "2024-02-04T00:00");
}

TEST(WrittenTimes, AreReadAsOfficesWriteThem) {
  for (const char* text : {"14:30", "14:30:00", "1430", "2.30pm", "2:30 PM", "0.604166667"}) {
    EXPECT_EQ(Time(text), "14:30") << text;
  }
  EXPECT_EQ(Time("9:05"), "09:05");
  EXPECT_EQ(Time("12am"), "00:00");
  EXPECT_EQ(Time("12.15pm"), "12:15");
  EXPECT_EQ(Time("9am"), "09:00");
  for (const char* text : {"", "25:00", "14.30", "13pm", "0am", "930", "noon", "14:30Z", "2360"}) {
    EXPECT_EQ(Time(text), "none") << text;
  }
}

}  // namespace
}  // namespace daybook::ingest
