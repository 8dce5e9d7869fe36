// VersionedRows for a context whose rows are one fact a stream, with the four events
//   Fact (recorded), Revised (now, before), Voided (submission_id, before) and
//   Earlier (submission_id, stated, before, later, until_day, until_submission_id).
// A context gives the types and what is its own about them as Traits; incidents and referrals do.
// What a row has to be sealed goes with every event that states it, of whatever extract, and is
// compared by its keyed digests. A fact has `erased`, the parts of it that are not stored again.
#pragma once

#include <cstdint>
#include <iterator>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "eventstore/core/error.h"
#include "services/commands/event_as.h"
#include "services/commands/sealed_row.h"
#include "services/commands/versioned_rows.h"

namespace daybook::commands {

// All that was said in one stream.
template <class Traits>
struct FactHistory {
  using Fact = typename Traits::Fact;
  struct Statement {
    std::string submission_id;
    std::optional<Fact> fact;  // nullopt: not there
    // Of an older extract: what holds from the extract after it on.
    bool earlier = false;
    std::optional<Fact> later;
    std::string until_submission_id;
  };

  std::uint64_t event_count = 0;
  std::optional<Fact> stands;  // nullopt: voided, or known from an older extract only
  SealedRow sealed;            // of what stands, or stood last
  std::string agency;          // who said so
  eventstore::Position said_at;
  std::vector<Statement> statements;

  void Evolve(const google::protobuf::Message& event,
              const eventstore::RecordedEvent& recorded_as) {
    ++event_count;
    if (const auto* recorded = EventAs<Fact>(event)) {
      sealed = SealedRowOf(Traits::kParts, recorded_as.event.parts, recorded->erased());
      Say(recorded->submission_id(), *recorded, recorded_as);
    } else if (const auto* revised = EventAs<typename Traits::Revised>(event)) {
      const Fact& now = Traits::Now(*revised);
      sealed = SealedRowOf(Traits::kParts, recorded_as.event.parts, now.erased());
      Say(now.submission_id(), now, recorded_as);
    } else if (const auto* voided = EventAs<typename Traits::Voided>(event)) {
      Say(voided->submission_id(), std::nullopt, recorded_as);
    } else if (const auto* earlier = EventAs<typename Traits::Earlier>(event)) {
      Statement statement{earlier->submission_id(), {}, true, {}, earlier->until_submission_id()};
      if (earlier->has_stated()) statement.fact = earlier->stated();
      if (earlier->has_later()) statement.later = earlier->later();
      statements.push_back(std::move(statement));
    } else if (stands) {
      Traits::Amend(event, *stands);
    }
  }

 private:
  void Say(const std::string& submission_id, std::optional<Fact> fact,
           const eventstore::RecordedEvent& recorded) {
    stands = fact;
    agency = recorded.agency;
    said_at = recorded.position;
    statements.push_back({submission_id, std::move(fact), false, {}, {}});
  }
};

// Thread-safe. `matcher` must outlive it.
template <class Traits>
class FactVersions : public VersionedRows {
 public:
  explicit FactVersions(PartMatcher& matcher) : matcher_(matcher) {}

  bool Has(std::string_view dataset) const override { return Traits::Has(dataset); }
  bool KeysMayRepeat() const override { return Traits::kKeysMayRepeat; }
  bool IsPublished(std::string_view dataset) const override { return Traits::IsPublished(dataset); }
  std::string_view context() const override { return Traits::kContext; }

  RowIdentity Identify(const ScopeName& scope, std::string_view staged) const override {
    const auto row = Traits::FromStaged(staged);
    const Fact& fact = Traits::FactOf(row);
    RowIdentity identity{Traits::KeyedStream(scope, fact),
                         Traits::ContentIn(scope, fact),
                         Traits::PlaceOf(fact),
                         Traits::SealedOf(row),
                         {}};
    identity.whole = identity.content;
    for (const DraftPart& part : identity.sealed) {
      identity.whole = HashRow({ToHex(identity.whole), part.name, part.plaintext});
    }
    return identity;
  }

