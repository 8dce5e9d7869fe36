#include "services/submissions/application/version_plan.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "eventstore/core/error.h"
#include "services/commands/row_session.h"
#include "services/submissions/domain/submission_commands.h"

namespace daybook::submissions {
namespace {

namespace ev = events::v1;
using commands::RowHash;
using commands::RowStanding;

VersionKind KindOf(const ev::SubmissionOpened& opened) {
  if (opened.kind() == "additions") return VersionKind::kAdditions;
  if (opened.kind() == "corrections") return VersionKind::kCorrections;
  return VersionKind::kWhole;
}

RowHash HashOfStream(std::string_view stream) { return commands::HashRow({stream}); }

values::Problem Taken() {
  values::Problem problem;
  problem.reason = "ALREADY_EXISTS";
  problem.description = "a row with this key stands with other content";
  problem.remedy = "Send it in a whole file, or as a correction, if it shall change.";
  return problem;
}

values::Problem Contradiction() {
  values::Problem problem;
  problem.reason = "ALREADY_EXISTS";
  problem.description = "an earlier row of this file has the same key and other content";
  problem.remedy = "Keep the one that is right; both cannot stand.";
  return problem;
}

class Planner {
 public:
  explicit Planner(const PlanInput& input)
      : input_(input),
        matcher_(KindOf(input.opened), [&input](const RowHash& content, std::uint32_t copy) {
          return HashOfStream(input.rows.AlikeStream(content, copy));
        }) {
    plan_.counts.set_rows_read(input.rows_read);
    plan_.counts.set_rows_refused(input.rows_refused);
  }

  absl::StatusOr<VersionPlan> Make() {
    const VersionOrder order{input_.opened.order_day(), input_.opened.version()};
    const ScopeState& scope = input_.scope.scope();
    if (const auto* before = scope.Before(order)) {
      plan_.before_submission_id = before->opened.submission_id();
    }
    if (const auto* after = scope.After(order)) {
      plan_.history_only = true;
      plan_.after_submission_id = after->opened.submission_id();
      plan_.older.until_submission_id = plan_.after_submission_id;
      plan_.older.until_day = after->opened.order_day();
      RankVersions(order);
    }
    DAYBOOK_RETURN_IF_ERROR(plan_.history_only ? LoadBefore() : LoadStanding());
    plan_.counts.set_rows_standing(static_cast<std::uint32_t>(matcher_.standing()));
    DAYBOOK_RETURN_IF_ERROR(ReadFile());
    DAYBOOK_RETURN_IF_ERROR(plan_.history_only ? FindAbsentEarlier() : FindGone());
    return std::move(plan_);
  }

 private:
  // The accepted versions in the order of their extracts, this one among them.
  void RankVersions(const VersionOrder& own) {
    std::vector<VersionOrder> orders{own};
    auto ranks = std::make_shared<std::map<std::string, std::uint32_t, std::less<>>>();
    for (const ScopeState::Version& version : input_.scope.scope().versions) {
      if (version.accepted && version.order() != own) orders.push_back(version.order());
    }
    std::sort(orders.begin(), orders.end());
    const auto rank_of = [&orders](const VersionOrder& order) {
      return static_cast<std::uint32_t>(std::lower_bound(orders.begin(), orders.end(), order) -
                                        orders.begin());
    };
    for (const ScopeState::Version& version : input_.scope.scope().versions) {
      if (version.accepted)
        ranks->emplace(version.opened.submission_id(), rank_of(version.order()));
    }
    plan_.older.own_rank = rank_of(own);
    ranks->insert_or_assign(input_.opened.submission_id(), plan_.older.own_rank);
    plan_.older.rank = [ranks](std::string_view id) -> std::optional<std::uint32_t> {
      const auto it = ranks->find(id);
      if (it == ranks->end()) return std::nullopt;
      return it->second;
    };
  }

  absl::Status LoadStanding() {
    return input_.scope.ForEachChange([this](const std::string& stream, const RowHash* content) {
      const RowHash row = HashOfStream(stream);
      if (content != nullptr) {
        matcher_.Stands(row, *content);
      } else {
        matcher_.Gone(row);
      }
    });
  }

  struct LastWord {
    std::uint32_t rank = 0;
    std::optional<RowHash> content;
  };
  using LastWords = absl::flat_hash_map<RowHash, LastWord>;

