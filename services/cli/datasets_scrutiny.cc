// Datasets of scrutiny: what committees asked, and how assessments come about.
#include "services/cli/dataset_columns.h"

namespace daybook::cli {
namespace {

Dataset Resolutions() {
  return {"resolutions",
          Columns({{"resolution_id!", "id of your choice"},
                   {"partnership!", "id of the partnership of whom it is asked"},
                   {"committee!", "name of the committee"},
                   {"passed!", "day of the meeting, YYYY-MM-DD"},
                   {"kind!", "resolution or recommendation"},
                   {"label!", "what it is about, in a few words"},
                   {"due", "day by which an answer is due, YYYY-MM-DD"},
                   {"known", kKnown}}),
          "a resolution or recommendation of a committee"};
}

Dataset Responses() {
  return {"responses",
          Columns({{"resolution_id!", "id of the resolution"},
                   {"answered!", "day of the answer, YYYY-MM-DD"},
                   {"disposition!",
                    "answered; of a recommendation also adopted, partly-adopted or "
                    "not-adopted"},
                   {"document_id", "id of the document that answers"},
                   {"section", "section of it"},
                   {"reason", "why it was not, or not wholly, adopted, in a few words"},
                   {"known", kKnown}}),
          "the partnership's answer to a resolution"};
}

Dataset Assessments() {
  return {"assessments",
          Columns({{"assessment_id!", "id of your choice"},
                   {"partnership!", "id of the partnership"},
                   {"year!", "assessment year, for example AY2022-23"},
                   {"known", kKnown}}),
          "a strategic assessment"};
}

Dataset Sections() {
  return {"assessment-sections",
          Columns({{"assessment_id!", "id of the assessment"},
                   {"content!",
                    "levels, changes, causes, priorities, public-priorities or "
                    "plan-review"},
                   {"organisation!", kOrganisation},
                   {"delivered!", "day, YYYY-MM-DD"},
                   {"document_id", "id of the document that holds it"},
                   {"known", kKnown}}),
          "one of the six contents of an assessment"};
}

Dataset Approvals() {
  return {"assessment-approvals",
          Columns({{"assessment_id!", "id of the assessment"},
                   {"approved!", "day, YYYY-MM-DD"},
                   {"known", kKnown}}),
          "the approval of an assessment with all six contents"};
}

Dataset RiskRanks() {
  return {"risk-ranks",
          Columns({{"assessment_id!", "id of the assessment"},
                   {"risk_id!", "id of the risk, the same over the years"},
                   {"label!", "label"},
                   {"rank!", "its place, 1 for the gravest; risks may share one"},
                   {"forum", "day of the forum that agreed it, YYYY-MM-DD"},
                   {"score", "its score as the model gives it"},
                   {"known", kKnown}}),
          "the place of a risk in an assessment"};
}

}  // namespace

std::vector<Dataset> ScrutinyDatasets() {
  return {Resolutions(), Responses(), Assessments(), Sections(), Approvals(), RiskRanks()};
}

}  // namespace daybook::cli
