// What is said about a person is nowhere on the disk in clear, and whoever may read it still can.
#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "spdlog/sinks/ostream_sink.h"
#include "spdlog/spdlog.h"
#include "tests/integration/daybook_test.h"
#include "tests/integration/samples.h"

namespace daybook::integration {
namespace {

namespace fs = std::filesystem;
using absl::StatusCode;

// No person: words that stand nowhere by chance.
constexpr const char* kNarrative = "Quixotica Zebrafink";
constexpr const char* kNote = "Vexillum Okapidou";
constexpr const char* kNeed = "Jabberwick-Need";
constexpr const char* kPlace = "Xylophone-Close-17";
constexpr const char* kSubject = "subject-Mugwumpery-1";
constexpr const char* kSealed[] = {kNarrative, kNote, kNeed, kPlace, kSubject};
constexpr const char* kClear = "Control-In-Clear-Label";

class Sealing : public DaybookTest {
 protected:
  void SetUp() override {
    DaybookTest::SetUp();
    logger_ = spdlog::default_logger();
    auto logger = std::make_shared<spdlog::logger>(
        "sealing", std::make_shared<spdlog::sinks::ostream_sink_mt>(log_));
    logger->set_level(spdlog::level::trace);
    spdlog::set_default_logger(std::move(logger));
    SeedPlan();
  }
  void TearDown() override {
    DaybookTest::TearDown();
    spdlog::set_default_logger(logger_);
  }

  // Everything of a person that the contracts take, and one label in clear.
  void Plant() {
    auto action = Action("a2");
    action.set_label(kClear);
    Accept(action);
    auto update = Update(FirstQuarter());
    update.set_narrative(std::string("Spoke to ") + kNarrative + " about the youth club.");
    updated_ = Accept(update).receipt().position();
    auto referral = SubmitReferral("r-1");
    FillPerson(*referral.mutable_referral());
    Accept(referral);
    auto message = ReferralMessage();
    *message.add_rows() = Referral(1, "r-2");
    FillPerson(*message.mutable_rows(0));
    client().Referrals().Exchange(message);
    auto incident = SubmitIncident("key-1");
    incident.set_dataset("incidents");
    incident.mutable_incident()->set_location(kPlace);
    last_ = Accept(incident).receipt().position();
  }

  static void FillPerson(referrals::v1::ReferralRow& row) {
    row.set_subject_ref(kSubject);
    row.set_need(kNeed);
    row.set_place(kPlace);
    row.set_note(kNote);
  }

  // The files below the data directory that hold `text`.
  std::vector<std::string> FilesWith(const std::string& text) const {
    std::vector<std::string> found;
    for (const auto& entry : fs::recursive_directory_iterator(data_directory())) {
      if (!entry.is_regular_file()) continue;
      std::ifstream file(entry.path(), std::ios::binary);
      std::ostringstream content;
      content << file.rdbuf();
      if (content.str().find(text) != std::string::npos) found.push_back(entry.path().string());
    }
    return found;
  }
  void ExpectNothingInClear() {
    for (const char* text : kSealed) EXPECT_THAT(FilesWith(text), ::testing::IsEmpty()) << text;
  }

  reports::v1::GetPlanPerformanceRequest PlanReport() const {
    reports::v1::GetPlanPerformanceRequest request;
    request.set_plan_id(kPlan);
    *request.mutable_period() = FirstQuarter();
    request.mutable_as_of()->set_min_position(last_);
    return request;
  }

  std::uint64_t updated_ = 0;
  std::uint64_t last_ = 0;
  std::ostringstream log_;

