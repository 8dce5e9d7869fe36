// Weights of an index of harm.
#include <gtest/gtest.h>

#include <string>

#include "services/measures/domain/measure_commands.h"
#include "tests/unit/services/outcomes.h"

namespace daybook::measures {
namespace {

using absl::StatusCode;
using daybook::testing::Apply;
using daybook::testing::ChangesNothing;
using daybook::testing::IsRefused;
using daybook::testing::OnlyEvent;
using events::v1::HarmWeightSet;

v1::SetHarmWeightRequest Weight(const std::string& measure, const std::string& weight) {
  v1::SetHarmWeightRequest request;
  request.set_index_id("severity");
  request.set_measure_id(measure);
  request.set_weight(weight);
  request.set_source("Institute, 2024");
  return request;
}

class Weights : public ::testing::Test {
 protected:
  Weights() {
    Define("burglary", true);
    Define("share", false);
  }
  void Define(const std::string& id, bool is_count) {
    v1::DefineMeasureRequest request;
    request.set_measure_id(id);
    request.set_label(id);
    request.set_subject(events::v1::MeasureDefined::SUBJECT_INCIDENTS);
    request.set_unit("offences");
    request.set_is_count(is_count);
    Apply(Decide(measures_, request), measures_);
  }
  MeasureRegister measures_;
};

TEST_F(Weights, AWeightIsKeptWithItsIssue) {
  const auto event = OnlyEvent<HarmWeightSet>(Decide(measures_, Weight("burglary", "438.50")));
  EXPECT_EQ(event.weight(), "438.50");
  EXPECT_EQ(event.source(), "Institute, 2024");
}

TEST_F(Weights, AnotherWeightWantsAnotherFirstDay) {
  Apply(Decide(measures_, Weight("burglary", "438")), measures_);
  EXPECT_THAT(Decide(measures_, Weight("burglary", "438")), ChangesNothing());
  EXPECT_THAT(Decide(measures_, Weight("burglary", "500")),
              IsRefused(StatusCode::kAlreadyExists, "ALREADY_EXISTS", "from_date"));
  auto later = Weight("burglary", "500");
  later.set_from_date("2024-04-01");
  EXPECT_EQ(OnlyEvent<HarmWeightSet>(Decide(measures_, later)).weight(), "500");
}

TEST_F(Weights, OnlyWhatIsCountedAndKnownIsWeighed) {
  EXPECT_THAT(Decide(measures_, Weight("unknown", "1")),
              IsRefused(StatusCode::kNotFound, "UNKNOWN_MEASURE", "measure_id"));
  EXPECT_THAT(Decide(measures_, Weight("share", "1")),
              IsRefused(StatusCode::kInvalidArgument, "INVALID_FIELD", "measure_id"));
  for (const char* weight : {"-1", "heavy", "1e3"}) {
    EXPECT_THAT(Decide(measures_, Weight("burglary", weight)),
                IsRefused(StatusCode::kInvalidArgument, "INVALID_FIELD", "weight"))
        << weight;
  }
  EXPECT_THAT(Decide(measures_, Weight("burglary", "")),
              IsRefused(StatusCode::kInvalidArgument, "MISSING_FIELD", "weight"));
}

}  // namespace
}  // namespace daybook::measures
