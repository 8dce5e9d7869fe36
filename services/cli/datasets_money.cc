// Datasets of what a plan's projects serve and what its money became.
#include "services/cli/dataset_columns.h"

namespace daybook::cli {
namespace {

constexpr std::string_view kPounds = "pounds, for example 12337 or 2500.50";

Dataset Projects() {
  return {"projects",
          Columns({{"plan_id!", kPlanId},
                   {"project_id!", "id of your choice"},
                   {"label!", "label"},
                   {"priorities",
                    "ids of the plan's priorities that it serves, separated by "
                    "semicolons"},
                   {"themes_of", "id of the dimension whose categories the themes are"},
                   {"themes", "ids of the themes, separated by semicolons"},
                   {"known", kKnown}}),
          "a project and what it serves"};
}

Dataset Grants() {
  return {"grants",
          Columns({{"fund_id!", "id of your choice"},
                   {"partnership!", "id of the partnership"},
                   {"year!", "plan year, for example 2017-18"},
                   {"source!", "who gives it"},
                   {"amount!", kPounds},
                   {"after_top_slice", "yes where a part was taken from it already; no (default)"},
                   {"date", "day, YYYY-MM-DD"},
                   {"known", kKnown}}),
          "money given for a plan year"};
}

Dataset TopSlices() {
  return {"top-slices",
          Columns({{"fund_id!", "id of the pot"},
                   {"percent", "how much of it, for example 12; or amount"},
                   {"amount", "pounds; or percent"},
                   {"purpose!", "what for"},
                   {"known", kKnown}}),
          "what was taken from a pot before the partnership had it"};
}

Dataset FundEntries() {
  return {"fund-entries",
          Columns({{"entry_id!", "id of your choice within the pot"},
                   {"fund_id!", "id of the pot"},
                   {"kind!", "committed, spent, reallocated or carried-forward"},
                   {"amount!", kPounds},
                   {"purpose", "action; of a reallocation the one it is taken from"},
                   {"to_purpose", "of a reallocation: the one it is given to"},
                   {"to_fund_id", "of what is carried forward: id of the pot that takes it"},
                   {"date", "day, YYYY-MM-DD"},
                   {"reason", "why, in a few words"},
                   {"known", kKnown}}),
          "what became of money"};
}

}  // namespace

std::vector<Dataset> MoneyDatasets() { return {Projects(), Grants(), TopSlices(), FundEntries()}; }

}  // namespace daybook::cli
