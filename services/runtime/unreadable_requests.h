// What a client is told whose request cannot be parsed. gRPC answers UNIMPLEMENTED without a word,
// as for a method that there is not.
#pragma once

#include <memory>
#include <vector>

#include "grpcpp/support/server_interceptor.h"

namespace daybook::runtime {

// Makes that status of a method that there is INVALID_ARGUMENT with reason INVALID_FIELD and a
// remedy. For ServerBuilder.
std::vector<std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface>>
UnreadableRequestInterceptors();

}  // namespace daybook::runtime
