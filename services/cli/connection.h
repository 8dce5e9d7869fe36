// A connection to daybookd: channel, request metadata, deadlines, and errors as a person reads
// them.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "eventstore/core/error.h"
#include "grpcpp/channel.h"
#include "grpcpp/client_context.h"
#include "grpcpp/support/status.h"

namespace daybook::cli {

// Exit codes of the command.
inline constexpr int kDone = 0;
inline constexpr int kRefused = 1;
inline constexpr int kUsage = 2;
inline constexpr int kUnreachable = 3;

struct Connection {
  std::string address;  // host:port
  std::string agency;   // who we are; a manifest may say otherwise file by file
  std::string actor;
  std::shared_ptr<grpc::Channel> channel;
};

// Connects lazily: the first call finds out whether anybody is there.
Connection Connect(const std::string& address, const std::string& agency);

// Metadata and deadline of one call.
void Prepare(grpc::ClientContext& context, const Connection& connection, const std::string& agency,
             std::chrono::seconds deadline = std::chrono::seconds(30));

// Reason, remedy and fields of a failed call, from its details.
struct CallError {
  std::string reason;
  std::string remedy;
  std::vector<eventstore::FieldViolation> fields;  // each with its own reason and remedy
};
CallError DetailsOf(const grpc::Status& status);

// The value that the server gives under a name with its reason; nullopt when it gives none.
std::optional<std::string> MetadataOf(const grpc::Status& status, const std::string& name);

// "<what>/<32 random hexadecimal digits>": a request that is asked once.
std::string NewRequestId(const std::string& what);

// Whether sending the same request again may help.
bool MayRetry(const grpc::Status& status);

// Prints what happened, where and what to do to standard error; returns the exit code.
int Report(const std::string& what, const grpc::Status& status, const Connection& connection);
int Report(const absl::Status& status);

// The same as text.
std::string ErrorText(const std::string& what, const grpc::Status& status,
                      const Connection& connection);
std::string ErrorText(const absl::Status& status);

}  // namespace daybook::cli
