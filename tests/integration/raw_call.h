// Calls of services whose generated code is not installed: bytes out, bytes in.
#pragma once

#include <memory>
#include <string>

#include "grpcpp/channel.h"
#include "grpcpp/client_context.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/status.h"
#include "grpcpp/support/sync_stream.h"

namespace daybook::integration {

struct RawAnswer {
  grpc::Status status;
  std::string bytes;
};

// One request, one answer, for a method that is unary or streams both ways; as an agency where one
// is named.
RawAnswer RawUnary(const std::shared_ptr<grpc::Channel>& channel, const std::string& method,
                   const std::string& request);
RawAnswer RawExchange(const std::shared_ptr<grpc::Channel>& channel, const std::string& method,
                      const std::string& request, const std::string& agency = "");

// One request, many answers. Cancelled when destroyed.
class RawStream {
 public:
  RawStream(const std::shared_ptr<grpc::Channel>& channel, const std::string& method,
            const std::string& request);
  ~RawStream();
  bool Read(std::string* bytes);

 private:
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReader<grpc::ByteBuffer>> reader_;
};

}  // namespace daybook::integration
