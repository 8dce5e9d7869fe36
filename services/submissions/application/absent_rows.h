// The rows that stood and that a whole file lacks: which of them it voids, and how many it leaves
// as they are because it does not cover their month.
#pragma once

#include "absl/status/status.h"
#include "services/submissions/application/extract_words.h"
#include "services/submissions/application/file_coverage.h"
#include "services/submissions/application/version_plan.h"
#include "services/submissions/domain/version_matcher.h"

namespace daybook::submissions {

// After every row of the file was judged: fills `gone`, `not_in_it`, `loses_area` and the counts of
// rows voided, kept and outside, by month. Nothing for a file of another kind. A status is a
// failure of the store.
absl::Status PlanAbsent(const PlanInput& input, FileCoverage& coverage,
                        const VersionMatcher& matcher, ExtractWords& words, VersionPlan& plan);

}  // namespace daybook::submissions
