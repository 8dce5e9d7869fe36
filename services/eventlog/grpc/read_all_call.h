// One ReadAll call: reads a message's worth on the pool, writes it, reads on.
#pragma once

#include "daybook/eventlog/v1/eventlog_service.grpc.pb.h"
#include "services/eventlog/grpc/page_reader.h"
#include "services/runtime/unary_call.h"

namespace daybook::eventlog {

// Owns itself: deleted in OnDone. One of {reading on the pool, writing} at a time.
class ReadAllCall final : public grpc::ServerWriteReactor<v1::ReadAllResponse> {
 public:
  // `ticket` is held for as long as the call is there.
  ReadAllCall(const runtime::CallEnvironment& env, runtime::Admission::Ticket ticket,
              v1::ReadAllRequest request);

  void OnWriteDone(bool ok) override;
  void OnCancel() override {}  // the next write fails
  void OnDone() override { delete this; }

 private:
  absl::Status Begin();
  void ReadOn();
  absl::Status FillMessage();

  const runtime::CallEnvironment& env_;
  const runtime::Admission::Ticket ticket_;
  const v1::ReadAllRequest request_;
  eventstore::Filter filter_;
  ReadCursor cursor_;
  v1::ReadAllResponse message_;
  bool began_ = false;
  bool last_ = false;
};

}  // namespace daybook::eventlog