  // What the extracts up to `upto` say.
  absl::StatusOr<LastWords> WordsUpTo(std::uint32_t upto) const {
    LastWords words;
    DAYBOOK_RETURN_IF_ERROR(input_.scope.ForEachRankedChange(
        plan_.older.rank,
        [&](const std::string& stream, std::uint32_t rank, const RowHash* content) {
          if (rank > upto) return;
          const auto [it, is_new] = words.try_emplace(HashOfStream(stream));
          if (!is_new && it->second.rank > rank) return;
          it->second.rank = rank;
          it->second.content.reset();
          if (content != nullptr) it->second.content = *content;
        }));
    return words;
  }

  absl::Status LoadBefore() {
    if (plan_.older.own_rank == 0) return absl::OkStatus();
    DAYBOOK_ASSIGN_OR_RETURN(const LastWords words, WordsUpTo(plan_.older.own_rank - 1));
    for (const auto& [row, word] : words) {
      if (word.content) matcher_.Stands(row, *word.content);
    }
    return absl::OkStatus();
  }

  absl::Status ReadFile() {
    absl::Status judged;
    DAYBOOK_RETURN_IF_ERROR(input_.stage.Scan(
        input_.opened.submission_id(), 0, [&](std::uint32_t number, std::string_view bytes) {
          judged = Judge(number, input_.rows.Identify(input_.scope.name(), bytes));
          return judged.ok();
        }));
    return judged;
  }

  absl::Status Judge(std::uint32_t number, const commands::RowIdentity& row) {
    if (row.stream.empty()) {
      const auto alike = matcher_.Unkeyed(row.content);
      if (alike.verdict == RowVerdict::kNew) {
        Take(number, alike.copy);
      } else {
        Count(&ev::VersionCounts::rows_unchanged, &ev::VersionCounts::set_rows_unchanged);
      }
      return absl::OkStatus();
    }
    switch (matcher_.Keyed(HashOfStream(row.stream), row.content)) {
      case RowVerdict::kNew:
        if (plan_.history_only) {
          Take(number, 0);
          return absl::OkStatus();
        }
        return JudgeNewKey(number, row);
      case RowVerdict::kChanged:
        plan_.rows.push_back({number, 0});
        Count(&ev::VersionCounts::rows_changed, &ev::VersionCounts::set_rows_changed);
        return absl::OkStatus();
      case RowVerdict::kUnchanged:
      case RowVerdict::kRepeated:
        Count(&ev::VersionCounts::rows_unchanged, &ev::VersionCounts::set_rows_unchanged);
        return absl::OkStatus();
      case RowVerdict::kTaken:
        Refuse(number, Taken());
        return absl::OkStatus();
      case RowVerdict::kContradicts:
        Refuse(number, Contradiction());
        return absl::OkStatus();
    }
    return absl::OkStatus();
  }

  // Nothing of this scope stands under the key; something of another may.
  absl::Status JudgeNewKey(std::uint32_t number, const commands::RowIdentity& row) {
    commands::StreamLoader loader(input_.store);
    DAYBOOK_ASSIGN_OR_RETURN(const auto standing,
                             input_.rows.LookUp(input_.scope.name(), loader, row.stream));
    if (!standing || !standing->stands) {
      Take(number, 0);
      return absl::OkStatus();
    }
    if (standing->content == row.content) {
      Count(&ev::VersionCounts::rows_unchanged, &ev::VersionCounts::set_rows_unchanged);
      return absl::OkStatus();
    }
    DAYBOOK_ASSIGN_OR_RETURN(const std::string left, ScopeItLeaves(*standing));
    if (left.empty() || KindOf(input_.opened) == VersionKind::kAdditions) {
      Refuse(number, Taken());
      return absl::OkStatus();
    }
    plan_.rows.push_back({number, 0});
    ++plan_.moved[left];
    Count(&ev::VersionCounts::rows_changed, &ev::VersionCounts::set_rows_changed);
    Count(&ev::VersionCounts::rows_moved, &ev::VersionCounts::set_rows_moved);
    return absl::OkStatus();
  }

  // The stream of the scope of this agency and dataset in which it stands; empty when it is
  // somebody else's, or of a single command.
  absl::StatusOr<std::string> ScopeItLeaves(const RowStanding& standing) {
    const commands::ScopeName& own = input_.scope.name();
    if (standing.submission_id.empty() || standing.agency != own.agency) return std::string();
    const auto [it, is_new] = scopes_.try_emplace(standing.submission_id);
    if (!is_new) return it->second;
    commands::StreamLoader loader(input_.store);
    DAYBOOK_ASSIGN_OR_RETURN(const SubmissionState other, Load(standing.submission_id, loader));
    if (other.opened && other.opened->dataset() == own.dataset) {
      it->second = ScopeStream(own.agency, own.dataset, other.opened->scope());
    }
    return it->second;
  }

