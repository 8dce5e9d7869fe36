// Every request decoder: a selector byte names the method, the bytes after it are its request, and
// the call goes the whole way: door, decide, append to a ledger in memory, answer.
//
// What must hold: a refusal has a registered reason and says what to do, changes nothing, repeats
// no personal value, and is never INTERNAL; what is accepted stands in the log at the position that
// the receipt names, decodes, and can be folded into every view; a retry of the same bytes has the
// same answer and changes nothing.
#include <algorithm>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "daybook/types/v1/errors.pb.h"
#include "google/protobuf/message.h"
#include "projections/core/known_day.h"
#include "projections/core/view.h"
#include "projections/views/all_views.h"
#include "proto/registry/event_types.h"
#include "tests/fuzz/call_script.h"
#include "tests/fuzz/check.h"
#include "tests/fuzz/ledger_world.h"
#include "tests/fuzz/request_seeds.h"
#include "tests/fuzz/target.h"

namespace daybook::fuzz {
namespace {

using google::protobuf::Message;

bool IsRegistered(const std::string& reason) {
  types::v1::Reason parsed{};
  return !reason.empty() && types::v1::Reason_Parse("REASON_" + reason, &parsed);
}

// Names in a register may be told to anybody: a suggestion quotes the nearest one.
std::string WithoutSuggestion(std::string text) {
  const std::size_t suggestion = text.find("; the nearest ");
  if (suggestion == std::string::npos) return text;
  const std::size_t first = text.find('"', suggestion);
  const std::size_t last = text.rfind('"');
  return first < last ? text.erase(first, last - first) : text;
}

void CheckSilent(std::string text, const std::string& method) {
  text = WithoutSuggestion(std::move(text));
  Check(text.find(kCanary) == std::string::npos, "no refusal repeats a value", method);
}

void CheckRows(const Rpc& rpc, const Answer& answer) {
  bool recorded = false;
  for (const auto& row : answer.rows) {
    recorded |= row.outcome() == types::v1::RowResult::OUTCOME_RECORDED;
    Check(row.outcome() != types::v1::RowResult::OUTCOME_UNSPECIFIED, "a row has an outcome");
    Check(row.outcome() != types::v1::RowResult::OUTCOME_REFUSED || row.findings_size() > 0,
          "a refused row has a finding", rpc.name);
    for (const auto& finding : row.findings()) {
      Check(IsRegistered(finding.reason()), "a finding has a registered reason", finding.reason());
      Check(!finding.field().empty() && !finding.description().empty() && !finding.remedy().empty(),
            "a finding says where, what and what to do", rpc.name + " " + finding.reason());
      CheckSilent(finding.description() + finding.remedy(), rpc.name);
    }
  }
  Check(answer.rows.empty() || recorded == answer.has_receipt,
        "there is a receipt for what was recorded", rpc.name);
}

void CheckAnswer(const Rpc& rpc, const Answer& answer, std::uint64_t before, std::uint64_t after) {
  CheckRows(rpc, answer);
  if (answer.code != 0) {
    Check(IsRegistered(answer.reason) && answer.reason != "INTERNAL",
          "a refusal has a registered reason",
          rpc.name + " " + answer.reason + " " + answer.message);
    Check(!answer.remedy.empty() && !answer.message.empty(), "a refusal says what to do",
          rpc.name + " " + answer.reason);
    CheckSilent(answer.message + answer.remedy, rpc.name);
  }
  const bool writes = answer.has_receipt && !answer.receipt.duplicate();
  Check((after > before) == writes, "the log grows by what is acknowledged, only",
        rpc.name + " " + answer.reason);
  if (writes) {
    Check(rpc.is_command && answer.receipt.position() == after - 1,
          "a receipt names the position of the last event", rpc.name);
  }
}

void CheckRetry(const Rpc& rpc, const Answer& first, const Answer& second) {
  Check(first.code == second.code && first.reason == second.reason, "a retry has the same answer",
        rpc.name + " " + first.reason + " " + second.reason);
  Check(first.has_receipt == second.has_receipt && first.rows.size() == second.rows.size(),
        "a retry has the same answer", rpc.name);
  if (first.has_receipt) {
    Check(second.receipt.duplicate() && second.receipt.position() == first.receipt.position(),
          "a retry has the same receipt", rpc.name);
  }
  for (std::size_t i = 0; i < first.rows.size(); ++i) {
    Check(first.rows[i].SerializeAsString() == second.rows[i].SerializeAsString(),
          "a retry has the same results", rpc.name);
  }
}

void Make(LedgerWorld& world, const Call& call) {
  const std::unique_ptr<Message> request(call.rpc->prototype->New());
  if (!request->ParseFromString(call.request)) return;  // refused by gRPC
  const std::uint64_t before = world.store().Head().size;
  const Answer first = call.rpc->call(world, *request);
  const std::uint64_t after = world.store().Head().size;
  CheckAnswer(*call.rpc, first, before, after);
  if (!call.rpc->is_command) return;
  const Answer second = call.rpc->call(world, *request);
  Check(world.store().Head().size == after, "a retry writes nothing", call.rpc->name);
  CheckRetry(*call.rpc, first, second);
}

void Fold(std::vector<std::unique_ptr<projections::View>>& views,
          const eventstore::RecordedEvent& recorded, const Message& message) {
  const projections::ViewEvent event{&recorded, &message, projections::IsBackLoaded(recorded)};
  for (const auto& view : views) {
    for (const auto& type : view->types()) {
      if (type.type == recorded.event.type && type.handling != projections::Handling::kIgnore) {
        view->Apply(event);
      }
    }
  }
}

// Everything that was accepted is in the log, gapless, readable and good for every view.
void ReadBack(LedgerWorld& world) {
  auto views = views::AllViews();
  std::uint64_t next = 0;
  for (const auto& event : world.Events()) {
    Check(event.position.value == next++, "positions are gapless");
    Check(!event.stream.empty() && !event.event.id.empty(), "an event has a stream and an id");
    Check(event.event.effective.start <= event.event.effective.end,
          "an event's effective time does not end before it begins", event.event.type);
    const auto message = registry::DecodeEvent(event.event.type, event.event.payload);
    Check(message != nullptr, "what was accepted can be read", event.event.type);
    Check(event.event.payload.find(kCanary) == std::string::npos ||
              event.event.type.find("referrals.") == std::string::npos,
          "what is personal is not stored in clear", event.event.type);
    Fold(views, event, *message);
  }
}

}  // namespace

void RunOne(std::string_view input) {
  const CallScript script = ReadScript(input);
  LedgerWorld world;
  if (script.founded) world.Adopt(Foundation());
  const std::uint64_t founded = world.store().Head().size;
  for (const Call& call : script.calls) Make(world, call);
  if (world.store().Head().size > founded) ReadBack(world);
}

std::vector<std::string> Seeds() {
  std::vector<std::string> seeds;
  const std::vector<Call> calls = SeedCalls();
  for (const Call& call : calls) seeds.push_back(WriteScript({.founded = true, .calls = {call}}));
  // What only makes sense after something else: the seeds from one method to another, in order.
  const auto chain = [&](std::initializer_list<std::string_view> methods) {
    CallScript script{.founded = true, .calls = {}};
    for (const Call& call : calls) {
      const bool wanted =
          std::find(methods.begin(), methods.end(), call.rpc->name) != methods.end();
      if (wanted && script.calls.size() < kCallsMax) script.calls.push_back(call);
    }
    seeds.push_back(WriteScript(script));
  };
  chain({"SubmitUpdate", "DeferUpdate", "CompleteAction", "RenderReport", "GetPlanPerformance"});
  chain({"SubmitObservations", "PublishFigures", "SubmitIncidents", "RenderReport",
         "GetReferralTrend", "GetIncidentTrend"});
  chain({"SubmitReferral", "SubmitReferrals", "ChangeReferralStatus", "RenderReport"});
  chain({"OpenSubmission", "CompleteSubmission", "GetSubmission"});
  chain({"KeepReadingRule", "RevokeReadingRule", "ListReadingRules"});
  chain(
      {"RegisterOrganisation", "AddOrganisationAlias", "RecordSuccession", "ResolveOrganisation"});
  seeds.push_back(WriteScript({.founded = true, .calls = VersionCalls()}));
  CallScript begin{.founded = false, .calls = {calls.begin(), calls.begin() + 13}};
  seeds.push_back(WriteScript(begin));
  return seeds;
}

}  // namespace daybook::fuzz
