#include "services/runtime/config.h"

#include <array>
#include <functional>
#include <map>
#include <string_view>

#include "absl/strings/match.h"
#include "eventstore/core/error.h"
#include "fmt/format.h"
#include "services/commands/door.h"
#include "toml++/toml.h"

namespace daybook::runtime {
namespace {

absl::Status Invalid(const std::string& field, const std::string& message,
                     const std::string& remedy) {
  return eventstore::MakeError(
      absl::StatusCode::kInvalidArgument, message,
      {.reason = "INVALID_FIELD", .remedy = remedy, .fields = {{field, message}}, .metadata = {}});
}

constexpr std::string_view kKnownKeys =
    "data, listen, feed, metrics, operator, personal_data, log_level, workers, drain_seconds";

absl::Status SetKey(Config& config, std::string_view key, const toml::node& node,
                    const std::string& where) {
  const std::map<std::string_view, std::string*> texts = {{"data", &config.data},
                                                          {"listen", &config.listen},
                                                          {"feed", &config.feed},
                                                          {"metrics", &config.metrics},
                                                          {"operator", &config.operator_agency},
                                                          {"log_level", &config.log_level}};
  const std::map<std::string_view, std::int64_t*> numbers = {
      {"workers", &config.workers}, {"drain_seconds", &config.drain_seconds}};
  const std::string name(key);
  if (key == "personal_data") {
    const auto value = node.value_exact<bool>();
    if (!value)
      return Invalid(name, where + ": key " + name + " wants true or false", "Correct it.");
    config.personal_data = *value;
    return absl::OkStatus();
  }
  if (const auto it = texts.find(key); it != texts.end()) {
    const auto value = node.value_exact<std::string>();
    if (!value)
      return Invalid(name, where + ": key " + name + " wants a text in quotes", "Quote it.");
    *it->second = *value;
    return absl::OkStatus();
  }
  if (const auto it = numbers.find(key); it != numbers.end()) {
    const auto value = node.value_exact<std::int64_t>();
    if (!value)
      return Invalid(name, where + ": key " + name + " wants a whole number", "Correct it.");
    *it->second = *value;
    return absl::OkStatus();
  }
  return Invalid(name, where + ": unknown configuration key " + name,
                 fmt::format("Remove it or correct its spelling; the keys are: {}.", kKnownKeys));
}

bool IsLoopback(std::string_view host_and_port) {
  static constexpr std::array<std::string_view, 4> kPrefixes = {"127.",
                                                                "localhost:", "[::1]:", "unix:"};
  for (const auto prefix : kPrefixes) {
    if (host_and_port.substr(0, prefix.size()) == prefix) return true;
  }
  return false;
}

}  // namespace

absl::StatusOr<Config> LoadConfig(const std::string& path) {
  Config config;
  try {  // toml++ reports by exception; it ends here
    const toml::table table = toml::parse_file(path);
    for (const auto& [key, node] : table) {
      const std::string where = fmt::format("{}:{}", path, node.source().begin.line);
      DAYBOOK_RETURN_IF_ERROR(SetKey(config, key.str(), node, where));
    }
  } catch (const toml::parse_error& error) {
    return Invalid("config",
                   fmt::format("{}:{}: {}", path, error.source().begin.line, error.description()),
                   "Correct the file, or start without --config: no file is needed.");
  }
  return config;
}

absl::Status ValidateConfig(const Config& config) {
  if (config.data.empty()) return Invalid("data", "data is empty", "Name a directory.");
  if (!config.operator_agency.empty() && !commands::IsSlug(config.operator_agency)) {
    return Invalid("operator", "operator is not the id of an agency",
                   "Use 2 to 64 lower-case letters, digits and hyphens.");
  }
  if (config.workers < 1 || config.workers > 256) {
    return Invalid("workers", "workers is not between 1 and 256", "Choose 8.");
  }
  if (config.drain_seconds < 0 || config.drain_seconds > 600) {
    return Invalid("drain_seconds", "drain_seconds is not between 0 and 600", "Choose 10.");
  }
  if (!IsLoopback(config.listen)) {
    return Invalid(
        "listen", "listen is not a loopback address",
        "Use 127.0.0.1:PORT. Callers are not authenticated yet, so the daemon serves this "
        "machine only; put a proxy that authenticates in front of it.");
  }
  if (config.feed != "off" &&
      !(config.feed.substr(0, 6) == "tcp://" && IsLoopback(config.feed.substr(6)))) {
    return Invalid("feed", "feed is neither off nor a loopback address",
                   "Use tcp://127.0.0.1:PORT or off.");
  }
  if (config.metrics != "off" && !IsLoopback(config.metrics)) {
    return Invalid("metrics", "metrics is neither off nor a loopback address",
                   "Use 127.0.0.1:PORT or off.");
  }
  static constexpr std::array<std::string_view, 5> kLevels = {"trace", "debug", "info", "warn",
                                                              "error"};
  for (const auto level : kLevels) {
    if (config.log_level == level) return absl::OkStatus();
  }
  return Invalid("log_level", "log_level is not one of trace, debug, info, warn, error",
                 "Choose info.");
}

}  // namespace daybook::runtime