  std::string AlikeStream(const RowHash& content, std::uint32_t copy) const override {
    return Traits::AlikeStream(content, copy);
  }

  absl::StatusOr<SealedComparison> Compare(std::span<const PartTrace> stands, PartSet erased,
                                           std::span<const DraftPart> given) const override {
    return CompareSealed(matcher_, Traits::kParts, stands, erased, given);
  }

  std::optional<RowStatement> Read(
      const ScopeName& scope, const google::protobuf::Message& event,
      const std::vector<eventstore::SealedPart>& parts) const override {
    RowStatement said;
    const Fact* before = nullptr;
    if (const auto* recorded = EventAs<Fact>(event)) {
      State(scope, *recorded, parts, said);
    } else if (const auto* revised = EventAs<typename Traits::Revised>(event)) {
      State(scope, Traits::Now(*revised), parts, said);
      if (revised->has_before()) before = &revised->before();
    } else if (const auto* voided = EventAs<typename Traits::Voided>(event)) {
      said.submission_id = voided->submission_id();
      said.place = Traits::PlaceOf(voided->before());
      before = &voided->before();
    } else if (const auto* earlier = EventAs<typename Traits::Earlier>(event)) {
      if (earlier->has_stated()) State(scope, earlier->stated(), parts, said);
      said.submission_id = earlier->submission_id();
      said.earlier = true;
      if (earlier->has_later()) said.later = Traits::ContentIn(scope, earlier->later());
      said.later_place = Traits::PlaceOf(earlier->later());
      said.until_submission_id = earlier->until_submission_id();
    }
    if (before != nullptr) said.before_submission_id = before->submission_id();
    if (said.submission_id.empty()) return std::nullopt;
    return said;
  }

  absl::StatusOr<std::optional<RowStanding>> LookUp(const ScopeName& scope, StreamLoader& loader,
                                                    std::string_view stream) const override {
    DAYBOOK_ASSIGN_OR_RETURN(const History history, Load(loader, stream));
    if (history.event_count == 0) return std::nullopt;
    RowStanding standing;
    standing.agency = history.agency;
    standing.sealed = history.sealed;
    standing.at = history.said_at;
    for (const Statement& said : history.statements) {
      if (!said.fact) continue;
      standing.said.push_back({said.submission_id, Traits::PlaceOf(*said.fact)});
    }
    if (history.stands) {
      standing.stands = true;
      standing.content = Traits::ContentIn(scope, *history.stands);
      standing.submission_id = history.stands->submission_id();
      standing.place = Traits::PlaceOf(*history.stands);
    }
    return standing;
  }

  absl::StatusOr<std::optional<DraftEvent>> Put(const ScopeName& scope, StreamLoader& loader,
                                                const std::string& stream,
                                                std::string_view staged) const override {
    auto row = Traits::FromStaged(staged);
    DAYBOOK_ASSIGN_OR_RETURN(const History history, Load(loader, stream));
    if (history.event_count == 0) return Traits::Draft(stream, row);
    DAYBOOK_ASSIGN_OR_RETURN(const bool same_sealed, TakeErased(history, row));
    const Fact& fact = Traits::FactOf(row);
    if (history.stands && same_sealed &&
        Traits::ContentIn(scope, *history.stands) == Traits::ContentIn(scope, fact)) {
      return std::nullopt;
    }
    return Traits::DraftRevision(stream, row, history.stands);
  }

  absl::StatusOr<std::optional<DraftEvent>> Void(
      StreamLoader& loader, const std::string& stream, const std::string& submission_id,
      const std::function<bool(std::string_view submission_id)>& ours) const override {
    DAYBOOK_ASSIGN_OR_RETURN(const History history, Load(loader, stream));
    if (!history.stands || !ours(history.stands->submission_id())) return std::nullopt;
    typename Traits::Voided event;
    event.set_submission_id(submission_id);
    *event.mutable_before() = *history.stands;
    return MakeDraft(stream, event, Traits::EffectiveOf(*history.stands));
  }

