#include "tests/integration/raw_call.h"

#include <chrono>
#include <vector>

#include "grpcpp/client_context.h"
#include "grpcpp/impl/codegen/client_unary_call.h"
#include "grpcpp/impl/codegen/rpc_method.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/sync_stream.h"

namespace daybook::integration {
namespace {

constexpr std::chrono::seconds kDeadline{60};

grpc::ByteBuffer ToBuffer(const std::string& bytes) {
  const grpc::Slice slice(bytes);
  return {&slice, 1};
}

std::string ToBytes(const grpc::ByteBuffer& buffer) {
  std::vector<grpc::Slice> slices;
  std::string bytes;
  if (!buffer.Dump(&slices).ok()) return bytes;
  for (const auto& slice : slices) {
    bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  return bytes;
}

}  // namespace

RawAnswer RawUnary(const std::shared_ptr<grpc::Channel>& channel, const std::string& method,
                   const std::string& request) {
  const grpc::internal::RpcMethod rpc(method.c_str(), grpc::internal::RpcMethod::NORMAL_RPC);
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + kDeadline);
  grpc::ByteBuffer response;
  RawAnswer answer;
  answer.status = grpc::internal::BlockingUnaryCall<grpc::ByteBuffer, grpc::ByteBuffer>(
      channel.get(), rpc, &context, ToBuffer(request), &response);
  if (answer.status.ok()) answer.bytes = ToBytes(response);
  return answer;
}

RawAnswer RawExchange(const std::shared_ptr<grpc::Channel>& channel, const std::string& method,
                      const std::string& request, const std::string& agency) {
  const grpc::internal::RpcMethod rpc(method.c_str(), grpc::internal::RpcMethod::BIDI_STREAMING);
  grpc::ClientContext context;
  if (!agency.empty()) context.AddMetadata("daybook-agency", agency);
  context.set_deadline(std::chrono::system_clock::now() + kDeadline);
  const std::unique_ptr<grpc::ClientReaderWriter<grpc::ByteBuffer, grpc::ByteBuffer>> stream(
      grpc::internal::ClientReaderWriterFactory<grpc::ByteBuffer, grpc::ByteBuffer>::Create(
          channel.get(), rpc, &context));
  RawAnswer answer;
  grpc::ByteBuffer response;
  if (stream->Write(ToBuffer(request)) && stream->Read(&response)) {
    answer.bytes = ToBytes(response);
  }
  stream->WritesDone();
  while (stream->Read(&response)) {
  }
  answer.status = stream->Finish();
  return answer;
}

RawStream::RawStream(const std::shared_ptr<grpc::Channel>& channel, const std::string& method,
                     const std::string& request) {
  const grpc::internal::RpcMethod rpc(method.c_str(), grpc::internal::RpcMethod::SERVER_STREAMING);
  context_.set_deadline(std::chrono::system_clock::now() + kDeadline);
  reader_.reset(grpc::internal::ClientReaderFactory<grpc::ByteBuffer>::Create(
      channel.get(), rpc, &context_, ToBuffer(request)));
}

RawStream::~RawStream() {
  context_.TryCancel();
  for (std::string left; Read(&left);) {
  }
  reader_->Finish().IgnoreError();
}

bool RawStream::Read(std::string* bytes) {
  grpc::ByteBuffer buffer;
  if (!reader_->Read(&buffer)) return false;
  *bytes = ToBytes(buffer);
  return true;
}

}  // namespace daybook::integration
