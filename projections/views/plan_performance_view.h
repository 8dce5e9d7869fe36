// plan-performance: plans, drafts or agreed, with their headings, commitments, actions and targets,
// and what the leads reported, left to others, cancelled or completed; projects; money and what
// became of it. Narratives are not kept: only where they are.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "daybook/actions/events/v1/events.pb.h"
#include "daybook/views/v1/rows.pb.h"
#include "projections/core/view.h"

namespace daybook::views {

// Not thread-safe (see projections::View). Every key begins with the plan's id, so that a plan is
// one run of keys in each table; the order of a plan is that of the positions of its facts.
class PlanPerformanceView final : public projections::View {
 public:
  static constexpr std::string_view kName = "plan-performance";
  static constexpr std::string_view kNarrativePart = "narrative";

  std::string_view name() const override { return kName; }
  std::uint32_t version() const override { return 4; }
  const std::vector<projections::TypeHandling>& types() const override;
  void Apply(const projections::ViewEvent& event) override;
  std::vector<projections::TableBase*> tables() override {
    return {&plans_,   &priorities_, &commitments_, &actions_, &ends_,        &targets_,
            &updates_, &deferrals_,  &projects_,    &funds_,   &fund_entries_};
  }

  template <class Row>
  using Table = projections::Table<Row>;

  const Table<v1::PlanRow>& plans() const { return plans_; }                    // plan
  const Table<v1::PriorityRow>& priorities() const { return priorities_; }      // plan, priority
  const Table<v1::CommitmentRow>& commitments() const { return commitments_; }  // plan, commitment
  const Table<v1::ActionRow>& actions() const { return actions_; }              // plan, action
  const Table<v1::ActionEndRow>& ends() const { return ends_; }                 // plan, action
  const Table<v1::TargetRow>& targets() const { return targets_; }  // plan, action, target
  const Table<v1::UpdateRow>& updates() const { return updates_; }  // plan, action, period, org
  const Table<v1::DeferralRow>& deferrals() const {
    return deferrals_;
  }                                                                    // plan, action, period, org
  const Table<v1::ProjectRow>& projects() const { return projects_; }  // plan, project
  const Table<v1::FundRow>& funds() const { return funds_; }           // pot
  const Table<v1::FundEntryRow>& fund_entries() const { return fund_entries_; }  // pot, entry

 private:
  bool ApplyPlan(const projections::ViewEvent& event);
  bool ApplyDraft(const projections::ViewEvent& event);
  bool ApplyMoney(const projections::ViewEvent& event);
  bool ApplyProgress(const projections::ViewEvent& event);
  void ApplyUpdate(const projections::ViewEvent& event,
                   const actions::events::v1::UpdateSubmitted& update);

  Table<v1::PlanRow> plans_{"plans"};
  Table<v1::PriorityRow> priorities_{"priorities"};
  Table<v1::CommitmentRow> commitments_{"commitments"};
  Table<v1::ActionRow> actions_{"actions"};
  Table<v1::ActionEndRow> ends_{"ends"};
  Table<v1::TargetRow> targets_{"targets"};
  Table<v1::UpdateRow> updates_{"updates"};
  Table<v1::DeferralRow> deferrals_{"deferrals"};
  Table<v1::ProjectRow> projects_{"projects"};
  Table<v1::FundRow> funds_{"funds"};
  Table<v1::FundEntryRow> fund_entries_{"fund-entries"};
};

}  // namespace daybook::views
