#include "services/runtime/status_mapping.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "eventstore/core/error.h"
#include "google/rpc/error_details.pb.h"

namespace daybook::runtime {
namespace {

using eventstore::MakeError;

struct Details {
  google::rpc::ErrorInfo info;
  google::rpc::BadRequest bad;
  google::rpc::RetryInfo retry;
};

Details DetailsOf(const grpc::Status& status) {
  google::rpc::Status rich;
  EXPECT_TRUE(rich.ParseFromString(status.error_details()));
  EXPECT_EQ(rich.code(), status.error_code());
  Details details;
  for (const auto& any : rich.details()) {
    any.UnpackTo(&details.info) || any.UnpackTo(&details.bad) || any.UnpackTo(&details.retry);
  }
  return details;
}

TEST(GrpcStatus, CarriesReasonRemedyFieldsAndMetadata) {
  const auto status = ToGrpcStatus(MakeError(absl::StatusCode::kInvalidArgument, "it is wrong",
                                             {.reason = "INVALID_FIELD",
                                              .remedy = "Correct it.",
                                              .fields = {{"rows[2].month", "is no month"}},
                                              .metadata = {{"nearest", "2024-01"}}}));
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(status.error_message(), "it is wrong");
  const Details details = DetailsOf(status);
  EXPECT_EQ(details.info.domain(), "daybook");
  EXPECT_EQ(details.info.reason(), "INVALID_FIELD");
  EXPECT_EQ(details.info.metadata().at("remedy"), "Correct it.");
  EXPECT_EQ(details.info.metadata().at("nearest"), "2024-01");
  ASSERT_EQ(details.bad.field_violations_size(), 1);
  EXPECT_EQ(details.bad.field_violations(0).field(), "rows[2].month");
}

TEST(GrpcStatus, GivesAReasonEvenToAnErrorThatHasNone) {
  EXPECT_EQ(DetailsOf(ToGrpcStatus(absl::UnknownError("?"))).info.reason(), "INTERNAL");
  EXPECT_EQ(DetailsOf(ToGrpcStatus(absl::DataLossError("?"))).info.reason(), "LOG_DAMAGED");
  EXPECT_TRUE(ToGrpcStatus(absl::OkStatus()).ok());
}

TEST(GrpcStatus, SaysWhenTheSameMayBeSentAgain) {
  const auto full = MakeError(absl::StatusCode::kResourceExhausted, "full",
                              {.reason = "QUEUE_FULL", .remedy = "", .fields = {}, .metadata = {}});
  EXPECT_EQ(DetailsOf(ToGrpcStatus(full)).retry.retry_delay().nanos(), 100'000'000);
  EXPECT_EQ(ToSessionError(full).retry_after_ms(), 100U);
  EXPECT_EQ(RetryAfterMillis("INVALID_FIELD"), 0U);
}

TEST(GrpcStatus, FitsTheTrailersHoweverMuchThereIsToSay) {
  eventstore::ErrorDetail detail{
      .reason = "REVISION_CONFLICT", .remedy = "Read again.", .fields = {}, .metadata = {}};
  for (int i = 0; i < 1000; ++i) {
    const std::string number = std::to_string(i);
    detail.fields.push_back({"writes[" + number + "].expected", "expected 3, the stream is at 4"});
    detail.metadata.emplace("stream_" + number, std::string(200, 's'));
  }
  const auto status = ToGrpcStatus(MakeError(absl::StatusCode::kAborted, "conflict", detail));
  EXPECT_LT(status.error_details().size(), 6000U);
  const Details details = DetailsOf(status);
  EXPECT_GT(details.bad.field_violations_size(), 10);
  EXPECT_EQ(details.info.metadata().at("remedy"), "Read again.");
  const int told =
      details.bad.field_violations_size() + static_cast<int>(details.info.metadata().size()) - 2;
  EXPECT_EQ(details.info.metadata().at("details_left_out"), std::to_string(2000 - told));
}

TEST(GrpcStatus, ComesBackAsWhatItWas) {
  EXPECT_TRUE(FromGrpcStatus(ToGrpcStatus(absl::OkStatus())).ok());
  const absl::Status status = MakeError(absl::StatusCode::kNotFound, "there is no such plan",
                                        {.reason = "UNKNOWN_PLAN",
                                         .remedy = "Open it.",
                                         .fields = {{"plan", "is not registered"}},
                                         .metadata = {{"head", "12"}}});
  const absl::Status back = FromGrpcStatus(ToGrpcStatus(status));
  EXPECT_EQ(back.code(), status.code());
  EXPECT_EQ(back.message(), status.message());
  EXPECT_EQ(eventstore::GetErrorDetail(back), eventstore::GetErrorDetail(status));
  const absl::Status plain = FromGrpcStatus({grpc::StatusCode::UNAVAILABLE, "no route"});
  EXPECT_EQ(plain.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(eventstore::GetErrorDetail(plain), std::nullopt);
}

TEST(SessionError, SaysTheSameAsAStatus) {
  const auto error = ToSessionError(MakeError(absl::StatusCode::kInvalidArgument, "it is wrong",
                                              {.reason = "TOO_LARGE",
                                               .remedy = "Send less.",
                                               .fields = {{"rows", "are more than 500"}},
                                               .metadata = {}}));
  EXPECT_EQ(error.code(), 3);
  EXPECT_EQ(error.reason(), "TOO_LARGE");
  EXPECT_EQ(error.remedy(), "Send less.");
  ASSERT_EQ(error.fields_size(), 1);
  EXPECT_EQ(error.fields(0).field(), "rows");
}

}  // namespace
}  // namespace daybook::runtime
