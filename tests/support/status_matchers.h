// Matchers and assertions for absl::Status and absl::StatusOr, with our error details.
//
//   EXPECT_OK(store.Health());
//   ASSERT_OK_AND_ASSIGN(AppendResult result, store.Append(request));
//   EXPECT_THAT(store.Append(request), HasReason("REVISION_CONFLICT"));
//   EXPECT_THAT(result, IsOkAndHolds(Field(&AppendResult::duplicate, true)));
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "eventstore/core/error.h"

namespace daybook::testing {

inline const absl::Status& StatusOf(const absl::Status& status) { return status; }

template <typename T>
const absl::Status& StatusOf(const absl::StatusOr<T>& result) {
  return result.status();
}

// "ABORTED: another writer … [REVISION_CONFLICT] {writes[0].expected}".
inline std::string Describe(const absl::Status& status) {
  std::string text = status.ToString(absl::StatusToStringMode::kWithNoExtraData);
  if (const auto detail = eventstore::GetErrorDetail(status); detail.has_value()) {
    text += " [" + detail->reason + "]";
    for (const auto& violation : detail->fields) {
      text += " {" + violation.field + "}";
    }
  }
  return text;
}

MATCHER(IsOk, negation ? "is not OK" : "is OK") {
  *result_listener << Describe(StatusOf(arg));
  return StatusOf(arg).ok();
}

MATCHER_P(HasCode, code, "") {
  *result_listener << Describe(StatusOf(arg));
  return StatusOf(arg).code() == code;
}

// The status carries this machine-readable reason.
MATCHER_P(HasReason, expected_reason, "") {
  *result_listener << Describe(StatusOf(arg));
  return eventstore::ErrorReason(StatusOf(arg)) == std::string(expected_reason);
}

// The status names exactly this reason and, among its fields, this one.
MATCHER_P2(HasReasonAndField, expected_reason, expected_field, "") {
  *result_listener << Describe(StatusOf(arg));
  const auto detail = eventstore::GetErrorDetail(StatusOf(arg));
  if (!detail.has_value() || detail->reason != std::string(expected_reason)) {
    return false;
  }
  for (const auto& violation : detail->fields) {
    if (violation.field == std::string(expected_field)) {
      return true;
    }
  }
  return false;
}

MATCHER_P(IsOkAndHolds, value_matcher, "") {
  if (!arg.ok()) {
    *result_listener << Describe(arg.status());
    return false;
  }
  return ::testing::ExplainMatchResult(value_matcher, *arg, result_listener);
}

}  // namespace daybook::testing

#ifndef EXPECT_OK
#define EXPECT_OK(expr) EXPECT_THAT((expr), ::daybook::testing::IsOk())
#endif
#ifndef ASSERT_OK
#define ASSERT_OK(expr) ASSERT_THAT((expr), ::daybook::testing::IsOk())
#endif

#define DAYBOOK_TEST_CONCAT_INNER_(a, b) a##b
#define DAYBOOK_TEST_CONCAT_(a, b) DAYBOOK_TEST_CONCAT_INNER_(a, b)
#define ASSERT_OK_AND_ASSIGN(lhs, expr) \
  DAYBOOK_ASSERT_OK_AND_ASSIGN_IMPL_(DAYBOOK_TEST_CONCAT_(statusor_, __LINE__), lhs, expr)
#define DAYBOOK_ASSERT_OK_AND_ASSIGN_IMPL_(tmp, lhs, expr) \
  auto tmp = (expr);                                       \
  ASSERT_THAT(tmp, ::daybook::testing::IsOk());            \
  lhs = *std::move(tmp)
