// Files of one scope in random order of arrival, against a plain oracle: the files applied to each
// other in the order of their extracts.
#include "services/submissions/application/version_keeper.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "eventstore/core/civil_day.h"
#include "eventstore/memory/memory_event_store.h"
#include "eventstore/staging/row_stage.h"
#include "fmt/format.h"
#include "proto/registry/event_types.h"
#include "services/incidents/application/incident_versions.h"
#include "services/incidents/domain/incident_state.h"
#include "tests/support/fake_clock.h"
#include "tests/support/inline_executor.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace daybook::submissions {
namespace {

const commands::Caller kPolice{.agency = "north-police", .actor = ""};
constexpr const char* kDataset = "incidents";
constexpr const char* kScope = "2018-10";

class NoParts final : public commands::PartSealer {
 public:
  absl::StatusOr<std::vector<eventstore::SealedPart>> Seal(
      std::string_view, std::vector<commands::PartToSeal> parts) override {
    EXPECT_TRUE(parts.empty()) << "these rows have nothing to seal";
    return std::vector<eventstore::SealedPart>();
  }
};

struct Row {
  std::string key;  // empty: one of many alike
  std::string type;
};

struct File {
  std::string name;
  std::string kind;
  std::string day;
  std::vector<Row> rows;
  std::uint32_t refused = 0;
};

// What a row says, and how many of those without a key do.
using Standing = std::multiset<std::pair<std::string, std::string>>;

incidents::ReadRow ReadRowOf(const Row& row, std::uint32_t number, const std::string& submission) {
  incidents::ReadRow read;
  read.incident.set_dataset(kDataset);
  read.incident.set_month("2018-10");
  read.incident.set_force_id("north-police");
  read.incident.set_source_key(row.key);
  read.incident.set_type(row.type);
  read.incident.set_submission_id(submission);
  read.incident.set_row(number);
  read.effective = incidents::MonthOf(read.incident);
  return read;
}

// A ledger that takes files.
class Office {
 public:
  Office() {
    auto stage = staging::RowStage::Open(folder_.path() / "staging");
    EXPECT_OK(stage.status());
    stage_ = *std::move(stage);
    keeper_ = std::make_unique<VersionKeeper>(store_, runner_, *stage_, clock_,
                                              std::vector<const commands::VersionedRows*>{&rows_});
  }

  std::string Open(const File& file) {
    v1::OpenSubmissionRequest request;
    request.set_dataset(kDataset);
    request.set_scope(kScope);
    request.set_kind(file.kind);
    request.set_extract_date(file.day);
    request.set_sha256(std::string(64 - file.name.size(), '0') + file.name);
    commands::Command command;
    command.caller = kPolice;
    command.request_id = "open-" + file.name;
    command.decide = [&](commands::StreamLoader& loader) {
      return submissions::Open(kPolice, eventstore::LondonDay(clock_.Now()), request, loader);
    };
    const auto opened = runner_.RunAndWait(std::move(command));
    EXPECT_OK(opened.status());
    return opened.ok() ? SubmissionInAnswer(opened->answer).submission_id() : "";
  }

  void Send(const File& file, const std::string& id) {
    std::vector<commands::RowToKeep> kept;
    for (const Row& row : file.rows) {
      const auto number = static_cast<std::uint32_t>(kept.size() + 1);
      incidents::ReadRow read = ReadRowOf(row, number, id);
      const std::string stream =
          row.key.empty() ? "" : incidents::KeyedIncidentStream(read.incident);
      kept.push_back({number, stream, incidents::ToStaged(std::move(read))});
    }
    EXPECT_OK(keeper_->Keep(kPolice, id, kDataset, kept));
  }

  absl::StatusOr<VersionKeeper::Completed> Complete(const File& file, const std::string& id,
                                                    std::size_t confirm = 0,
                                                    const std::string& request_id = "") {
    v1::CompleteSubmissionRequest request;
    request.set_submission_id(id);
    request.set_rows_read(static_cast<std::uint32_t>(file.rows.size()) + file.refused);
    request.set_rows_refused(file.refused);
    request.set_confirm_voids(static_cast<std::uint32_t>(confirm));
    commands::Command frame;
    frame.caller = kPolice;
    frame.request_id =
        request_id.empty() ? fmt::format("complete-{}-{}", file.name, ++completions_) : request_id;
    auto completed = keeper_->Complete(frame, request);
    if (!completed.ok()) return completed.status();
    EXPECT_TRUE(completed->has_value());
    return **std::move(completed);
  }

