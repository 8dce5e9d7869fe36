// A submission is judged when it is opened and when it is completed: nobody finds out at its end
// that nothing of it was recorded.
#include <string>

#include "tests/integration/daybook_test.h"
#include "tests/integration/samples.h"

namespace daybook::integration {
namespace {

using absl::StatusCode;
using submissions::v1::CompleteSubmissionRequest;

class SubmissionsAtTheDoor : public DaybookTest {
 protected:
  void SetUp() override {
    DaybookTest::SetUp();
    SeedPartners();
  }

  CompleteSubmissionRequest Completion(const std::string& submission_id, std::uint32_t rows_read) {
    CompleteSubmissionRequest request;
    request.mutable_head()->set_request_id(NewId("complete"));
    request.set_submission_id(submission_id);
    request.set_rows_read(rows_read);
    return request;
  }

  // A file of two rows of which the second was refused; its id.
  std::string OneRowRefused() {
    const auto opened = Accept(OpenIncidents("north-shire/2023-05", 'a')).submission();
    auto message = IncidentMessage(1, 2, opened.submission_id());
    message.set_dataset(opened.dataset());
    message.mutable_rows(1)->set_month("not a month");
    client().Incidents().Exchange(message);
    return opened.submission_id();
  }
};

TEST_F(SubmissionsAtTheDoor, ADatasetThatDoesNotExistIsRefusedWithTheNearest) {
  auto open = OpenIncidents("north-shire/2023-05", 'a');
  open.set_dataset("incident-returns");
  Refuse(open, {StatusCode::kInvalidArgument, "UNKNOWN_VALUE", "dataset", ""});
  EXPECT_NE(RefusalOf(client().Call(open).status).text.find("incidents"), std::string::npos);
}

TEST_F(SubmissionsAtTheDoor, AnAgencyThatIsNotRegisteredIsRefusedAtTheOpening) {
  const auto stranger = ClientOf("north-shire-polices");
  const auto before = Head();
  const auto refusal = RefusalOf(stranger->Call(OpenIncidents("north-shire/2023-05", 'a')).status);
  EXPECT_NE(refusal.code, 0);
  EXPECT_NE(refusal.text.find("north-shire-police"), std::string::npos) << refusal.text;
  EXPECT_FALSE(refusal.remedy.empty());
  ExpectUnharmed(before);
}

TEST_F(SubmissionsAtTheDoor, ACompletionThatLeavesOutRefusedRowsSaysWhichCountIsMissing) {
  const auto refusal = RefusalOf(client().Call(Completion(OneRowRefused(), 2)).status);
  EXPECT_EQ(refusal.reason, "WRONG_STATE");
  EXPECT_NE(refusal.remedy.find("rows_refused"), std::string::npos) << refusal.remedy;
}

TEST_F(SubmissionsAtTheDoor, ACompletionWithItsCountsSaysWhatWasRecorded) {
  auto complete = Completion(OneRowRefused(), 2);
  complete.set_rows_refused(1);
  const auto completed = Accept(complete).submission();
  EXPECT_EQ(completed.rows_recorded(), 1U);
  EXPECT_EQ(completed.rows_refused(), 1U);
}

TEST_F(SubmissionsAtTheDoor, ASubmissionThatNobodyOpenedIsNotCompleted) {
  Refuse(Completion(std::string(32, 'f'), 1),
         {StatusCode::kNotFound, "UNKNOWN_SUBMISSION", "", ""});
}

}  // namespace
}  // namespace daybook::integration
