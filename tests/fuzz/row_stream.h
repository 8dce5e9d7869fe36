// The other end of an append session, without a network: hands the session one message after the
// other and keeps what it answers. Everything happens on the caller's thread.
#pragma once

#include <deque>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "grpcpp/support/server_callback.h"
#include "tests/fuzz/check.h"

namespace daybook::fuzz {

template <class Request, class Response>
class RowStream final : public grpc::ServerCallbackReaderWriter<Request, Response> {
 public:
  struct Outcome {
    std::vector<Response> responses;
    grpc::Status status;
  };

  // Drives the session, which deletes itself, to its end.
  static Outcome Run(grpc::ServerBidiReactor<Request, Response>* session,
                     std::vector<Request> requests) {
    RowStream stream(session, std::move(requests));
    stream.BindReactor(session);
    while (!stream.events_.empty()) {
      const auto event = std::move(stream.events_.front());
      stream.events_.pop_front();
      event();
    }
    Check(stream.finished_, "a session ends when its messages end");
    session->OnDone();
    return std::move(stream.outcome_);
  }

  // The reactions come later, from Run: the session may hold its lock while it calls these.
  void Finish(grpc::Status status) override {
    Check(!finished_, "a session finishes once");
    finished_ = true;
    outcome_.status = std::move(status);
  }
  void SendInitialMetadata() override {}
  void Read(Request* message) override {
    events_.push_back([this, message] {
      const bool more = next_ < requests_.size();
      if (more) *message = requests_[next_++];
      session_->OnReadDone(more);
    });
  }
  void Write(const Response* message, grpc::WriteOptions) override {
    outcome_.responses.push_back(*message);
    events_.push_back([this] { session_->OnWriteDone(true); });
  }
  void WriteAndFinish(const Response* message, grpc::WriteOptions options,
                      grpc::Status status) override {
    Write(message, options);
    Finish(std::move(status));
  }

 private:
  RowStream(grpc::ServerBidiReactor<Request, Response>* session, std::vector<Request> requests)
      : session_(session), requests_(std::move(requests)) {}

  grpc::internal::ServerReactor* reactor() override { return session_; }
  void CallOnDone() override {}

  grpc::ServerBidiReactor<Request, Response>* session_;
  std::vector<Request> requests_;
  std::size_t next_ = 0;
  std::deque<std::function<void()>> events_;
  Outcome outcome_;
  bool finished_ = false;
};

}  // namespace daybook::fuzz
