#include "tests/integration/refusal.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "eventstore/core/error.h"
#include "google/rpc/error_details.pb.h"

namespace daybook::integration {
namespace {

void Describe(Refusal& refusal, const std::string& text) { refusal.text += text + "\n"; }

void ReadDetail(const google::protobuf::Any& any, Refusal& refusal) {
  google::rpc::ErrorInfo info;
  google::rpc::BadRequest bad;
  google::rpc::RetryInfo retry;
  if (any.UnpackTo(&info)) {
    EXPECT_EQ(info.domain(), "daybook");
    refusal.reason = info.reason();
    refusal.metadata = {info.metadata().begin(), info.metadata().end()};
  } else if (any.UnpackTo(&bad)) {
    for (const auto& violation : bad.field_violations()) {
      refusal.fields.push_back(violation.field());
      EXPECT_FALSE(violation.description().empty()) << violation.field();
    }
  } else if (any.UnpackTo(&retry)) {
    refusal.retry_after_ms = static_cast<std::uint32_t>(retry.retry_delay().seconds() * 1000 +
                                                        retry.retry_delay().nanos() / 1'000'000);
  }
}

}  // namespace

Refusal RefusalOf(const grpc::Status& status) {
  Refusal refusal;
  refusal.code = status.error_code();
  refusal.message = status.error_message();
  // The serialised details hold every text of them byte by byte.
  Describe(refusal, status.error_message());
  Describe(refusal, status.error_details());
  google::rpc::Status rich;
  if (status.error_details().empty() || !rich.ParseFromString(status.error_details())) {
    return refusal;
  }
  EXPECT_EQ(rich.code(), refusal.code);
  EXPECT_EQ(rich.message(), refusal.message);
  for (const auto& any : rich.details()) ReadDetail(any, refusal);
  if (const auto it = refusal.metadata.find("remedy"); it != refusal.metadata.end()) {
    refusal.remedy = it->second;
  }
  return refusal;
}

Refusal RefusalOf(const types::v1::SessionError& error) {
  Refusal refusal;
  refusal.code = error.code();
  refusal.reason = error.reason();
  refusal.message = error.message();
  refusal.remedy = error.remedy();
  refusal.retry_after_ms = error.retry_after_ms();
  for (const auto& violation : error.fields()) {
    refusal.fields.push_back(violation.field());
    EXPECT_FALSE(violation.description().empty()) << violation.field();
  }
  Describe(refusal, error.SerializeAsString());
  return refusal;
}

Refusal RefusalOf(const types::v1::Finding& finding) {
  Refusal refusal;
  refusal.reason = finding.reason();
  refusal.message = finding.description();
  refusal.remedy = finding.remedy();
  refusal.fields.push_back(finding.field());
  Describe(refusal, finding.SerializeAsString());
  return refusal;
}

Refusal RefusalOf(const absl::Status& status) {
  Refusal refusal;
  refusal.code = static_cast<int>(status.code());
  refusal.message = eventstore::Message(status);
  Describe(refusal, refusal.message);
  if (const auto detail = eventstore::GetErrorDetail(status)) {
    refusal.reason = detail->reason;
    refusal.remedy = detail->remedy;
    refusal.metadata = detail->metadata;
    for (const auto& violation : detail->fields) {
      refusal.fields.push_back(violation.field);
      Describe(refusal, violation.field + " " + violation.description);
    }
    Describe(refusal, detail->remedy);
  }
  return refusal;
}

void ExpectRefusal(const Refusal& refusal, const Expected& expected) {
  SCOPED_TRACE(refusal.text);
  EXPECT_EQ(refusal.code, static_cast<int>(expected.code));
  EXPECT_EQ(refusal.reason, expected.reason);
  EXPECT_FALSE(refusal.message.empty());
  EXPECT_FALSE(refusal.remedy.empty()) << "nothing says what to do";
  if (!expected.field.empty()) {
    EXPECT_THAT(refusal.fields, ::testing::Contains(expected.field));
  }
  if (!expected.value.empty()) {
    EXPECT_THAT(refusal.text, ::testing::Not(::testing::HasSubstr(expected.value)))
        << "the offending value is repeated";
  }
}

void ExpectFinding(const types::v1::Finding& finding, const Expected& expected) {
  EXPECT_EQ(finding.level(), types::v1::Finding::LEVEL_REFUSED);
  Refusal refusal = RefusalOf(finding);
  refusal.code = static_cast<int>(expected.code);
  ExpectRefusal(refusal, expected);
}

}  // namespace daybook::integration
