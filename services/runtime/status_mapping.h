// absl::Status <-> grpc::Status, the only place where the two meet. The details of MakeError become
// google.rpc.ErrorInfo (reason, domain "daybook", metadata with the remedy), BadRequest (fields)
// and RetryInfo (for what may be sent again).
#pragma once

#include "absl/status/status.h"
#include "daybook/types/v1/types.pb.h"
#include "grpcpp/support/status.h"

namespace daybook::runtime {

grpc::Status ToGrpcStatus(const absl::Status& status);

// The inverse, for whoever calls another program of Daybook.
absl::Status FromGrpcStatus(const grpc::Status& status);

// The same content for a message of an append session.
types::v1::SessionError ToSessionError(const absl::Status& status);

// Milliseconds after which a request refused with this reason may be sent again; 0 = do not retry.
std::uint32_t RetryAfterMillis(std::string_view reason);

}  // namespace daybook::runtime
