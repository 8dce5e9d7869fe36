#include "services/submissions/application/version_recorder.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "eventstore/core/error.h"
#include "proto/values/civil.h"
#include "services/submissions/application/batch_runner.h"

namespace daybook::submissions {
namespace {

using commands::Decision;
using commands::DraftEvent;
using commands::Outcome;
using commands::StreamLoader;

constexpr std::size_t kRowsPerBatch = 250;

// A part of the file's rows on their way into the log.
struct RowBatch {
  struct Row {
    std::string stream;
    std::string staged;
    std::uint32_t until = 0;  // as of PlannedRow
  };
  std::vector<Row> rows;
};

Outcome OutcomeOf(std::vector<DraftEvent> events) {
  Decision decision;
  decision.events = std::move(events);
  return decision;
}

absl::StatusOr<Outcome> DecideRows(const VersionToRecord& version, const RowBatch& batch,
                                   StreamLoader& loader) {
  std::vector<DraftEvent> events;
  for (const RowBatch::Row& row : batch.rows) {
    DAYBOOK_ASSIGN_OR_RETURN(
        auto event, row.until != 0
                        ? version.rows.StateEarlier(loader, row.stream, row.staged,
                                                    version.opened.submission_id(),
                                                    version.plan.older, row.until)
                        : version.rows.Put(version.scope.name(), loader, row.stream, row.staged));
    if (event) events.push_back(*std::move(event));
  }
  return OutcomeOf(std::move(events));
}

absl::Status RecordRows(const VersionToRecord& version) {
  BatchRunner batches(version.runner,
                      {version.caller, version.attempt, KnownOfVersion(version.opened)});
  auto batch = std::make_shared<RowBatch>();
  const auto send = [&] {
    if (batch->rows.empty()) return absl::OkStatus();
    const auto decide = [&version, batch](StreamLoader& loader) {
      return DecideRows(version, *batch, loader);
    };
    batch = std::make_shared<RowBatch>();
    return batches.Run(decide);
  };
  auto next = version.plan.rows.begin();
  absl::Status sent;
  DAYBOOK_RETURN_IF_ERROR(version.stage.Scan(
      version.opened.submission_id(), 0, [&](std::uint32_t number, std::string_view staged) {
        if (next == version.plan.rows.end()) return false;
        if (number != next->number) return true;
        auto row = version.rows.Identify(version.scope.name(), staged);
        std::string stream = next->copy == 0 ? std::move(row.stream)
                                             : version.rows.AlikeStream(row.content, next->copy);
        batch->rows.push_back({std::move(stream), std::string(staged), next->until});
        ++next;
        if (batch->rows.size() == kRowsPerBatch) sent = send();
        return sent.ok();
      }));
  if (sent.ok()) sent = send();
  const absl::Status done = batches.Wait();
  return sent.ok() ? done : sent;
}

// On the day of an extract, as the versions are ordered by it.
eventstore::Known KnownOn(const std::string& day) {
  const auto known = values::ParseDay(day);
  if (!known) return {};
  return {.precision = eventstore::KnownPrecision::kDay, .day = *known};
}

// The event about one row that the file lacks.
using Absence = std::function<absl::StatusOr<std::optional<DraftEvent>>(StreamLoader&,
                                                                        const std::string& stream)>;

absl::Status RecordAbsent(const VersionToRecord& version, const std::string& step,
                          const eventstore::Known& known, const std::vector<std::string>& streams,
                          const Absence& absence) {
  BatchRunner batches(version.runner, {version.caller, version.attempt + step, known});
  absl::Status sent;
  for (std::size_t first = 0; first < streams.size() && sent.ok(); first += kRowsPerBatch) {
    const std::size_t end = std::min(first + kRowsPerBatch, streams.size());
    sent = batches.Run([&, first, end](StreamLoader& loader) -> absl::StatusOr<Outcome> {
      std::vector<DraftEvent> events;
      for (std::size_t i = first; i < end; ++i) {
        DAYBOOK_ASSIGN_OR_RETURN(auto event, absence(loader, streams[i]));
        if (event) events.push_back(*std::move(event));
      }
      return OutcomeOf(std::move(events));
    });
  }
  const absl::Status done = batches.Wait();
  return sent.ok() ? done : sent;
}

}  // namespace

absl::Status RecordDifferences(const VersionToRecord& version) {
  const std::string& id = version.opened.submission_id();
  DAYBOOK_RETURN_IF_ERROR(RecordRows(version));
  std::vector<std::string> not_in_it;
  for (const auto& [stream, until] : version.plan.not_in_it) not_in_it.push_back(stream);
  DAYBOOK_RETURN_IF_ERROR(
      RecordAbsent(version, "-not-in-it", KnownOfVersion(version.opened), not_in_it,
                   [&](StreamLoader& loader, const std::string& stream) {
                     return version.rows.StateEarlier(loader, stream, "", id, version.plan.older,
                                                      version.plan.not_in_it.at(stream));
                   }));
  const auto ours = [&version](std::string_view other) { return version.scope.IsOurs(other); };
  for (const auto& [rank, streams] : version.plan.ended) {
    const auto& later = version.plan.older.later.at(rank - version.plan.older.own_rank - 1);
    DAYBOOK_RETURN_IF_ERROR(
        RecordAbsent(version, "-ended-" + std::to_string(rank), KnownOn(later.day), streams,
                     [&](StreamLoader& loader, const std::string& stream) {
                       return version.rows.Void(loader, stream, later.submission_id, ours);
                     }));
  }
  return RecordAbsent(version, "-gone", KnownOfVersion(version.opened), version.plan.gone,
                      [&](StreamLoader& loader, const std::string& stream) {
                        return version.rows.Void(loader, stream, id, ours);
                      });
}

}  // namespace daybook::submissions
