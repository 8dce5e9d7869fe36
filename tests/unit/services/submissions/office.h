// A ledger in memory that takes files of incidents, for tests of versions.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <ostream>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "eventstore/core/civil_day.h"
#include "eventstore/memory/memory_event_store.h"
#include "eventstore/staging/row_stage.h"
#include "fmt/format.h"
#include "proto/registry/event_types.h"
#include "services/incidents/application/incident_versions.h"
#include "services/incidents/domain/incident_state.h"
#include "services/submissions/application/version_keeper.h"
#include "tests/support/fake_clock.h"
#include "tests/support/inline_executor.h"
#include "tests/support/plain_parts.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace daybook::submissions {

inline const commands::Caller kPolice{.agency = "north-police", .actor = ""};
inline constexpr const char* kDataset = "incidents";
inline constexpr const char* kScope = "2018-10";

struct Row {
  std::string key;  // empty: one of many alike
  std::string type;
  std::string month = "2018-10";
  std::string place = {};  // sealed
  friend auto operator<=>(const Row&, const Row&) = default;
  friend void PrintTo(const Row& row, std::ostream* out) {
    *out << row.key << "=" << row.type << "@" << row.month << "/" << row.place;
  }
};

struct File {
  std::string name;
  std::string kind;
  std::string day;
  std::vector<Row> rows;
  std::uint32_t refused = 0;
  std::string covers = {};  // a month
};

// What stands, and how many of those without a key do.
using Standing = std::multiset<Row>;

inline incidents::ReadRow ReadRowOf(const Row& row, std::uint32_t number,
                                    const std::string& submission) {
  incidents::ReadRow read;
  read.incident.set_dataset(kDataset);
  read.incident.set_month(row.month);
  read.incident.set_force_id("north-police");
  read.incident.set_source_key(row.key);
  read.incident.set_type(row.type);
  read.incident.set_submission_id(submission);
  read.incident.set_row(number);
  read.sealed_place.set_location(row.place);
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
    request.set_covers_from(file.covers);
    request.set_covers_to(file.covers);
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
      const std::string month = read.incident.month();
      kept.push_back({number, stream, incidents::ToStaged(std::move(read)), month});
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
    std::map<std::string, std::string> places;
    EXPECT_OK(store_.ReadAll({}, [&](eventstore::RecordedEvent& recorded) {
      if (!recorded.stream.starts_with("incident")) return true;
      const auto event = registry::DecodeEvent(recorded.event.type, recorded.event.payload);
      incidents::Evolve(states[recorded.stream], *event, recorded);
      if (!recorded.event.type.ends_with("StatedEarlier")) {
        places[recorded.stream] = PlaceIn(recorded.event.parts);
      }
      return true;
    }));
    Standing standing;
    for (const auto& [stream, state] : states) {
      if (!state.stands) continue;
      standing.insert({state.stands->source_key(), state.stands->type(), state.stands->month(),
                       places[stream]});
    }
    return standing;
  }

  std::uint64_t size() { return store_.Head().size; }
  eventstore::EventStore& store() { return store_; }
  testing::PlainParts& sealer() { return sealer_; }

 private:
  static std::string PlaceIn(const std::vector<eventstore::SealedPart>& parts) {
    incidents::events::v1::Place place;
    for (const auto& part : parts) place.ParseFromString(testing::PlainTextOf(part));
    return place.location();
  }

  testing::TempDir folder_;
  testing::FakeClock clock_;
  eventstore::MemoryEventStore store_{clock_, {.log_id = std::string(32, 'a'), .incarnation = 1}};
  testing::PlainParts sealer_;
  daybook::testing::InlineExecutor executor_;
  commands::CommandRunner runner_{store_, sealer_, executor_};
  incidents::IncidentVersions rows_{sealer_};
  std::unique_ptr<staging::RowStage> stage_;
  std::unique_ptr<VersionKeeper> keeper_;
  int completions_ = 0;
};

}  // namespace daybook::submissions
