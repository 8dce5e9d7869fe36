#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "eventstore/memory/memory_event_store.h"
#include "proto/values/civil.h"
#include "proto/values/period.h"
#include "services/commands/stream_loader.h"
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
using daybook::testing::IsRefused;
using daybook::testing::OnlyEvent;
using daybook::testing::ResultsOf;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using types::v1::RowResult;

class Figures : public ::testing::Test {
 protected:
  v1::FigureRow& Add() {
    v1::FigureRow& row = *request_.add_rows();
    row.set_row(static_cast<std::uint32_t>(request_.rows_size()));
    row.set_document_id("report-2024-03");
    row.set_section("5.14");
    row.set_published_date("2024-03-18");
    row.set_measure_id("robbery");
    row.set_area("riverside");
    *row.mutable_period() = values::PeriodToProto(values::Rolling12To(2024, 1));
    return row;
  }

  v1::FigureRow& AddChange(const std::string& percent) {
    v1::FigureRow& row = Add();
    *row.mutable_compared_with() = values::PeriodToProto(values::Rolling12To(2023, 1));
    row.mutable_change()->set_percent(percent);
    return row;
  }

  commands::Outcome Decide() {
    commands::StreamLoader loader(store_);
    const auto outcome = DecideFigures(loader, registers_.Now(), request_);
    EXPECT_OK(outcome.status());
    return outcome.ok() ? *outcome : commands::Outcome(commands::Rejection());
  }

  void Record() {
    for (const auto& draft : DraftsOf(Decide())) {
      AppendTo(store_, draft.stream, *registry::DecodeEvent(draft.type, draft.payload));
    }
    request_.clear_rows();
  }

  std::vector<std::string> FirstFindings() { return FindingsOf(ResultsOf(Decide()).results(0)); }

  eventstore::MemoryEventStore store_;
  daybook::testing::Registers registers_;
  v1::PublishFiguresRequest request_;
};

TEST_F(Figures, AFigureIsKnownFromTheDayOfPublication) {
  AddChange("-8.7");
  const auto outcome = Decide();
  EXPECT_EQ(OnlyEvent<events::v1::FigurePublished>(outcome).change().percent(), "-8.7");
  const auto draft = DraftsOf(outcome)[0];
  EXPECT_EQ(draft.stream, "document-report-2024-03");
  ASSERT_TRUE(draft.known.has_value());
  EXPECT_EQ(draft.known->precision, eventstore::KnownPrecision::kDay);
  EXPECT_EQ(draft.known->day, *values::ParseDay("2024-03-18"));
  EXPECT_EQ(draft.effective.start, *values::ParseDay("2023-02-01"));
}

TEST_F(Figures, TheHeadMaySayOtherwise) {
  request_.mutable_head()->mutable_known()->set_precision(types::v1::Known::PRECISION_UNKNOWN);
  AddChange("-8.7");
  EXPECT_FALSE(DraftsOf(Decide())[0].known.has_value()) << "the command's own holds";
}

TEST_F(Figures, TheSameContentAgainIsUnchanged) {
  AddChange("-8.7");
  Record();
  AddChange("-8.7");
  AddChange("-8.6");
  AddChange("-8.6");
  const auto results = ResultsOf(Decide());
  EXPECT_EQ(results.results(0).outcome(), RowResult::OUTCOME_UNCHANGED);
  EXPECT_EQ(results.results(1).outcome(), RowResult::OUTCOME_RECORDED);
  EXPECT_EQ(results.results(2).outcome(), RowResult::OUTCOME_UNCHANGED);
}

TEST_F(Figures, AChangeNeedsThePeriodThatItComparesWith) {
  AddChange("-8.7").clear_compared_with();
  EXPECT_THAT(FirstFindings(), ElementsAre("MISSING_FIELD@compared_with"));
  request_.clear_rows();
  v1::FigureRow& plain = Add();
  plain.mutable_quantity()->set_value("17032");
  EXPECT_THAT(FirstFindings(), IsEmpty());
  *request_.mutable_rows(0)->mutable_compared_with() =
      values::PeriodToProto(values::Rolling12To(2023, 1));
  EXPECT_THAT(FirstFindings(), ElementsAre("INVALID_FIELD@compared_with"));
}

TEST_F(Figures, ADocumentIsNotOfTheFuture) {
  AddChange("-8.7").set_published_date("2024-04-03");
  EXPECT_THAT(FirstFindings(), ElementsAre("INVALID_FIELD@published_date"));
}

TEST_F(Figures, NumbersAreCheckedByTheirMeasure) {
  Add().mutable_quantity()->set_value("-1");
  EXPECT_THAT(FirstFindings(), ElementsAre("NEGATIVE_COUNT@quantity.value"));
  request_.clear_rows();
  v1::FigureRow& percent = Add();
  percent.set_measure_id("satisfied");
  percent.mutable_percent()->set_percent("100.1");
  EXPECT_THAT(FirstFindings(), ElementsAre("PERCENT_OVER_100@percent.percent"));
}

TEST_F(Figures, EverythingThatIsMissingIsNamedAtOnce) {
  request_.mutable_head()->set_submission_id(std::string(32, 'a'));
  request_.add_rows();
  EXPECT_THAT(FirstFindings(),
              ElementsAre("MISSING_FIELD@row", "MISSING_FIELD@document_id",
                          "MISSING_FIELD@published_date", "MISSING_FIELD@measure_id",
                          "MISSING_FIELD@area", "MISSING_FIELD@period", "MISSING_FIELD@printed"));
}

TEST_F(Figures, WhatIsNotRegisteredIsAFinding) {
  v1::FigureRow& row = AddChange("-8.7");
  row.set_measure_id("magic");
  row.set_area("atlantis");
  EXPECT_THAT(FirstFindings(), ElementsAre("UNKNOWN_MEASURE@measure_id", "UNKNOWN_AREA@area"));
}

TEST_F(Figures, AMessageHasRows) {
  EXPECT_THAT(Decide(), IsRefused(absl::StatusCode::kInvalidArgument, "MISSING_FIELD", "rows"));
}

}  // namespace
}  // namespace daybook::measures