 private:
  std::shared_ptr<spdlog::logger> logger_;
};

TEST_F(Sealing, NothingAboutAPersonIsOnTheDiskInClear) {
  Plant();
  Accept(PlanReport());  // the views have seen it
  EXPECT_THAT(FilesWith(kClear), ::testing::Not(::testing::IsEmpty())) << "the search is blind";
  ExpectNothingInClear();
  Stop();
  EXPECT_THAT(FilesWith(kClear), ::testing::Not(::testing::IsEmpty())) << "the search is blind";
  ExpectNothingInClear();
  Start();  // recovery, and the views read from where they stopped
  Accept(PlanReport());
  ExpectNothingInClear();
}

TEST_F(Sealing, NoTextIsOpenedButThoseThatReportsPrint) {
  Plant();
  auto log = client().ReadAll({});
  eventlog::v1::ReadAllResponse page;
  int opened = 0;
  int refused = 0;
  while (log.Read(&page)) {
    for (const auto& event : page.events()) {
      for (const auto& part : event.parts()) {
        reports::v1::OpenTextRequest request;
        request.set_position(event.position());
        request.set_part(part.name());
        const auto answer = client().Call(request);
        EXPECT_EQ(answer.ok(), event.type() == "actions.UpdateSubmitted") << event.type();
        (answer.ok() ? opened : refused) += 1;
        const std::string text = answer.ok() ? answer->text() : kNarrative;
        EXPECT_THAT(text, ::testing::HasSubstr(kNarrative));
      }
    }
  }
  EXPECT_EQ(opened, 1);
  EXPECT_GT(refused, 2) << "referrals and incidents have sealed parts";
}

TEST_F(Sealing, ANarrativeReadsBackThroughTheReport) {
  Plant();
  for (int i = 0; i < 2; ++i) {
    const auto report = Accept(PlanReport());
    ASSERT_EQ(report.actions_size(), 2);
    EXPECT_THAT(report.actions(0).narrative(), ::testing::HasSubstr(kNarrative));
    EXPECT_FALSE(report.actions(0).narrative_erased());
    EXPECT_EQ(report.actions(0).update_position(), updated_);
    Restart();
  }
}

TEST_F(Sealing, TheLogGivesCiphertextOnly) {
  Plant();
  auto reader = client().ReadAll({});
  eventlog::v1::ReadAllResponse page;
  int parts = 0;
  while (reader.Read(&page)) {
    const std::string bytes = page.SerializeAsString();
    for (const char* text : kSealed) EXPECT_EQ(bytes.find(text), std::string::npos) << text;
    for (const auto& event : page.events()) {
      parts += event.parts_size();
      for (const auto& part : event.parts()) {
        EXPECT_EQ(part.nonce().size(), 24U);
        EXPECT_EQ(part.ciphertext_hash().size(), 32U);
        EXPECT_FALSE(part.ciphertext().empty());
        EXPECT_FALSE(part.erased());
      }
    }
  }
  EXPECT_TRUE(reader.Finish().ok());
  EXPECT_EQ(parts, 6) << "a narrative, twice a person and a note, a place";
}

TEST_F(Sealing, EveryTextHasAKeyOfItsOwnAndASubjectOne) {
  Plant();
  auto reader = client().ReadAll({});
  eventlog::v1::ReadAllResponse page;
  std::vector<std::string> person_keys;
  std::vector<std::string> text_keys;
  while (reader.Read(&page)) {
    for (const auto& event : page.events()) {
      for (const auto& part : event.parts()) {
        (part.name() == "person" ? person_keys : text_keys).push_back(part.key_id());
      }
    }
  }
  ASSERT_EQ(person_keys.size(), 2U);
  EXPECT_EQ(person_keys[0], person_keys[1]);
  std::sort(text_keys.begin(), text_keys.end());
  EXPECT_EQ(std::adjacent_find(text_keys.begin(), text_keys.end()), text_keys.end());
}

TEST_F(Sealing, NoErrorAndNoLogLineRepeatsWhatWasSaid) {
  Plant();
  auto refused = Update(ThirdQuarter());
  refused.set_action_id("a-4711");
  refused.set_narrative(kNarrative);
  Refuse(refused, {StatusCode::kNotFound, "UNKNOWN_ACTION", "action_id", kNarrative});
  auto referral = SubmitReferral("r-3");
  FillPerson(*referral.mutable_referral());
  referral.mutable_referral()->set_received("2999-01-01");
  for (const char* text : kSealed) {
    Refuse(referral, {StatusCode::kInvalidArgument, "INVALID_FIELD", "referral.received", text});
  }
  Restart();
  spdlog::default_logger()->flush();
  const std::string log = log_.str();
  EXPECT_THAT(log, ::testing::HasSubstr("serving at")) << "the log is not heard";
  for (const char* text : kSealed) EXPECT_EQ(log.find(text), std::string::npos) << text;
  ExpectNothingInClear();  // nor was a refused text kept
}

TEST_F(Sealing, KeysAreReadableByTheirOwnerOnly) {
  Plant();
  const auto of = [this](const std::string& name) {
    return fs::status(fs::path(data_directory()) / "keys" / name).permissions() &
           (fs::perms::group_all | fs::perms::others_all);
  };
  EXPECT_EQ(of(""), fs::perms::none);
  EXPECT_EQ(of("master.key"), fs::perms::none);
}

TEST_F(Sealing, WithoutItsKeysALogIsNotServedAsIfNothingWere) {
  Plant();
  Stop();
  fs::rename(fs::path(data_directory()) / "keys", fs::path(data_directory()) / "kept");
  for (int start = 0; start < 2; ++start) {
    const auto started = daemon::Node::Start(Config());
    ASSERT_FALSE(started.ok());
    ExpectRefusal(RefusalOf(started.status()), {StatusCode::kDataLoss, "PART_DAMAGED", "", ""});
    EXPECT_FALSE(fs::exists(fs::path(data_directory()) / "keys")) << "a refusal makes no keys";
  }
  runtime::Config accepting = Config();
  accepting.accept_lost_keys = true;
  EXPECT_TRUE(daemon::Node::Start(accepting).ok());
  fs::remove_all(fs::path(data_directory()) / "keys");
  fs::rename(fs::path(data_directory()) / "kept", fs::path(data_directory()) / "keys");
  Start();
  EXPECT_THAT(Accept(PlanReport()).actions(0).narrative(), ::testing::HasSubstr(kNarrative));
}

}  // namespace
}  // namespace daybook::integration
