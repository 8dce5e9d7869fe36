#include "services/submissions/application/absent_rows.h"

#include <algorithm>
#include <map>
#include <string>

#include "absl/container/flat_hash_set.h"
#include "eventstore/core/error.h"
#include "services/commands/row_hash.h"

namespace daybook::submissions {
namespace {

namespace ev = events::v1;
using commands::RowHash;

class AbsentRows {
 public:
  AbsentRows(const PlanInput& input, FileCoverage& coverage, const VersionMatcher& matcher,
             ExtractWords& words, VersionPlan& plan)
      : input_(input), coverage_(coverage), matcher_(matcher), words_(words), plan_(plan) {}

  absl::Status Plan() {
    DAYBOOK_RETURN_IF_ERROR(Find());
    if (plan_.counts.months_size() > 0) CountStandingByMonth();
    return absl::OkStatus();
  }

 private:
  absl::Status Find() {
    const std::uint32_t absent = Count();
    if (absent == 0) return absl::OkStatus();
    // A row that was refused may be one of them, with a cell that cannot be read.
    if (plan_.counts.rows_refused() > 0) {
      plan_.counts.set_rows_kept(absent);
      return absl::OkStatus();
    }
    absl::flat_hash_set<RowHash> awaited;
    if (!plan_.history_only) {
      DAYBOOK_ASSIGN_OR_RETURN(awaited, FindAwaited());
    }
    plan_.counts.set_rows_kept(static_cast<std::uint32_t>(awaited.size()));
    absl::flat_hash_set<std::string> found;
    DAYBOOK_RETURN_IF_ERROR(input_.scope.ForEachRow([&](const std::string& stream) {
      const RowHash row = commands::HashRow({stream});
      const auto place = matcher_.AbsentFrom(row);
      if (!place || !coverage_.Covers(*place) || awaited.contains(row)) return;
      if (found.insert(stream).second) End(stream, row, *place);
    }));
    // What would be voided now is what somebody has to say yes to.
    const std::size_t voided = plan_.history_only ? plan_.not_in_it.size() : plan_.gone.size();
    plan_.counts.set_rows_voided(static_cast<std::uint32_t>(voided));
    return absl::OkStatus();
  }

  void End(const std::string& stream, const RowHash& row, FileCoverage::PlaceId place) {
    const std::string& month = coverage_.At(place).month;
    if (const std::uint32_t until = words_.UntilOf(row, month); until != 0) {
      plan_.not_in_it.emplace(stream, until);
      return;
    }
    plan_.gone.push_back(stream);
    CountsOf(month).set_rows_voided(CountsOf(month).rows_voided() + 1);
    plan_.loses_area = plan_.loses_area || !coverage_.HasArea(place);
  }

  // How many rows the file lacks although it covers their month; the others are counted by month.
  std::uint32_t Count() {
    std::uint32_t absent = 0;
    matcher_.ForEachAbsent([&](const RowHash&, FileCoverage::PlaceId place) {
      if (coverage_.Covers(place)) {
        ++absent;
        return;
      }
      plan_.counts.set_rows_outside(plan_.counts.rows_outside() + 1);
      ev::MonthCounts& month = CountsOf(coverage_.At(place).month);
      month.set_rows_outside(month.rows_outside() + 1);
    });
    return absent;
  }

  // Those that another file which waits holds.
  absl::StatusOr<absl::flat_hash_set<RowHash>> FindAwaited() const {
    absl::flat_hash_set<RowHash> awaited;
    absl::Status looked;
    matcher_.ForEachAbsent([&](const RowHash& row, FileCoverage::PlaceId place) {
      if (!looked.ok() || !coverage_.Covers(place)) return;
      const auto found = input_.awaited(row);
      looked = found.status();
      if (found.ok() && *found) awaited.insert(row);
    });
    DAYBOOK_RETURN_IF_ERROR(looked);
    return awaited;
  }

  void CountStandingByMonth() {
    std::map<std::string, std::uint32_t> standing;
    matcher_.ForEachStanding(
        [&](FileCoverage::PlaceId place) { ++standing[coverage_.At(place).month]; });
    for (ev::MonthCounts& month : *plan_.counts.mutable_months()) {
      month.set_rows_standing(standing[month.month()]);
    }
    std::ranges::sort(*plan_.counts.mutable_months(), {}, &ev::MonthCounts::month);
  }

  ev::MonthCounts& CountsOf(const std::string& month) {
    auto& months = *plan_.counts.mutable_months();
    const auto it = std::ranges::find(months, month, &ev::MonthCounts::month);
    if (it != months.end()) return *it;
    ev::MonthCounts& added = *plan_.counts.add_months();
    added.set_month(month);
    return added;
  }

  const PlanInput& input_;
  FileCoverage& coverage_;
  const VersionMatcher& matcher_;
  ExtractWords& words_;
  VersionPlan& plan_;
};

}  // namespace

absl::Status PlanAbsent(const PlanInput& input, FileCoverage& coverage,
                        const VersionMatcher& matcher, ExtractWords& words, VersionPlan& plan) {
  return AbsentRows(input, coverage, matcher, words, plan).Plan();
}

}  // namespace daybook::submissions
