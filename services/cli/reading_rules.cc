#include "services/cli/reading_rules.h"

#include <utility>
#include <vector>

#include "eventstore/core/error.h"
#include "fmt/format.h"
#include "services/cli/questions.h"
#include "services/cli/receipt.h"

namespace daybook::cli {
namespace {

using submissions::v1::KeepReadingRuleRequest;
using submissions::v1::ListReadingRulesRequest;
using submissions::v1::ListReadingRulesResponse;
using submissions::v1::ReadingRule;
using submissions::v1::RevokeReadingRuleRequest;
using submissions::v1::RevokeReadingRuleResponse;
using submissions::v1::SubmissionService;

grpc::Status ListRules(const Connection& connection, const std::string& agency,
                       const ListReadingRulesRequest& request, ListReadingRulesResponse& response) {
  grpc::ClientContext context;
  Prepare(context, connection, agency);
  return SubmissionService::NewStub(connection.channel)
      ->ListReadingRules(&context, request, &response);
}

int WrongRule(const std::string& what, const std::string& reason, const std::string& remedy) {
  return Report(
      eventstore::MakeError(absl::StatusCode::kInvalidArgument, what,
                            {.reason = reason, .remedy = remedy, .fields = {}, .metadata = {}}));
}

void PrintRule(const ReadingRule& rule) {
  fmt::print("{}  {}, kept {}{}\n  {}\n", rule.rule_id().substr(0, kShortId), rule.dataset(),
             rule.kept_on(), rule.state() == "active" ? "" : ", " + rule.state(), rule.table());
  for (const auto& answer : rule.answers()) {
    fmt::print("    {}\n", ShellWord(answer.question() + "=" + answer.choice()));
  }
  if (!rule.reason().empty()) fmt::print("  revoked: {}\n", rule.reason());
}

int RevokeRule(const Connection& connection, const RulesOptions& options,
               const ListReadingRulesResponse& known) {
  std::vector<std::string> ids;
  for (const ReadingRule& rule : known.rules()) {
    if (rule.rule_id().starts_with(options.revoke)) ids.push_back(rule.rule_id());
  }
  if (ids.size() != 1) {
    return WrongRule(
        ids.empty() ? "no reading rule begins with " + options.revoke
                    : fmt::format("{} reading rules begin with {}", ids.size(), options.revoke),
        ids.empty() ? "UNKNOWN_READING_RULE" : "INVALID_FIELD",
        "`daybook rules` lists those that this agency has.");
  }
  RevokeReadingRuleRequest request;
  request.mutable_head()->set_request_id(NewRequestId("revoke-rule"));
  request.set_rule_id(ids.front());
  request.set_reason(options.reason);
  grpc::ClientContext context;
  Prepare(context, connection, connection.agency);
  RevokeReadingRuleResponse response;
  const grpc::Status status = SubmissionService::NewStub(connection.channel)
                                  ->RevokeReadingRule(&context, request, &response);
  if (!status.ok()) return Report("reading rule " + options.revoke, status, connection);
  fmt::print("reading rule {} is revoked; files of its layout are asked about again\n",
             ids.front().substr(0, kShortId));
  return kDone;
}

}  // namespace

grpc::Status FindReadingRule(const Connection& connection, const std::string& agency,
                             const SourceFile& source, std::optional<ReadingRule>& rule) {
  ListReadingRulesRequest request;
  request.set_layout(source.layout);
  ListReadingRulesResponse response;
  grpc::Status status = ListRules(connection, agency, request, response);
  for (ReadingRule& one : *response.mutable_rules()) {
    if (one.dataset() == source.dataset->name) rule = std::move(one);
  }
  return status;
}

grpc::Status KeepReadingRule(const Connection& connection, const std::string& agency,
                             const SourceFile& source, std::optional<ReadingRule>& rule) {
  KeepReadingRuleRequest request;
  request.mutable_head()->set_request_id(NewRequestId("keep-rule"));
  request.set_dataset(source.dataset->name);
  request.set_layout(source.layout);
  request.set_table(source.layout_words);
  for (const auto& [id, answer] : source.used_answers) {
    if (!answer.can_be_kept) continue;
    auto* kept = request.add_answers();
    kept->set_question(id);
    kept->set_choice(answer.choice);
  }
  if (request.answers().empty()) return grpc::Status::OK;
  grpc::ClientContext context;
  Prepare(context, connection, agency);
  submissions::v1::KeepReadingRuleResponse response;
  grpc::Status status =
      SubmissionService::NewStub(connection.channel)->KeepReadingRule(&context, request, &response);
  if (status.ok()) rule = std::move(*response.mutable_rule());
  return status;
}

int RunRules(const Connection& connection, const RulesOptions& options) {
  constexpr std::size_t kIdDigitsMin = 6;
  if (!options.revoke.empty() && options.revoke.size() < kIdDigitsMin) {
    return WrongRule("the id of the reading rule is too short", "INVALID_FIELD",
                     "Give at least its first 6 digits, as `daybook rules` has them.");
  }
  ListReadingRulesRequest request;
  request.set_with_ended(options.with_ended || !options.revoke.empty());
  ListReadingRulesResponse response;
  const grpc::Status status = ListRules(connection, connection.agency, request, response);
  if (!status.ok()) return Report("reading rules", status, connection);
  if (!options.revoke.empty()) return RevokeRule(connection, options, response);
  if (response.rules().empty()) fmt::print("{} keeps no reading rules\n", connection.agency);
  for (const ReadingRule& rule : response.rules()) PrintRule(rule);
  return kDone;
}

}  // namespace daybook::cli