  absl::StatusOr<std::optional<DraftEvent>> StateEarlier(StreamLoader& loader,
                                                         const std::string& stream,
                                                         std::string_view staged,
                                                         const std::string& submission_id,
                                                         const OlderExtract& extract,
                                                         std::uint32_t until_rank) const override {
    DAYBOOK_ASSIGN_OR_RETURN(const History history, Load(loader, stream));
    for (const Statement& said : history.statements) {
      if (said.submission_id == submission_id) return std::nullopt;
    }
    const Line line = LineOf(history, extract);
    const OlderExtract::Later& until = extract.later.at(until_rank - extract.own_rank - 1);
    typename Traits::Earlier event;
    event.set_submission_id(submission_id);
    event.set_until_day(until.day);
    event.set_until_submission_id(until.submission_id);
    eventstore::Effective effective;
    if (const auto later = At(line, until.rank)) {
      *event.mutable_later() = *later;
      effective = Traits::EffectiveOf(*later);
    }
    if (extract.own_rank > 0) {
      if (const auto before = At(line, extract.own_rank - 1)) {
        *event.mutable_before() = *before;
        effective = Traits::EffectiveOf(*before);
      }
    }
    if (staged.empty()) return MakeDraft(stream, event, effective);
    auto row = Traits::FromStaged(staged);
    DAYBOOK_RETURN_IF_ERROR(TakeErased(history, row).status());
    *event.mutable_stated() = Traits::FactOf(row);
    return Traits::WithSealed(MakeDraft(stream, event, Traits::EffectiveOf(event.stated())), row);
  }

 private:
  using Fact = typename Traits::Fact;
  using History = FactHistory<Traits>;
  using Statement = typename History::Statement;
  // What the extracts of one scope said, by their ranks.
  using Line = std::map<std::uint32_t, std::optional<Fact>>;

  static void State(const ScopeName& scope, const Fact& fact,
                    const std::vector<eventstore::SealedPart>& parts, RowStatement& said) {
    said.submission_id = fact.submission_id();
    said.content = Traits::ContentIn(scope, fact);
    said.sealed = SealedRowOf(Traits::kParts, parts, fact.erased());
    said.place = Traits::PlaceOf(fact);
  }

  // Takes out of a row what was erased of it; whether the rest that is sealed is what stands.
  template <class Row>
  absl::StatusOr<bool> TakeErased(const History& history, Row& row) const {
    DAYBOOK_ASSIGN_OR_RETURN(
        const SealedComparison compared,
        Compare(history.sealed.parts, history.sealed.erased, Traits::SealedOf(row)));
    if (compared.erased != 0) Traits::TakeErased(NamesIn(Traits::kParts, compared.erased), row);
    return compared.same;
  }

  static absl::StatusOr<History> Load(StreamLoader& loader, std::string_view stream) {
    History history;
    DAYBOOK_ASSIGN_OR_RETURN(const std::uint64_t count, loader.Count(stream));
    if (count == 0) return history;  // as nearly every row of a new file
    const auto evolve = [&history](const google::protobuf::Message& event,
                                   const eventstore::RecordedEvent& recorded) {
      history.Evolve(event, recorded);
    };
    DAYBOOK_RETURN_IF_ERROR(loader.Fold(stream, evolve).status());
    return history;
  }

  static Line LineOf(const History& history, const OlderExtract& extract) {
    Line line;
    for (const Statement& said : history.statements) {
      const auto rank = extract.rank(said.submission_id);
      if (!rank) continue;
      line[*rank] = said.fact;
      // From the extract after it on another content holds, unless that one spoke for itself.
      if (!said.earlier) continue;
      if (const auto until = extract.rank(said.until_submission_id)) {
        line.try_emplace(*until, said.later);
      }
    }
    return line;
  }

  // The last word at or before a rank.
  static std::optional<Fact> At(const Line& line, std::uint32_t rank) {
    const auto after = line.upper_bound(rank);
    if (after == line.begin()) return std::nullopt;
    return std::prev(after)->second;
  }

  PartMatcher& matcher_;
};

}  // namespace daybook::commands
