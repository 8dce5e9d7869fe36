#include "eventstore/rocksdb/sequencer.h"

#include <string>
#include <string_view>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "eventstore/core/error.h"
#include "eventstore/core/refusals.h"
#include "eventstore/merkle/commitment.h"

namespace daybook::eventstore::rocks {

// One call of Decide. Views look into the requests, which outlive it.
struct Sequencer::Round {
  using RequestKey = std::pair<std::string_view, std::string_view>;  // agency, request id
  struct Accepted {
    const Hash* fingerprint;
    std::size_t answer;  // index in Decision::answers
  };

  Group group;
  std::vector<absl::StatusOr<AppendResult>> answers;
  absl::flat_hash_map<RequestKey, Accepted> accepted;
  absl::flat_hash_map<std::string_view, std::uint64_t> event_counts;
  std::optional<absl::StatusOr<Instant>> time;  // of the round, once somebody needs it
};

Sequencer::Sequencer(LogLookup& lookup, const Clock& clock, const LogTail& tail)
    : lookup_(lookup),
      clock_(clock, tail.size == 0 ? std::nullopt : std::optional(tail.record_time)),
      next_group_(tail.group + 1),
      record_time_(tail.record_time),
      frontier_(tail.frontier) {}

Group Sequencer::Empty(FrameKind kind) const {
  Group group;
  group.header.kind = kind;
  group.header.group = next_group_;
  group.header.first_position = frontier_.size();
  group.frame.assign(kFrameHeaderBytes, '\0');
  group.frame += frontier_.Serialise();
  group.tree.frontier = frontier_;
  group.record_time = record_time_;
  return group;
}

absl::StatusOr<Sequencer::Decision> Sequencer::Decide(std::span<const QueuedRequest> requests) {
  Round round;
  round.group.header.group = next_group_;
  round.group.header.first_position = frontier_.size();
  round.group.frame = std::move(frame_);
  round.group.frame.assign(kFrameHeaderBytes, '\0');
  round.group.tree.frontier = frontier_;
  round.answers.reserve(requests.size());
  for (const QueuedRequest& request : requests) {
    DAYBOOK_RETURN_IF_ERROR(DecideOne(request.prepared, round));
  }
  Decision decision;
  decision.answers = std::move(round.answers);
  if (round.group.header.record_count > 0) {
    round.group.frame += round.group.tree.frontier.Serialise();
    decision.group = std::move(round.group);
  }
  return decision;
}

void Sequencer::Advance(Group group) {
  next_group_ = group.header.group + 1;
  record_time_ = group.record_time;
  frontier_ = std::move(group.tree.frontier);
  frame_ = std::move(group.frame);
}

absl::Status Sequencer::CheckClock() const {
  const absl::MutexLock lock(&clock_mutex_);
  return clock_.Check();
}

absl::Status Sequencer::DecideOne(const PreparedRequest& prepared, Round& round) {
  const AppendRequest& request = prepared.request;
  DAYBOOK_ASSIGN_OR_RETURN(const bool duplicate, AnswerDuplicate(request, round));
  if (duplicate) return absl::OkStatus();
  DAYBOOK_ASSIGN_OR_RETURN(const std::vector<RevisionMismatch> mismatches,
                           Mismatches(request, round));
  if (!mismatches.empty()) {
    round.answers.emplace_back(RevisionConflict(request, mismatches));
    return absl::OkStatus();
  }
  const absl::StatusOr<Instant> now = TimeOf(round);
  if (!now.ok()) {
    round.answers.emplace_back(now.status());
  } else if (absl::Status known = CheckKnown(request, *now); !known.ok()) {
    round.answers.emplace_back(std::move(known));
  } else {
    round.accepted.emplace(
        Round::RequestKey{request.agency, request.request_id},
        Round::Accepted{.fingerprint = &request.fingerprint, .answer = round.answers.size()});
    round.answers.emplace_back(Stamp(prepared, *now, round));
  }
  return absl::OkStatus();
}

absl::StatusOr<bool> Sequencer::AnswerDuplicate(const AppendRequest& request, Round& round) {
  absl::StatusOr<AppendResult> answer = RequestIdReused();
  if (const auto it = round.accepted.find({request.agency, request.request_id});
      it != round.accepted.end()) {
    if (*it->second.fingerprint == request.fingerprint) answer = round.answers[it->second.answer];
  } else {
    DAYBOOK_ASSIGN_OR_RETURN(std::optional<StoredRequest> stored,
                             lookup_.FindStored(request.agency, request.request_id));
    if (!stored) return false;
    if (stored->fingerprint == request.fingerprint) answer = std::move(stored->result);
  }
  if (answer.ok()) answer->duplicate = true;
  round.answers.push_back(std::move(answer));
  return true;
}

absl::StatusOr<std::vector<RevisionMismatch>> Sequencer::Mismatches(const AppendRequest& request,
                                                                    Round& round) {
  std::vector<RevisionMismatch> mismatches;
  for (std::size_t i = 0; i < request.writes.size(); ++i) {
    const StreamWrite& write = request.writes[i];
    const auto [it, added] = round.event_counts.try_emplace(write.stream, 0);
    if (added) {
      DAYBOOK_ASSIGN_OR_RETURN(it->second, lookup_.EventCount(write.stream));
    }
    if (!write.expected.Holds(it->second)) {
      mismatches.push_back({.write = i, .event_count = it->second});
    }
  }
  return mismatches;
}

absl::StatusOr<Instant> Sequencer::TimeOf(Round& round) {
  if (!round.time) {
    const absl::MutexLock lock(&clock_mutex_);
    round.time = clock_.Stamp();
  }
  return *round.time;
}

AppendResult Sequencer::Stamp(const PreparedRequest& prepared, Instant now, Round& round) {
  const AppendRequest& request = prepared.request;
  TreeStep& tree = round.group.tree;
  AppendResult result{.first = {tree.frontier.size()},
                      .last = {},
                      .streams = {},
                      .record_time = now,
                      .answer = request.answer,
                      .sealed_digest = request.sealed_digest,
                      .duplicate = false};
  RecordStamp stamp{.first = result.first, .record_time = now, .first_revisions = {}, .leaves = {}};
  stamp.leaves.reserve(prepared.events.size() * sizeof(Hash));
  std::size_t index = 0;
  for (const StreamWrite& write : request.writes) {
    if (write.events.empty()) continue;  // a check only
    std::uint64_t& count = round.event_counts[write.stream];
    stamp.first_revisions.push_back(count);
    for (const NewEvent& event : write.events) {
      const PreparedEvent& made = prepared.events[index++];
      const Hash leaf = merkle::CommitmentLeaf({.agency = request.agency,
                                                .actor = request.actor,
                                                .request_id = request.request_id,
                                                .correlation_id = request.correlation_id,
                                                .causation_id = request.causation_id,
                                                .record_time = now,
                                                .position = {tree.frontier.size()},
                                                .stream = write.stream,
                                                .revision = {count++},
                                                .event = event,
                                                .salt = made.salt},
                                               made.payload_hash, scratch_);
      stamp.leaves.append(merkle::AsBytes(leaf));
      tree.Append(leaf);
    }
    result.streams.push_back({write.stream, {count - 1}});
  }
  result.last = {tree.frontier.size() - 1};
  AppendRecord(stamp, prepared.bytes, round.group.frame);
  FrameHeader& header = round.group.header;
  ++header.record_count;
  header.event_count += static_cast<std::uint32_t>(prepared.events.size());
  round.group.record_time = now;
  return result;
}

}  // namespace daybook::eventstore::rocks