  void Take(std::uint32_t number, std::uint32_t copy) {
    plan_.rows.push_back({number, copy});
    Count(&ev::VersionCounts::rows_new, &ev::VersionCounts::set_rows_new);
  }

  void Refuse(std::uint32_t number, const values::Problem& problem) {
    Count(&ev::VersionCounts::rows_refused, &ev::VersionCounts::set_rows_refused);
    if (plan_.refused.size() >= kRefusalsMax) return;
    plan_.refused.push_back(commands::RefuseRow(number, {problem}).result);
  }

  void Count(std::uint32_t (ev::VersionCounts::*get)() const,
             void (ev::VersionCounts::*set)(std::uint32_t)) {
    (plan_.counts.*set)((plan_.counts.*get)() + 1);
  }

  // The rows that stand and are not in the file.
  absl::Status FindGone() {
    const auto absent = static_cast<std::uint32_t>(matcher_.absent());
    if (absent == 0) return absl::OkStatus();
    // A row that was refused may be one of them, with a cell that cannot be read.
    if (plan_.counts.rows_refused() > 0) {
      plan_.counts.set_rows_kept(absent);
      return absl::OkStatus();
    }
    DAYBOOK_ASSIGN_OR_RETURN(const auto awaited, FindAwaited());
    plan_.counts.set_rows_kept(static_cast<std::uint32_t>(awaited.size()));
    plan_.counts.set_rows_voided(absent - plan_.counts.rows_kept());
    absl::flat_hash_set<std::string> gone;
    DAYBOOK_RETURN_IF_ERROR(
        input_.scope.ForEachChange([&](const std::string& stream, const RowHash* content) {
          const RowHash row = HashOfStream(stream);
          if (content == nullptr || !matcher_.IsAbsent(row) || awaited.contains(row)) return;
          if (gone.insert(stream).second) plan_.gone.push_back(stream);
        }));
    return absl::OkStatus();
  }

  absl::StatusOr<absl::flat_hash_set<RowHash>> FindAwaited() const {
    absl::flat_hash_set<RowHash> awaited;
    absl::Status looked;
    matcher_.ForEachAbsent([&](const RowHash& row) {
      if (!looked.ok()) return;
      const auto found = input_.awaited(row);
      looked = found.status();
      if (found.ok() && *found) awaited.insert(row);
    });
    DAYBOOK_RETURN_IF_ERROR(looked);
    return awaited;
  }

  // Of an older extract: rows that the extract before it has, or, when it is the oldest, the one
  // after it, and that it has not.
  absl::Status FindAbsentEarlier() {
    LastWords later;
    if (plan_.older.own_rank == 0) {
      DAYBOOK_ASSIGN_OR_RETURN(later, WordsUpTo(plan_.older.own_rank + 1));
    }
    absl::flat_hash_set<std::string> found;
    std::uint32_t gone = 0;
    DAYBOOK_RETURN_IF_ERROR(input_.scope.ForEachRankedChange(
        plan_.older.rank, [&](const std::string& stream, std::uint32_t, const RowHash*) {
          const RowHash row = HashOfStream(stream);
          const bool was_before = matcher_.IsAbsent(row);
          const auto after = later.find(row);
          const bool comes_later =
              after != later.end() && after->second.content.has_value() && !matcher_.IsSeen(row);
          if (!was_before && !comes_later) return;
          if (!found.insert(stream).second) return;
          plan_.not_in_it.push_back(stream);
          gone += was_before ? 1 : 0;
        }));
    plan_.counts.set_rows_voided(gone);
    return absl::OkStatus();
  }

  const PlanInput& input_;
  VersionMatcher matcher_;
  VersionPlan plan_;
  std::map<std::string, std::string> scopes_;  // of submissions, as streams
};

}  // namespace

absl::StatusOr<VersionPlan> MakePlan(const PlanInput& input) { return Planner(input).Make(); }

bool VoidsTooMuch(const VersionPlan& plan) {
  constexpr std::uint64_t kPercent = 2;
  return !plan.history_only && std::uint64_t{plan.counts.rows_voided()} * 100 >
                                   std::uint64_t{plan.counts.rows_standing()} * kPercent;
}

}  // namespace daybook::submissions
