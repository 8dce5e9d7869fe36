// An error as a client sees it, taken apart: from a gRPC status with its details, from a message of
// an append session, from a finding on a row, or from a start that failed.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "daybook/types/v1/types.pb.h"
#include "grpcpp/support/status.h"

namespace daybook::integration {

struct Refusal {
  int code = 0;  // gRPC and absl number them alike; a finding has none
  std::string reason;
  std::string message;
  std::string remedy;
  std::vector<std::string> fields;
  std::map<std::string, std::string> metadata;
  std::uint32_t retry_after_ms = 0;
  std::string text;  // everything of it that anybody could print
};

Refusal RefusalOf(const grpc::Status& status);
Refusal RefusalOf(const types::v1::SessionError& error);
Refusal RefusalOf(const types::v1::Finding& finding);
Refusal RefusalOf(const absl::Status& status);

// What a test expects of a refusal. An empty `field` or `value` is not looked at.
struct Expected {
  absl::StatusCode code;
  std::string reason;
  std::string field;  // one of the named fields, exactly
  std::string value;  // the offending value: must stand nowhere in the error
};

// Fails the test unless code, reason and field are these, a remedy is there, and the value is not.
void ExpectRefusal(const Refusal& refusal, const Expected& expected);
// The same for a finding, which has no code of its own.
void ExpectFinding(const types::v1::Finding& finding, const Expected& expected);

}  // namespace daybook::integration
