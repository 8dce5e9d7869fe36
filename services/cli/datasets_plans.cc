// Datasets of a plan.
#include "services/cli/dataset_columns.h"

namespace daybook::cli {
namespace {

Dataset Plans() {
  return {"plans",
          Columns({{"plan_id!", "id of your choice"},
                   {"partnership!", "id of the partnership"},
                   {"year!", "plan year, for example 2017-18"},
                   {"title!", "title"},
                   {"draft", "yes for a plan that is still consulted on"},
                   {"known", kKnown}}),
          "a plan"};
}

Dataset PlanAdoptions() {
  return {"plan-adoptions",
          Columns({{"plan_id!", kPlanId},
                   {"agreed!", "day on which the partnership agreed the draft"},
                   {"agreed_by", "who agreed it, in a few words"},
                   {"known", kKnown}}),
          "that a draft was agreed"};
}

Dataset PriorityChanges() {
  return {"priority-changes",
          Columns({{"plan_id!", kPlanId},
                   {"priority_id!", "id of the priority"},
                   {"label", "its new wording"},
                   {"number", "its new number (default: as before)"},
                   {"retired", "first day without it; then no label"},
                   {"known", kKnown}}),
          "a priority that is worded otherwise or taken out"};
}

Dataset Priorities() {
  return {"priorities",
          Columns({{"plan_id!", kPlanId},
                   {"priority_id!", "id of your choice"},
                   {"number", "as the plan numbers it"},
                   {"label!", "label"},
                   {"cross_cutting", kYesNo},
                   {"derived_from",
                    "headings of earlier plans that it goes on from, as plan_id/priority_id, "
                    "separated by semicolons"},
                   {"known", kKnown}}),
          "a priority or cross-cutting heading"};
}

Dataset Commitments() {
  return {"commitments",
          Columns({{"plan_id!", kPlanId},
                   {"priority_id!", "id of the cross-cutting heading"},
                   {"commitment_id!", "id of your choice"},
                   {"label!", "label"}}),
          "a commitment under a cross-cutting heading"};
}

Dataset Actions() {
  return {"actions",
          Columns({{"plan_id!", kPlanId},
                   {"action_id!", "id of your choice"},
                   {"priority_id", "id of the priority that it serves"},
                   {"objective", "label of the objective"},
                   {"label!", "label of the action"},
                   {"outcome", "outcome or measure in words"},
                   {"leads",
                    "organisations separated by semicolons, each with its team in round "
                    "brackets; an asterisk marks the one from whom the update is due "
                    "(default: the first)"},
                   {"deadline", "YYYY-MM or YYYY-MM-DD; empty: the plan prints none"}}),
          "an action of a plan"};
}

Dataset Targets() {
  return {
      "targets",
      Columns({{"plan_id!", kPlanId},
               {"action_id!", "id of the action"},
               {"target_id!", "id of your choice; several targets of an action must all be met"},
               {"kind!", "count, percent, trend or milestone"},
               {"measure!", "name of what is measured; updates name the same"},
               {"comparator", "at-least, at-most, equal, increase or decrease"},
               {"threshold", "the number to reach"},
               {"unit", "what is counted"},
               {"cumulative", "yes: it adds up over the plan year; no (default)"}}),
      "a target of an action"};
}

Dataset Updates() {
  return {
      "updates",
      Columns(
          {{"plan_id!", kPlanId},
           {"action_id!", "id of the action"},
           {"period!", "quarter or year of the plan, for example 2017-18 Q1"},
           {"organisation", "who reports: name or alias"},
           {"state", "ongoing, planned, delivered, … as reported"},
           {"left_to", "the partner to whom the update is left; then nothing else is filled"},
           {"narrative", "the update in words; sealed before it is stored"},
           {"measure", "what the figure measures; empty: no figure"},
           {"measure_label", "its label"},
           {"value", "a decimal number of at least 0"},
           {"precision", kPrecision},
           {"numerator", "the part of a share"},
           {"denominator", "the whole"},
           {"printed_percent", "percentage as printed"},
           {"missing", "of a percentage alone: denominator, numerator or both"},
           {"unit", "what is counted"},
           {"own_period", "where the figure is of another period than the update"},
           {"stage", "actual (default), booked or planned"},
           {"asked_measure", "in a pre-filled return: what a figure without a measure measures"},
           {"asked_unit", "and what it counts"},
           {"known", kKnown}}),
      "an update, or one more figure of the update in the row above"};
}

}  // namespace

std::vector<Dataset> PlanDatasets() {
  return {Plans(),       PlanAdoptions(), Priorities(), PriorityChanges(),
          Commitments(), Actions(),       Targets(),    Updates()};
}

}  // namespace daybook::cli
