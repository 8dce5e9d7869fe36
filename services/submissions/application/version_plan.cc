#include "services/submissions/application/version_plan.h"

#include <algorithm>
#include <memory>
#include <set>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "eventstore/core/error.h"
#include "eventstore/core/limits.h"
#include "fmt/format.h"
#include "services/commands/row_session.h"
#include "services/submissions/application/absent_rows.h"
#include "services/submissions/application/extract_words.h"
#include "services/submissions/application/rows_elsewhere.h"
#include "services/submissions/application/seal_table.h"
#include "services/submissions/domain/submission_commands.h"

namespace daybook::submissions {
namespace {

namespace ev = events::v1;
using commands::RowHash;

VersionKind KindOf(const ev::SubmissionOpened& opened) {
  if (opened.kind() == "additions") return VersionKind::kAdditions;
  if (opened.kind() == "corrections") return VersionKind::kCorrections;
  return VersionKind::kWhole;
}

RowHash HashOfStream(std::string_view stream) { return commands::HashRow({stream}); }

// `agency`: of another one, who sent it; empty: the sender itself, or nobody by a file.
values::Problem Taken(std::string_view agency = "") {
  values::Problem problem;
  problem.reason = "ALREADY_EXISTS";
  problem.description = "a row with this key stands with other content";
  problem.remedy = "Send it in a whole file, or as a correction, if it shall change.";
  if (!agency.empty()) {
    problem.description += fmt::format(", sent by {}", agency);
    problem.remedy = fmt::format("Only {} can change it; leave the row out, or ask them.", agency);
  }
  return problem;
}

// `may_share`: in a full extract rows of one key are several records.
values::Problem Contradiction(bool may_share) {
  values::Problem problem;
  problem.reason = "ALREADY_EXISTS";
  problem.description = "an earlier row of this file has the same key and other content";
  problem.remedy = may_share
                       ? "Keep the one that is right, or send the full extract of its month if "
                         "they are several records."
                       : "Keep the one that is right; both cannot stand.";
  return problem;
}

class Planner {
 public:
  using Keys = absl::flat_hash_set<RowHash>;  // streams of rows with a key, hashed

  // `repeated`: the keys that are known to repeat in the file.
  Planner(const PlanInput& input, Keys repeated)
      : input_(input),
        keys_may_repeat_(KindOf(input.opened) == VersionKind::kWhole && input.rows.KeysMayRepeat()),
        repeated_(std::move(repeated)),
        coverage_(input.opened),
        words_(input.scope, coverage_, seals_),
        elsewhere_(input, words_),
        matcher_(KindOf(input.opened), [&input](const RowHash& content, std::uint32_t copy) {
          return HashOfStream(input.rows.AlikeStream(content, copy));
        }) {
    plan_.counts.set_rows_read(input.rows_read);
    plan_.counts.set_rows_refused(input.rows_refused);
  }

  absl::StatusOr<VersionPlan> Make() {
    const VersionOrder order{input_.opened.order_day(), input_.opened.version()};
    const ScopeState& scope = input_.scope.scope();
    const Months& months = input_.scope.months();
    if (const auto* before = scope.Before(order, months)) {
      plan_.before_submission_id = before->opened.submission_id();
    }
    words_.Rank(order, input_.opened.submission_id());
    plan_.older = words_.older();
    if (const auto* after = scope.After(order, months)) {
      plan_.after_submission_id = after->opened.submission_id();
    }
    if (scope.After(order, input_.scope.known()) != nullptr) {
      DAYBOOK_RETURN_IF_ERROR(LoadAround());
    } else {
      DAYBOOK_RETURN_IF_ERROR(LoadStanding());
    }
    plan_.counts.set_rows_standing(static_cast<std::uint32_t>(matcher_.standing()));
    DAYBOOK_RETURN_IF_ERROR(ReadFile());
    const auto is_covered_later = [this](const std::string& month) {
      return words_.CompleteLater(month) != 0;
    };
    plan_.history_only =
        words_.has_complete_later() && std::ranges::all_of(coverage_.months(), is_covered_later);
    plan_.months = coverage_.months();
    for (const std::string& month : plan_.months) plan_.left_months.erase(month);
    DAYBOOK_RETURN_IF_ERROR(PlanAbsent(input_, coverage_, matcher_, words_, plan_));
    return std::move(plan_);
  }

  // Keys that were found to repeat and count by their content: the plan is to be made again.
  Keys found_repeated() { return std::move(found_repeated_); }