  void Take(const File& file) {
    const std::string id = Open(file);
    Send(file, id);
    auto completed = Complete(file, id);
    ASSERT_OK(completed.status());
    if (completed->submission.state() == "held") {
      completed = Complete(file, id, completed->submission.counts().rows_voided());
      ASSERT_OK(completed.status());
    }
    EXPECT_EQ(completed->submission.state(), "completed");
  }

  // The fold of the log, stream by stream.
  Standing Stands() {
    std::map<std::string, incidents::IncidentState> states;
    EXPECT_OK(store_.ReadAll({}, [&](eventstore::RecordedEvent& recorded) {
      if (!recorded.stream.starts_with("incident")) return true;
      const auto event = registry::DecodeEvent(recorded.event.type, recorded.event.payload);
      incidents::Evolve(states[recorded.stream], *event);
      return true;
    }));
    Standing standing;
    for (const auto& [stream, state] : states) {
      if (state.stands) standing.emplace(state.stands->source_key(), state.stands->type());
    }
    return standing;
  }

  std::uint64_t size() { return store_.Head().size; }

 private:
  testing::TempDir folder_;
  testing::FakeClock clock_;
  eventstore::MemoryEventStore store_{clock_, {.log_id = std::string(32, 'a'), .incarnation = 1}};
  NoParts sealer_;
  daybook::testing::InlineExecutor executor_;
  commands::CommandRunner runner_{store_, sealer_, executor_};
  incidents::IncidentVersions rows_;
  std::unique_ptr<staging::RowStage> stage_;
  std::unique_ptr<VersionKeeper> keeper_;
  int completions_ = 0;
};

// The oracle.
Standing Apply(Standing standing, const File& file) {
  std::map<Row, std::size_t, decltype([](const Row& a, const Row& b) {
             return std::tie(a.key, a.type) < std::tie(b.key, b.type);
           })>
      alike;
  if (file.kind == "whole" && file.refused == 0) standing.clear();
  for (const Row& row : file.rows) {
    if (!row.key.empty()) {
      std::erase_if(standing, [&](const auto& stands) { return stands.first == row.key; });
      standing.emplace(row.key, row.type);
      continue;
    }
    const auto of_type = [&](const auto& stands) {
      return stands.first.empty() && stands.second == row.type;
    };
    const auto there =
        static_cast<std::size_t>(std::count_if(standing.begin(), standing.end(), of_type));
    if (++alike[row] > there) standing.emplace("", row.type);
  }
  return standing;
}

class Draw {
 public:
  explicit Draw(std::uint32_t seed) : random_(seed) {}
  std::uint32_t Below(std::uint32_t end) { return static_cast<std::uint32_t>(random_() % end); }

  // Keys that a file adds are its own, for one that is taken is refused, whichever came first; a
  // file that corrects says something new, for what it leaves as it is it is not seen to mention.
  File MakeFile(int number) {
    static constexpr const char* kKinds[] = {"whole", "whole", "additions", "corrections"};
    File file{.name = fmt::format("{}", number),
              .kind = kKinds[Below(4)],
              .day = fmt::format("2025-{:02}-01", 2 * number),
              .rows = {},
              .refused = 0};
    for (std::uint32_t key = 0; key < 12; ++key) {
      if (Below(2) == 0) continue;
      const std::string own = file.kind == "additions" ? "own-" + file.name : "";
      const std::string type =
          file.kind == "corrections" ? "corrected-" + file.name : fmt::format("type-{}", Below(3));
      file.rows.push_back({fmt::format("k{}{}", key, own), type});
    }
    // Of a file that adds, they come after those that stand then: see the test below.
    for (std::uint32_t alike = file.kind == "whole" ? Below(4) : 0; alike > 0; --alike) {
      file.rows.push_back({"", fmt::format("type-{}", Below(2))});
    }
    std::shuffle(file.rows.begin(), file.rows.end(), random_);
    return file;
  }

  void Shuffle(std::vector<File>& files) { std::shuffle(files.begin(), files.end(), random_); }

