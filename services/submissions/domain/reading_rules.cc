#include "services/submissions/domain/reading_rules.h"

#include <algorithm>
#include <cstdint>

#include "eventstore/core/civil_day.h"
#include "eventstore/core/error.h"
#include "eventstore/core/ids.h"
#include "eventstore/merkle/hash.h"
#include "proto/values/civil.h"
#include "services/commands/door.h"
#include "services/commands/event_as.h"
#include "services/commands/stream_name.h"
#include "services/submissions/domain/reading_answers.h"
#include "services/submissions/domain/submission_commands.h"

namespace daybook::submissions {

namespace ev = events::v1;
using commands::Decision;
using commands::Outcome;
using commands::Problems;

namespace {

constexpr std::size_t kLayoutDigits = 64;
constexpr std::size_t kRuleDigits = 32;
constexpr std::size_t kTableBytesMax = 300;
constexpr std::size_t kRevokedBytesMax = 500;
constexpr std::string_view kActive = "active";

// Two rules of one layout differ in their number.
std::string RuleId(std::string_view agency, const v1::KeepReadingRuleRequest& request,
                   std::size_t number) {
  merkle::Hasher hasher;
  for (const std::string& part :
       {std::string(agency), request.dataset(), request.layout(), std::to_string(number)}) {
    hasher.Update(std::to_string(part.size())).Update(":").Update(part);
  }
  return eventstore::ToHex(hasher.Finish()).substr(0, kRuleDigits);
}

Problems ShapeOfRule(const v1::KeepReadingRuleRequest& request) {
  Problems problems;
  if (request.dataset().empty()) {
    problems.push_back(commands::MissingField("dataset"));
  } else if (!IsDataset(request.dataset())) {
    problems.push_back(commands::UnknownValue("dataset", "a registered dataset"));
  }
  if (request.layout().empty()) {
    problems.push_back(commands::MissingField("layout"));
  } else if (!commands::IsLowerHex(request.layout(), kLayoutDigits)) {
    problems.push_back(commands::InvalidField("layout", "is not 64 lower-case hexadecimal digits",
                                              "Send the SHA-256 of its shape and labels."));
  }
  commands::CheckText("table", request.table(), kTableBytesMax, problems);
  if (request.answers().empty()) problems.push_back(commands::MissingField("answers"));
  CheckAnswers(request.answers(), problems);
  for (const auto& answer : request.answers()) {
    if (answer.rule_id().empty()) continue;
    problems.push_back(commands::InvalidField("answers", "name a rule that they come from",
                                              "Leave rule_id out: they become a rule."));
    break;
  }
  return problems;
}

v1::ReadingRule ToRule(std::string_view agency, const ev::ReadingRuleKept& kept) {
  v1::ReadingRule rule;
  rule.set_rule_id(kept.rule_id());
  rule.set_agency(std::string(agency));
  rule.set_dataset(kept.dataset());
  rule.set_layout(kept.layout());
  rule.set_table(kept.table());
  *rule.mutable_answers() = kept.answers();
  rule.set_state(std::string(kActive));
  return rule;
}

commands::Rejection UnknownRule() {
  return commands::Refuse(absl::StatusCode::kNotFound, "UNKNOWN_READING_RULE", "rule_id",
                          "is no reading rule of this agency",
                          "`daybook rules` lists those that it has.");
}

}  // namespace

const v1::ReadingRule* ReadingRules::Active(std::string_view dataset,
                                            std::string_view layout) const {
  const auto it = std::ranges::find_if(rules, [&](const v1::ReadingRule& rule) {
    return rule.state() == kActive && rule.dataset() == dataset && rule.layout() == layout;
  });
  return it == rules.end() ? nullptr : &*it;
}

const v1::ReadingRule* ReadingRules::Find(std::string_view rule_id) const {
  const auto it = std::ranges::find_if(
      rules, [&](const v1::ReadingRule& rule) { return rule.rule_id() == rule_id; });
  return it == rules.end() ? nullptr : &*it;
}

std::string ReadingRulesStream(std::string_view agency) {
  return commands::StreamName("reading-rules", {agency});
}

void Evolve(ReadingRules& state, const google::protobuf::Message& event,
            const eventstore::RecordedEvent& recorded) {
  if (const auto* kept = commands::EventAs<ev::ReadingRuleKept>(event)) {
    for (v1::ReadingRule& rule : state.rules) {
      if (rule.rule_id() == kept->replaces()) rule.set_state("replaced");
    }
    v1::ReadingRule rule = ToRule(recorded.agency, *kept);
    rule.set_position(recorded.position.value);
    rule.set_kept_on(values::FormatDay(eventstore::LondonDay(recorded.record_time)));
    state.rules.push_back(std::move(rule));
  } else if (const auto* revoked = commands::EventAs<ev::ReadingRuleRevoked>(event)) {
    for (v1::ReadingRule& rule : state.rules) {
      if (rule.rule_id() != revoked->rule_id()) continue;
      rule.set_state("revoked");
      rule.set_reason(revoked->reason());
    }
  }
}

Outcome Decide(const commands::Caller& caller, const ReadingRules& state,
               const v1::KeepReadingRuleRequest& request) {
  if (Problems problems = ShapeOfRule(request); !problems.empty()) {
    return commands::RejectFields(std::move(problems));
  }
  const v1::ReadingRule* active = state.Active(request.dataset(), request.layout());
  if (active != nullptr && SameAnswers(active->answers(), request.answers())) {
    Decision decision;
    decision.answer = active->SerializeAsString();
    return decision;
  }
  ev::ReadingRuleKept kept;
  kept.set_rule_id(RuleId(caller.agency, request, state.rules.size()));
  kept.set_dataset(request.dataset());
  kept.set_layout(request.layout());
  kept.set_table(request.table());
  *kept.mutable_answers() = request.answers();
  if (active != nullptr) kept.set_replaces(active->rule_id());
  Decision decision = commands::OneEvent(ReadingRulesStream(caller.agency), kept, {});
  decision.answer = ToRule(caller.agency, kept).SerializeAsString();
  return decision;
}

Outcome Decide(const commands::Caller& caller, const ReadingRules& state,
               const v1::RevokeReadingRuleRequest& request) {
  Problems problems;
  if (request.rule_id().empty()) {
    problems.push_back(commands::MissingField("rule_id"));
  } else if (!commands::IsLowerHex(request.rule_id(), kRuleDigits)) {
    problems.push_back(commands::InvalidField("rule_id", "is not 32 lower-case hexadecimal digits",
                                              "Give the id as ListReadingRules has it."));
  }
  commands::RequireText("reason", request.reason(), kRevokedBytesMax, problems);
  if (!problems.empty()) return commands::RejectFields(std::move(problems));
  const v1::ReadingRule* rule = state.Find(request.rule_id());
  if (rule == nullptr) return UnknownRule();
  if (rule->state() != kActive) {
    return commands::Refuse(absl::StatusCode::kFailedPrecondition, "WRONG_STATE", "rule_id",
                            "is a rule that holds no longer", "There is nothing to revoke.");
  }
  ev::ReadingRuleRevoked revoked;
  revoked.set_rule_id(request.rule_id());
  revoked.set_reason(request.reason());
  Decision decision = commands::OneEvent(ReadingRulesStream(caller.agency), revoked, {});
  v1::ReadingRule ended = *rule;
  ended.set_state("revoked");
  ended.set_reason(request.reason());
  decision.answer = ended.SerializeAsString();
  return decision;
}

absl::StatusOr<ReadingRules> LoadReadingRules(std::string_view agency,
                                              commands::StreamLoader& loader) {
  ReadingRules state;
  const auto evolve = [&](const google::protobuf::Message& event,
                          const eventstore::RecordedEvent& recorded) {
    Evolve(state, event, recorded);
  };
  DAYBOOK_RETURN_IF_ERROR(loader.Fold(ReadingRulesStream(agency), evolve).status());
  return state;
}

absl::StatusOr<Outcome> Keep(const commands::Caller& caller,
                             const v1::KeepReadingRuleRequest& request,
                             commands::StreamLoader& loader) {
  DAYBOOK_ASSIGN_OR_RETURN(const ReadingRules state, LoadReadingRules(caller.agency, loader));
  return Decide(caller, state, request);
}

absl::StatusOr<Outcome> Revoke(const commands::Caller& caller,
                               const v1::RevokeReadingRuleRequest& request,
                               commands::StreamLoader& loader) {
  DAYBOOK_ASSIGN_OR_RETURN(const ReadingRules state, LoadReadingRules(caller.agency, loader));
  return Decide(caller, state, request);
}

}  // namespace daybook::submissions