 private:
  absl::Status LoadStanding() {
    return input_.scope.ForEachChange([this](const std::string& stream,
                                             const ScopeRows::RowChange& said) {
      const RowHash row = HashOfStream(stream);
      if (said.content != nullptr && input_.scope.Knows(said.place.month)) {
        matcher_.Stands(row, *said.content, coverage_.IdOf(said.place), seals_.Keep(said.sealed));
      } else {
        matcher_.Gone(row);
      }
      const bool own = said.submission_id == input_.opened.submission_id();
      HearOwn(row, own ? said.content : nullptr);
    });
  }

  // What this file added before, where it was broken off or had rows refused.
  void HearOwn(const RowHash& row, const RowHash* content) {
    if (KindOf(input_.opened) == VersionKind::kWhole) return;
    if (content != nullptr) {
      own_[row] = *content;
    } else {
      own_.erase(row);
    }
  }

  // What stood before it, in the order of extracts.
  absl::Status LoadAround() {
    return words_.Read(
        [this](const RowHash& row, const RowHash& content, FileCoverage::PlaceId place,
               SealTable::Handle seal) {
          if (!input_.scope.Knows(coverage_.At(place).month)) return;
          matcher_.Stands(row, content, place, seal);
        },
        [this](const RowHash& row, const RowHash* content) { HearOwn(row, content); });
  }

  absl::Status ReadFile() {
    for (const auto& [row, content] : own_) matcher_.Brought(content);
    absl::Status judged;
    DAYBOOK_RETURN_IF_ERROR(input_.stage.Scan(
        input_.opened.submission_id(), 0, [&](std::uint32_t number, std::string_view bytes) {
          judged = Judge(number, input_.rows.Identify(input_.scope.name(), bytes));
          return judged.ok();
        }));
    DAYBOOK_RETURN_IF_ERROR(judged);
    return SettleUndecided();
  }

  // Whether the row of the file is sealed what stands under `seal`.
  bool IsSameSealed(SealTable::Handle seal, const commands::RowIdentity& row) {
    compared_ = {.same = true, .erased = 0, .drops = false};
    if (seal == 0 && row.sealed.empty()) return true;
    auto compared = input_.rows.Compare(seals_.PartsOf(seal), seals_.ErasedOf(seal), row.sealed);
    compare_failed_.Update(compared.status());
    if (compared.ok()) compared_ = *compared;
    return compared_.same;
  }

  // Something of the row was erased and is not stored again.
  void TellErased(std::uint32_t number, types::v1::RowResult::Outcome outcome) {
    counts().set_rows_erased(counts().rows_erased() + 1);
    if (plan_.erased.size() >= eventstore::limits::kRefusedRowsNamedMax) return;
    plan_.erased.push_back(commands::UnchangedRow(number, {commands::ErasedBefore("")}).result);
    plan_.erased.back().set_outcome(outcome);
  }

  absl::Status Judge(std::uint32_t number, const commands::RowIdentity& row) {
    coverage_.Found(coverage_.IdOf(row.place));
    if (row.stream.empty()) return JudgeByContent(number, row);
    const RowHash hash = HashOfStream(row.stream);
    if (repeated_.contains(hash)) return JudgeRepeated(number, row, hash);
    const std::uint32_t until = words_.UntilOf(hash, row.place.month);
    compared_ = {};
    const RowVerdict verdict =
        matcher_.Keyed(hash, {row.content, row.whole},
                       [&](SealTable::Handle seal) { return IsSameSealed(seal, row); });
    DAYBOOK_RETURN_IF_ERROR(compare_failed_);
    if (compared_.drops && verdict == RowVerdict::kUnchanged) TellErased(number, kUnchanged);
    if (compared_.drops && verdict == RowVerdict::kChanged) TellErased(number, kRecorded);
    switch (verdict) {
      case RowVerdict::kNew:
        return JudgeNewKey(number, row, until);
      case RowVerdict::kChanged:
        PlanChange(number, row.stream, hash, until);
        counts().set_rows_changed(counts().rows_changed() + 1);
        if (const auto stood = matcher_.StoodAt(hash)) Leave(coverage_.At(*stood).month, row.place);
        return absl::OkStatus();
      case RowVerdict::kUnchanged:
        return Unchanged();
      case RowVerdict::kRepeated:
        return Repeated();
      case RowVerdict::kUndecided:  // of rows without a key only
      case RowVerdict::kTaken:
        Refuse(number, Taken());
        return absl::OkStatus();
      case RowVerdict::kContradicts:
        if (keys_may_repeat_) {
          found_repeated_.insert(hash);
        } else {
          Refuse(number, Contradiction(input_.rows.KeysMayRepeat()));
        }
        return absl::OkStatus();
    }
    return absl::OkStatus();
  }

