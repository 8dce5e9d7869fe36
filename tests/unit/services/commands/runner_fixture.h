// A command runner over a store in memory, with a sealer that remembers what it was asked.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "eventstore/memory/memory_event_store.h"
#include "services/commands/command_runner.h"
#include "tests/support/inline_executor.h"
#include "tests/unit/services/commands/store_helpers.h"

namespace daybook::commands {

// Seals by turning bits, and remembers what it was asked. The true sealing has tests of its own.
class FakeSealer final : public PartSealer {
 public:
  absl::StatusOr<std::vector<eventstore::SealedPart>> Seal(std::string_view agency,
                                                           std::vector<PartToSeal> parts) override {
    ++calls;
    if (!failure.ok()) return failure;
    agency_seen = std::string(agency);
    std::vector<eventstore::SealedPart> sealed;
    for (const PartToSeal& part : parts) {
      eventstore::SealedPart& one = sealed.emplace_back();
      one.name = part.name;
      one.key_id = part.subject_ref.empty() ? part.name : part.subject_ref;
      one.nonce = std::string(24, 'n');
      for (const char c : part.plaintext) one.ciphertext.push_back(static_cast<char>(c ^ 0x55));
    }
    seen = std::move(parts);
    return sealed;
  }
  absl::StatusOr<PartMatch> Match(const PartTrace&, std::string_view, std::string_view) override {
    return PartMatch::kOther;
  }
  absl::StatusOr<std::optional<std::string>> Open(std::string_view,
                                                  const eventstore::SealedPart&) override {
    return std::nullopt;
  }
  absl::StatusOr<std::optional<std::string>> DigestUnder(const std::set<std::string>& key_ids,
                                                         std::string_view content) override {
    std::string digest(content);
    for (const std::string& id : key_ids) {
      if (erased.contains(id)) return std::nullopt;
      digest += " " + id;
    }
    digest.resize(32, '.');
    return std::make_optional(digest);
  }
  absl::StatusOr<std::string> FileDigest(std::string_view, std::string_view sha256) override {
    return std::string(sha256);
  }

  int calls = 0;
  absl::Status failure;
  std::string agency_seen;
  std::vector<PartToSeal> seen;
  std::set<std::string> erased;  // ids of keys
};

class Runner : public ::testing::Test {
 protected:
  using Decide = std::function<absl::StatusOr<Outcome>(StreamLoader&)>;

  static Command MakeCommand(const std::string& request_id, Decide decide) {
    Command command;
    command.caller = {.agency = "north-police", .actor = "clerk"};
    command.request_id = request_id;
    command.correlation_id = "c1";
    command.fingerprint.fill(7);
    command.decide = std::move(decide);
    return command;
  }

  absl::StatusOr<eventstore::AppendResult> Run(Command command) {
    std::optional<absl::StatusOr<eventstore::AppendResult>> answer;
    runner_.Run(std::move(command), [&](absl::StatusOr<eventstore::AppendResult> result) {
      EXPECT_FALSE(answer.has_value()) << "answered twice";
      answer = std::move(result);
    });
    EXPECT_TRUE(answer.has_value());
    return answer.value_or(
        absl::StatusOr<eventstore::AppendResult>(absl::InternalError("no answer")));
  }

  // Looks at the stream and adds one area to it.
  static Decide AddArea(const std::string& stream, const std::string& id) {
    return [=](StreamLoader& loader) -> absl::StatusOr<Outcome> {
      if (const auto count = loader.Count(stream); !count.ok()) return count.status();
      Decision decision;
      decision.events.push_back(MakeDraft(stream, daybook::testing::AreaNamed(id), {}));
      decision.answer = "added " + id;
      return decision;
    };
  }

  eventstore::MemoryEventStore store_;
  FakeSealer sealer_;
  daybook::testing::InlineExecutor executor_;
  CommandRunner runner_{store_, sealer_, executor_};
};

}  // namespace daybook::commands
