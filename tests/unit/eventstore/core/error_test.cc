#include "eventstore/core/error.h"

#include <gtest/gtest.h>

#include <string>

namespace daybook::eventstore {
namespace {

ErrorDetail Sample() {
  return {.reason = "TOO_LARGE",
          .remedy = "Send less: 3;4.",
          .fields = {{"rows[3].month", "must be a month"}, {"", ""}},
          .metadata = {{"limit", "12"}, {"", std::string("a\0b", 3)}}};
}

TEST(Error, CarriesItsDetailThroughAStatus) {
  const absl::Status status = MakeError(absl::StatusCode::kInvalidArgument, "too large", Sample());
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Message(status), "too large");
  EXPECT_EQ(GetErrorDetail(status), Sample());
  EXPECT_EQ(ErrorReason(status), "TOO_LARGE");
}

TEST(Error, AStatusFromElsewhereHasNoDetail) {
  EXPECT_FALSE(GetErrorDetail(absl::InternalError("x")).has_value());
  EXPECT_FALSE(GetErrorDetail(absl::OkStatus()).has_value());
  EXPECT_EQ(ErrorReason(absl::InternalError("x")), "");
}

TEST(Error, AnEmptyDetailIsStillADetail) {
  const absl::Status status = MakeError(absl::StatusCode::kAborted, "", {});
  EXPECT_EQ(GetErrorDetail(status), ErrorDetail{});
}

absl::StatusOr<int> Halve(int number) {
  if (number % 2 != 0) {
    return MakeError(absl::StatusCode::kOutOfRange, "odd", {.reason = "ODD", .remedy = ""});
  }
  return number / 2;
}

absl::StatusOr<int> Quarter(int number) {
  DAYBOOK_ASSIGN_OR_RETURN(const int half, Halve(number));
  DAYBOOK_RETURN_IF_ERROR(Halve(half).status());
  return half / 2;
}

TEST(Error, TheMacrosReturnEarlyWithTheDetail) {
  EXPECT_EQ(Quarter(8).value(), 2);
  EXPECT_EQ(ErrorReason(Quarter(3).status()), "ODD");
  EXPECT_EQ(ErrorReason(Quarter(6).status()), "ODD");
}

}  // namespace
}  // namespace daybook::eventstore