  // A row without a key, or with one that it shares: it is the n-th of its content.
  absl::Status JudgeByContent(std::uint32_t number, const commands::RowIdentity& row) {
    compared_ = {};
    // One that was erased is nobody's until all others have found theirs.
    const auto alike = matcher_.Unkeyed({row.content, row.whole}, [&](SealTable::Handle seal) {
      return IsSameSealed(seal, row) && compared_.erased == 0;
    });
    DAYBOOK_RETURN_IF_ERROR(compare_failed_);
    if (alike.verdict == RowVerdict::kUndecided) {
      undecided_.push_back({number, row.content, coverage_.IdOf(row.place)});
      return absl::OkStatus();
    }
    if (alike.verdict != RowVerdict::kNew) return Unchanged();
    const std::string stream = input_.rows.AlikeStream(row.content, alike.copy);
    const std::uint32_t until = words_.UntilOf(HashOfStream(stream), row.place.month);
    if (until == 0 && row.sealed.empty()) {
      DAYBOOK_ASSIGN_OR_RETURN(const bool stands, StandsElsewhere(stream));
      if (stands) return Unchanged();
    }
    Take(number, alike.copy, until);
    return absl::OkStatus();
  }

  // Sent before under the name of another file; of rows of which nothing is sealed only, for others
  // are told apart by their scope.
  absl::StatusOr<bool> StandsElsewhere(const std::string& stream) {
    commands::StreamLoader loader(input_.store);
    DAYBOOK_ASSIGN_OR_RETURN(const auto standing,
                             input_.rows.LookUp(input_.scope.name(), loader, stream));
    return standing && standing->stands;
  }

  absl::Status JudgeRepeated(std::uint32_t number, const commands::RowIdentity& row,
                             const RowHash& key) {
    if (!contents_.insert(row.whole).second) return Repeated();
    counts().set_rows_sharing_key(counts().rows_sharing_key() + 1);
    // From a version in which the key was unique, one of them may stand under it.
    compared_ = {};
    const bool kept = matcher_.IsKept(key, {row.content, row.whole}, [&](SealTable::Handle seal) {
      return IsSameSealed(seal, row);
    });
    DAYBOOK_RETURN_IF_ERROR(compare_failed_);
    if (!kept) return JudgeByContent(number, row);
    if (compared_.drops) TellErased(number, kUnchanged);
    return Unchanged();
  }

  absl::Status Unchanged() {
    counts().set_rows_unchanged(counts().rows_unchanged() + 1);
    return absl::OkStatus();
  }

  absl::Status Repeated() {
    counts().set_rows_repeated(counts().rows_repeated() + 1);
    return absl::OkStatus();
  }

  void TakeAlike(std::uint32_t number, const RowHash& content, std::uint32_t copy,
                 const std::string& month) {
    Take(number, copy, words_.UntilOf(HashOfStream(input_.rows.AlikeStream(content, copy)), month));
  }

  // Rows without a key of which none that stands has the same sealed content take the places of
  // those that are left, which have changed; others come after them.
  absl::Status SettleUndecided() {
    for (const Undecided& row : undecided_) {
      const auto alike = matcher_.Settle(row.content);
      const std::string& month = coverage_.At(row.place).month;
      if (alike.verdict == RowVerdict::kNew) {
        TakeAlike(row.number, row.content, alike.copy, month);
        continue;
      }
      DAYBOOK_ASSIGN_OR_RETURN(
          const commands::SealedComparison left,
          input_.rows.Compare(seals_.PartsOf(alike.seal), seals_.ErasedOf(alike.seal), {}));
      if (left.erased != 0) {  // which of the rows it was cannot be told any more
        TellErased(row.number, kUnchanged);
        DAYBOOK_RETURN_IF_ERROR(Unchanged());
        continue;
      }
      const std::string stream = input_.rows.AlikeStream(row.content, alike.copy);
      const RowHash hash = HashOfStream(stream);
      PlanChange(row.number, stream, hash, words_.UntilOf(hash, month), alike.copy);
      counts().set_rows_changed(counts().rows_changed() + 1);
    }
    if (!undecided_.empty()) std::ranges::sort(plan_.rows, {}, &PlannedRow::number);
    return absl::OkStatus();
  }

