// Datasets of what partners did together and what it reached.
#include "services/cli/dataset_columns.h"

namespace daybook::cli {
namespace {

Dataset Activities() {
  return {"activities",
          Columns({{"activity_id!", "id of your choice"},
                   {"partnership!", "id of the partnership"},
                   {"kind!",
                    "operation, day-of-action, consultation, training, campaign, outreach or "
                    "service"},
                   {"label!", "label; no personal data"},
                   {"period!", kPeriod},
                   {"ongoing", "yes where it goes on after the period; no (default)"},
                   {"lead!", kOrganisation},
                   {"partners", "organisations that take part, separated by semicolons"},
                   {"areas", "areas where it is done, separated by semicolons"},
                   {"plan_id", "id of the plan that it serves"},
                   {"action_id", "id of that plan's action"},
                   {"known", kKnown}}),
          "an operation, a day of action, a consultation, a service"};
}

Dataset Reaches() {
  return {"reaches",
          Columns({{"activity_id!", "id of the activity"},
                   {"period!", kPeriod},
                   {"area", "where, if not all of it"},
                   {"what!", "what is counted: people, hours, contacts; hyphens for spaces"},
                   {"value", "how many"},
                   {"precision", kPrecision},
                   {"upper", "upper end of a range"},
                   {"absence",
                    "why there is no value: not-collected, not-applicable, not-yet-due, "
                    "suppressed-below"},
                   {"known", kKnown}}),
          "what an activity reached"};
}

}  // namespace

std::vector<Dataset> ActivityDatasets() { return {Activities(), Reaches()}; }

}  // namespace daybook::cli
