// `daybook log` and `daybook feed`: the log, read, followed by subscription, or heard by ZeroMQ.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "services/cli/connection.h"

namespace daybook::cli {

struct LogOptions {
  std::string stream;
  std::vector<std::string> types;  // types, or contexts where there is no dot
  std::uint64_t from = 0;
  std::optional<std::uint64_t> to;
  bool follow = false;
  std::uint64_t limit = 0;  // 0: no limit
  std::string format = "table";
};

int RunLog(const Connection& connection, const LogOptions& options);

struct FeedOptions {
  std::string endpoint;
  std::vector<std::string> topics;
  std::uint64_t limit = 0;
  std::string format = "table";
};

// Listens for claims, and reads from the log everything up to each claim that was not printed yet,
// so that a lost message costs time and nothing else.
int RunFeed(const Connection& connection, const FeedOptions& options);

}  // namespace daybook::cli
