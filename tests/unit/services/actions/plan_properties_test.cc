// Random commands against a simple model, and: what was decided, folded again, is the state.
#include <cstdint>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "tests/unit/services/actions/plan_fixture.h"

namespace daybook::actions {
namespace {

// What a person would keep on paper about the plan.
struct PaperPlan {
  bool opened = false;
  std::map<std::string, bool> priorities;      // cross-cutting?
  std::set<std::string> commitments;           // "priority/commitment"
  std::map<std::string, std::string> actions;  // action -> priority
  std::map<std::string, std::string> cancelled;
  std::set<std::string> completed;
  std::set<std::string> targets;  // "action/target"
  std::map<std::string, int> versions;
};

class PlanWalk {
 public:
  explicit PlanWalk(std::uint32_t seed) : random_(seed) {}

  void Step() {
    switch (Pick(8)) {
      case 0:
        return Open();
      case 1:
        return Priority();
      case 2:
        return Commitment();
      case 3:
        return Action();
      case 4:
        return Target();
      case 5:
        return Cancel();
      case 6:
        return Complete();
      default:
        return Update();
    }
  }

  void CheckFoldAgain() const {
    PlanState again;
    for (const auto& [event, parts] : log_) Evolve(again, *event, parts);
    EXPECT_EQ(again.event_count, plan_.state.event_count);
    EXPECT_EQ(again.opened.has_value(), paper_.opened);
    EXPECT_EQ(again.priorities.size(), paper_.priorities.size());
    EXPECT_EQ(again.commitments.size(), paper_.commitments.size());
    ASSERT_EQ(again.actions.size(), paper_.actions.size());
    for (const auto& [id, action] : again.actions) {
      const ActionState& live = plan_.state.actions.at(id);
      EXPECT_EQ(action.added.SerializeAsString(), live.added.SerializeAsString());
      EXPECT_EQ(action.added.priority_id(), paper_.actions.at(id));
      EXPECT_EQ(action.cancelled.has_value(), paper_.cancelled.count(id) == 1);
      EXPECT_EQ(action.completed.has_value(), paper_.completed.count(id) == 1);
      EXPECT_EQ(action.targets.size(), live.targets.size());
      ASSERT_EQ(action.answers.size(), live.answers.size());
      for (const auto& [key, answer] : action.answers) {
        EXPECT_EQ(static_cast<int>(answer.versions),
                  paper_.versions.at(id + key.period_start + key.organisation_id));
      }
    }
  }

 private:
  int Pick(int n) { return static_cast<int>(random_() % static_cast<std::uint32_t>(n)); }
  std::string PickId(const char* prefix, int n) { return prefix + std::to_string(Pick(n)); }

  // Asks, folds and keeps the events; the reason is what the paper expects.
  template <class Request>
  std::size_t Tell(const Request& request, const std::string& expected) {
    const commands::Outcome outcome = plan_.Ask(request);
    if (const auto* rejection = std::get_if<commands::Rejection>(&outcome)) {
      EXPECT_EQ(rejection->reason, expected) << Request::descriptor()->name();
      return 0;
    }
    EXPECT_EQ("", expected) << Request::descriptor()->name();
    const auto& decision = std::get<commands::Decision>(outcome);
    for (const commands::DraftEvent& draft : decision.events) {
      log_.emplace_back(registry::DecodeEvent(draft.type, draft.payload), plan_.Sealed(draft));
    }
    return plan_.Apply(decision);
  }

  void Open() {
    EXPECT_EQ(Tell(OpenPlan(), ""), paper_.opened ? 0U : 1U);
    paper_.opened = true;
  }

  void Priority() {
    const std::string id = PickId("p", 3);
    const bool cross_cutting = Pick(3) == 0;
    const auto stands = paper_.priorities.find(id);
    std::string expected;
    if (!paper_.opened) {
      expected = "UNKNOWN_PLAN";
    } else if (stands != paper_.priorities.end() && stands->second != cross_cutting) {
      expected = "ALREADY_EXISTS";
    }
    Tell(AddPriority(id, cross_cutting), expected);
    if (expected.empty()) paper_.priorities.emplace(id, cross_cutting);
  }

  void Commitment() {
    const std::string priority = PickId("p", 3);
    const std::string id = PickId("c", 2);
    std::string expected;
    if (!paper_.opened) {
      expected = "UNKNOWN_PLAN";
    } else if (paper_.priorities.count(priority) == 0) {
      expected = "UNKNOWN_PRIORITY";
    } else if (!paper_.priorities.at(priority)) {
      expected = "WRONG_STATE";
    }
    Tell(AddCommitment(priority, id), expected);
    if (expected.empty()) paper_.commitments.insert(priority + "/" + id);
  }

