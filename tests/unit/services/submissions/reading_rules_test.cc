#include "services/submissions/domain/reading_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "services/submissions/domain/reading_answers.h"
#include "tests/unit/services/outcomes.h"

namespace daybook::submissions {
namespace {

using absl::StatusCode;
using daybook::testing::ChangesNothing;
using daybook::testing::DraftsOf;
using daybook::testing::FieldsOf;
using daybook::testing::IsRefused;
using ::testing::ElementsAre;
using ::testing::Not;
using ::testing::SizeIs;

const commands::Caller kForce{.agency = "north-police", .actor = ""};

v1::KeepReadingRuleRequest KeepOf(char layout, const std::string& choice = "0") {
  v1::KeepReadingRuleRequest request;
  request.set_dataset("observations");
  request.set_layout(std::string(64, layout));
  request.set_table("Type | North | South");
  auto* answer = request.add_answers();
  answer->set_question("dash");
  answer->set_choice(choice);
  return request;
}

v1::RevokeReadingRuleRequest RevokeOf(const std::string& rule_id) {
  v1::RevokeReadingRuleRequest request;
  request.set_rule_id(rule_id);
  request.set_reason("another convention");
  return request;
}

// Decides and folds what was decided.
class Rules : public ::testing::Test {
 protected:
  template <class Request>
  commands::Outcome Run(const Request& request) {
    commands::Outcome outcome = Decide(kForce, state_, request);
    for (const auto& draft : DraftsOf(outcome)) {
      EXPECT_EQ(draft.stream, "reading-rules-north-police");
      Apply<events::v1::ReadingRuleKept>(draft);
      Apply<events::v1::ReadingRuleRevoked>(draft);
    }
    return outcome;
  }

  static v1::ReadingRule AnswerOf(const commands::Outcome& outcome) {
    v1::ReadingRule rule;
    const auto* decision = std::get_if<commands::Decision>(&outcome);
    EXPECT_TRUE(decision != nullptr && rule.ParseFromString(decision->answer));
    return rule;
  }

  ReadingRules state_;

 private:
  template <class Event>
  void Apply(const commands::DraftEvent& draft) {
    Event event;
    const std::string name = Event::descriptor()->name();
    if (!draft.type.ends_with("." + name) || !event.ParseFromString(draft.payload)) return;
    eventstore::RecordedEvent recorded;
    recorded.agency = kForce.agency;
    recorded.position = {positions_++};
    Evolve(state_, event, recorded);
  }

  std::uint64_t positions_ = 0;
};

TEST_F(Rules, AreKeptOnceForALayout) {
  const v1::ReadingRule rule = AnswerOf(Run(KeepOf('a')));
  EXPECT_EQ(rule.state(), "active");
  EXPECT_THAT(rule.rule_id(), SizeIs(32));
  EXPECT_THAT(Run(KeepOf('a')), ChangesNothing());
  ASSERT_NE(state_.Active("observations", std::string(64, 'a')), nullptr);
  EXPECT_EQ(state_.Active("figures", std::string(64, 'a')), nullptr);
  EXPECT_EQ(state_.Active("observations", std::string(64, 'b')), nullptr);
}

TEST_F(Rules, OfOtherAnswersTakeThePlaceOfTheOneThatWas) {
  const std::string first = AnswerOf(Run(KeepOf('a'))).rule_id();
  const std::string second = AnswerOf(Run(KeepOf('a', "not-collected"))).rule_id();
  EXPECT_NE(first, second);
  EXPECT_EQ(state_.Find(first)->state(), "replaced");
  EXPECT_EQ(state_.Active("observations", std::string(64, 'a'))->rule_id(), second);
}

TEST_F(Rules, EndWhenTheyAreRevokedAndMayBeKeptAgain) {
  const std::string first = AnswerOf(Run(KeepOf('a'))).rule_id();
  EXPECT_EQ(AnswerOf(Run(RevokeOf(first))).state(), "revoked");
  EXPECT_EQ(state_.Find(first)->reason(), "another convention");
  EXPECT_EQ(state_.Active("observations", std::string(64, 'a')), nullptr);
  EXPECT_THAT(Run(RevokeOf(first)), IsRefused(StatusCode::kFailedPrecondition, "WRONG_STATE"));
  EXPECT_THAT(AnswerOf(Run(KeepOf('a'))).rule_id(), Not(first));
}

TEST_F(Rules, ThatAreUnknownOrMalformedAreRefused) {
  EXPECT_THAT(Run(RevokeOf(std::string(32, 'f'))),
              IsRefused(StatusCode::kNotFound, "UNKNOWN_READING_RULE"));
  EXPECT_THAT(FieldsOf(Run(v1::RevokeReadingRuleRequest())), ElementsAre("rule_id", "reason"));
  EXPECT_THAT(FieldsOf(Run(v1::KeepReadingRuleRequest())),
              ElementsAre("dataset", "layout", "answers"));
  v1::KeepReadingRuleRequest request = KeepOf('a');
  *request.add_answers() = request.answers(0);
  request.mutable_answers(1)->set_rule_id("x");
  EXPECT_THAT(FieldsOf(Run(request)),
              ElementsAre("answers[1].rule_id", "answers[1].question", "answers"));
  request = KeepOf('A');
  request.mutable_answers(0)->set_choice("two\nlines");
  EXPECT_THAT(FieldsOf(Run(request)), ElementsAre("layout", "answers[0].choice"));
  request = KeepOf('a');
  for (int i = 0; i < kAnswersMax; ++i) request.add_answers();
  EXPECT_THAT(Run(request), IsRefused(StatusCode::kInvalidArgument, "TOO_LARGE"));
}

TEST(ReadingAnswers, AreTheSameWhateverTheirOrderAndWhereverTheyComeFrom) {
  v1::KeepReadingRuleRequest a = KeepOf('a');
  auto* rows = a.add_answers();
  rows->set_question("rows");
  rows->set_choice("measure");
  v1::KeepReadingRuleRequest b;
  *b.add_answers() = a.answers(1);
  *b.add_answers() = a.answers(0);
  b.mutable_answers(0)->set_rule_id(std::string(32, 'a'));
  EXPECT_TRUE(SameAnswers(a.answers(), b.answers()));
  b.mutable_answers(0)->set_choice("area");
  EXPECT_FALSE(SameAnswers(a.answers(), b.answers()));
  EXPECT_EQ(AnswersText({}), "");
}

TEST(ReadingAnswers, AMarkingIsOfficialOrSensitive) {
  const auto reasons = [](const std::string& marking) {
    commands::Problems problems;
    CheckMarking(marking, problems);
    return problems.empty() ? std::string() : problems.front().reason;
  };
  for (const char* good : {"", "OFFICIAL", "OFFICIAL-SENSITIVE", "OFFICIAL-SENSITIVE COMMERCIAL"}) {
    EXPECT_EQ(reasons(good), "") << good;
  }
  for (const char* wrong : {"official", "OFFICIAL-SENSITIVELY", "RESTRICTED"}) {
    EXPECT_EQ(reasons(wrong), "INVALID_FIELD") << wrong;
  }
  EXPECT_EQ(reasons("TOP SECRET"), "MARKING_TOO_HIGH");
}

}  // namespace
}  // namespace daybook::submissions