 private:
  std::mt19937 random_;
};

TEST(FilesOfAScope, LeaveTheSameStandingInWhateverOrderTheyArrive) {
  const char* again = std::getenv("DAYBOOK_SEED");
  const std::uint32_t base =
      again == nullptr ? std::random_device{}() : static_cast<std::uint32_t>(std::stoul(again));
  for (std::uint32_t seed = base; seed < base + 40; ++seed) {
    SCOPED_TRACE(fmt::format("seed {}", seed));
    Draw draw(seed);
    std::vector<File> files;
    Standing expected;
    for (int number = 1; number <= 5; ++number) {
      files.push_back(draw.MakeFile(number));
      expected = Apply(std::move(expected), files.back());
    }
    draw.Shuffle(files);
    Office office;
    std::string order;
    for (const File& file : files) {
      order += fmt::format("\n{} {}{}:", file.name, file.kind, file.refused > 0 ? ", refused" : "");
      for (const Row& row : file.rows) order += fmt::format(" {}={}", row.key, row.type);
      office.Take(file);
    }
    ASSERT_EQ(office.Stands(), expected) << order;
    for (const File& file : files) office.Take(file);
    ASSERT_EQ(office.Stands(), expected) << "all of them again," << order;
  }
}

TEST(RowsWithoutAKey, ThatAFileAddsAreAddedOnceHoweverOftenItIsSent) {
  Office office;
  office.Take({"1", "whole", "2025-02-01", {{"", "noise"}, {"", "noise"}}, 0});
  const File more{
      "2", "additions", "2025-03-01", {{"", "noise"}, {"", "noise"}, {"", "litter"}}, 1};
  for (int time = 1; time <= 3; ++time) {
    office.Take(more);
    const Standing expected{
        {"", "litter"}, {"", "noise"}, {"", "noise"}, {"", "noise"}, {"", "noise"}};
    EXPECT_EQ(office.Stands(), expected) << time;
  }
}

TEST(ACompletion, IsAnsweredTheSameWhenItsAnswerWasLost) {
  Office office;
  const File file{"1", "whole", "2025-02-01", {{"k", "theft"}, {"k", "drugs"}}, 0};
  const std::string id = office.Open(file);
  office.Send(file, id);
  const auto first = office.Complete(file, id, 0, "the-completion");
  ASSERT_OK(first.status());
  ASSERT_EQ(first->refused.size(), 1U) << "two rows with one key contradict each other";
  const std::uint64_t size = office.size();
  const auto again = office.Complete(file, id, 0, "the-completion");
  ASSERT_OK(again.status());
  EXPECT_EQ(office.size(), size);
  EXPECT_TRUE(again->receipt->duplicate);
  EXPECT_EQ(again->receipt->last, first->receipt->last);
  EXPECT_EQ(again->submission.SerializeAsString(), first->submission.SerializeAsString());
  ASSERT_EQ(again->refused.size(), 1U);
  EXPECT_EQ(again->refused[0].SerializeAsString(), first->refused[0].SerializeAsString());
}

TEST(ACompletion, OfAHeldFileIsAnsweredTheSameUntilItIsConfirmed) {
  Office office;
  office.Take({"1", "whole", "2025-02-01", {{"k1", "theft"}, {"k2", "drugs"}}, 0});
  const File fewer{"2", "whole", "2025-03-01", {{"k1", "theft"}}, 0};
  const std::string id = office.Open(fewer);
  office.Send(fewer, id);
  const auto held = office.Complete(fewer, id, 0, "held");
  const auto again = office.Complete(fewer, id, 0, "held");
  ASSERT_OK(held.status());
  ASSERT_OK(again.status());
  EXPECT_EQ(again->submission.state(), "held");
  EXPECT_EQ(again->submission.SerializeAsString(), held->submission.SerializeAsString());
  EXPECT_EQ(again->submission.counts().rows_unchanged(), 1U);
  const auto confirmed = office.Complete(fewer, id, 1);
  ASSERT_OK(confirmed.status());
  EXPECT_EQ(confirmed->submission.state(), "completed");
  EXPECT_EQ(office.Stands(), (Standing{{"k1", "theft"}}));
}

TEST(AnOlderExtract, OfAdditionsIsCurrentAsLongAsNoLaterWholeFileHasTheLastWord) {
  Office office;
  office.Take({"3", "additions", "2025-03-01", {{"k3", "theft"}}, 0});
  office.Take({"2", "additions", "2025-02-01", {{"k2", "drugs"}}, 0});
  EXPECT_EQ(office.Stands(), (Standing{{"k2", "drugs"}, {"k3", "theft"}}));
}

}  // namespace
}  // namespace daybook::submissions