  void Action() {
    v1::AddActionRequest request = AddAction(PickId("a", 3));
    const std::string priority = PickId("p", 3);
    request.set_priority_id(priority);
    const auto stands = paper_.actions.find(request.action_id());
    std::string expected;
    if (!paper_.opened) {
      expected = "UNKNOWN_PLAN";
    } else if (paper_.priorities.count(priority) == 0) {
      expected = "UNKNOWN_PRIORITY";
    } else if (paper_.priorities.at(priority)) {
      expected = "WRONG_STATE";
    } else if (stands != paper_.actions.end() && stands->second != priority) {
      expected = "ALREADY_EXISTS";
    }
    Tell(request, expected);
    if (expected.empty()) paper_.actions.emplace(request.action_id(), priority);
  }

  std::string NeedsAction(const std::string& id) const {
    if (!paper_.opened) return "UNKNOWN_PLAN";
    return paper_.actions.count(id) == 0 ? "UNKNOWN_ACTION" : "";
  }

  void Target() {
    v1::SetTargetRequest request = SetTarget();
    request.set_action_id(PickId("a", 3));
    request.set_target_id(PickId("t", 2));
    const std::string expected = NeedsAction(request.action_id());
    const std::string key = request.action_id() + "/" + request.target_id();
    const std::size_t events = Tell(request, expected);
    if (expected.empty()) {
      EXPECT_EQ(events, paper_.targets.insert(key).second ? 1U : 0U);
    }
  }

  void Cancel() {
    const char* const days[] = {"2017-05-01", "2017-07-01"};
    v1::CancelActionRequest request = CancelAction(days[Pick(2)]);
    request.set_action_id(PickId("a", 3));
    std::string expected = NeedsAction(request.action_id());
    const auto stands = paper_.cancelled.find(request.action_id());
    const bool again = stands != paper_.cancelled.end() && stands->second == request.date();
    if (expected.empty() && !again &&
        (stands != paper_.cancelled.end() || paper_.completed.count(request.action_id()) == 1)) {
      expected = "WRONG_STATE";
    }
    Tell(request, expected);
    if (expected.empty()) paper_.cancelled.emplace(request.action_id(), request.date());
  }

  void Complete() {
    v1::CompleteActionRequest request = CompleteAction("2018-02-01");
    request.set_action_id(PickId("a", 3));
    std::string expected = NeedsAction(request.action_id());
    if (expected.empty() && paper_.cancelled.count(request.action_id()) == 1) {
      expected = "WRONG_STATE";
    }
    Tell(request, expected);
    if (expected.empty()) paper_.completed.insert(request.action_id());
  }

  void Update() {
    v1::SubmitUpdateRequest request = SubmitUpdate();
    request.set_action_id(PickId("a", 3));
    if (Pick(2) == 0) *request.mutable_period() = Quarter2();
    request.set_narrative("text " + std::to_string(++texts_));
    std::string expected = NeedsAction(request.action_id());
    const auto cancelled = paper_.cancelled.find(request.action_id());
    if (expected.empty() && cancelled != paper_.cancelled.end() &&
        request.period().start_date() >= cancelled->second) {
      expected = "ACTION_CANCELLED";
    }
    EXPECT_EQ(Tell(request, expected), expected.empty() ? 1U : 0U);
    if (expected.empty()) {
      ++paper_.versions[request.action_id() + request.period().start_date() + "north-police"];
    }
  }

  std::mt19937 random_;
  PlanUnderTest plan_;
  PaperPlan paper_;
  std::vector<
      std::pair<std::unique_ptr<google::protobuf::Message>, std::vector<eventstore::SealedPart>>>
      log_;
  int texts_ = 0;
};

TEST(PlanProperties, RandomCommandsGiveWhatTheModelExpectsAndTheirEventsFoldToTheState) {
  const std::uint32_t first = std::random_device{}();
  for (std::uint32_t round = 0; round < 50; ++round) {
    SCOPED_TRACE("seed " + std::to_string(first + round));
    PlanWalk walk(first + round);
    for (int step = 0; step < 200; ++step) walk.Step();
    walk.CheckFoldAgain();
    if (::testing::Test::HasFailure()) return;
  }
}

}  // namespace
}  // namespace daybook::actions