  // A row that stands from before moves into a month of which a later extract says that it is not
  // there: it is current from this file until that one.
  void PlanChange(std::uint32_t number, const std::string& stream, const RowHash& row,
                  std::uint32_t until, std::uint32_t copy = 0) {
    if (until != 0 && words_.StandsFromBefore(row)) {
      plan_.ended[until].push_back(stream);
      until = 0;
    }
    plan_.rows.push_back({number, copy, until});
  }

  void Leave(const std::string& month, const commands::RowPlace& now) {
    if (month == now.month) return;
    plan_.left_months.insert(month);
    counts().set_rows_moved(counts().rows_moved() + 1);
  }

  absl::Status JudgeNewKey(std::uint32_t number, const commands::RowIdentity& row,
                           std::uint32_t until) {
    DAYBOOK_ASSIGN_OR_RETURN(const Elsewhere found, elsewhere_.Look(row, until));
    plan_.left_months.insert(found.later_months.begin(), found.later_months.end());
    const bool unchanged = found.verdict == Elsewhere::Verdict::kUnchanged;
    const bool taken = found.verdict == Elsewhere::Verdict::kTaken;
    if (found.drops && !taken) TellErased(number, unchanged ? kUnchanged : kRecorded);
    switch (found.verdict) {
      case Elsewhere::Verdict::kNew:
        Take(number, 0, found.until);
        return absl::OkStatus();
      case Elsewhere::Verdict::kUnchanged:
        return Unchanged();
      case Elsewhere::Verdict::kTaken:
        Refuse(number, Taken(found.agency));
        return absl::OkStatus();
      case Elsewhere::Verdict::kEnds:
        plan_.ended[found.until].push_back(row.stream);
        break;
      case Elsewhere::Verdict::kMoves:
        if (!found.left_scope.empty()) ++plan_.moved[found.left_scope];
        break;
    }
    plan_.rows.push_back({number, 0, 0});
    counts().set_rows_changed(counts().rows_changed() + 1);
    if (found.left_scope.empty()) {
      Leave(found.month, row.place);
    } else {
      counts().set_rows_moved(counts().rows_moved() + 1);
    }
    return absl::OkStatus();
  }

  void Take(std::uint32_t number, std::uint32_t copy, std::uint32_t until) {
    plan_.rows.push_back({number, copy, until});
    counts().set_rows_new(counts().rows_new() + 1);
  }

  void Refuse(std::uint32_t number, const values::Problem& problem) {
    counts().set_rows_refused(counts().rows_refused() + 1);
    if (plan_.refused.size() >= eventstore::limits::kRefusedRowsNamedMax) return;
    plan_.refused.push_back(commands::RefuseRow(number, {problem}).result);
  }

  ev::VersionCounts& counts() { return plan_.counts; }

  static constexpr auto kUnchanged = types::v1::RowResult::OUTCOME_UNCHANGED;
  static constexpr auto kRecorded = types::v1::RowResult::OUTCOME_RECORDED;

  const PlanInput& input_;
  const bool keys_may_repeat_;
  const Keys repeated_;
  Keys found_repeated_;
  Keys contents_;  // of the rows whose key repeats
  FileCoverage coverage_;
  SealTable seals_;
  ExtractWords words_;
  RowsElsewhere elsewhere_;
  VersionMatcher matcher_;
  VersionPlan plan_;

  commands::SealedComparison compared_;  // of the row that is being judged
  absl::Status compare_failed_;
  struct Undecided {
    std::uint32_t number = 0;
    RowHash content;
    FileCoverage::PlaceId place = 0;
  };
  std::vector<Undecided> undecided_;

  absl::flat_hash_map<RowHash, RowHash> own_;  // rows that the file brought before
};

}  // namespace

absl::StatusOr<VersionPlan> MakePlan(const PlanInput& input) {
  Planner planner(input, {});
  DAYBOOK_ASSIGN_OR_RETURN(VersionPlan plan, planner.Make());
  Planner::Keys repeated = planner.found_repeated();
  if (repeated.empty()) return plan;
  return Planner(input, std::move(repeated)).Make();
}

bool VoidsTooMuch(const VersionPlan& plan) {
  constexpr std::uint64_t kPercent = 2;
  if (plan.gone.empty()) return false;
  return plan.loses_area ||
         std::ranges::any_of(plan.counts.months(), [](const ev::MonthCounts& month) {
           return std::uint64_t{month.rows_voided()} * 100 >
                  std::uint64_t{month.rows_standing()} * kPercent;
         });
}

}  // namespace daybook::submissions
