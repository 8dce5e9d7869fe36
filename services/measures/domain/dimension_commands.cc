// Defining dimensions: what figures are broken down by.
#include <algorithm>
#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "services/commands/door.h"
#include "services/commands/fingerprint.h"
#include "services/measures/domain/definition_refusals.h"
#include "services/measures/domain/measure_commands.h"

namespace daybook::measures {

namespace ev = events::v1;
using commands::Decision;
using commands::InvalidField;
using commands::Outcome;
using commands::Problems;
using Category = ev::DimensionDefined::Category;

namespace {

constexpr int kCategoriesMin = 2;
constexpr int kCategoriesMax = 100;

void CheckNames(const v1::DefineDimensionRequest& request, Problems& problems) {
  std::set<std::string> ids;
  std::set<std::string> labels;
  for (int i = 0; i < request.categories_size(); ++i) {
    const Category& category = request.categories(i);
    const std::string field = fmt::format("categories[{}]", i);
    commands::RequireSlug(field + ".category_id", category.category_id(), problems);
    commands::RequireText(field + ".label", category.label(), commands::kNameBytesMax, problems);
    if (!ids.insert(category.category_id()).second) {
      problems.push_back(InvalidField(field + ".category_id", "stands twice",
                                      "Give each category an id of its own."));
    }
    if (!labels.insert(category.label()).second) {
      problems.push_back(
          InvalidField(field + ".label", "stands twice", "Give each category a label of its own."));
    }
  }
}

// A run of numbers that a band or a gap holds.
struct Run {
  std::string field;
  std::uint32_t lower = 0;
  bool is_open = false;  // no upper end
  std::uint32_t upper = 0;
};

std::vector<Run> RunsOf(const v1::DefineDimensionRequest& request) {
  std::vector<Run> runs;
  for (int i = 0; i < request.categories_size(); ++i) {
    const Category& band = request.categories(i);
    runs.push_back(
        {fmt::format("categories[{}]", i), band.lower(), !band.has_upper(), band.upper()});
  }
  for (int i = 0; i < request.gaps_size(); ++i) {
    const auto& gap = request.gaps(i);
    runs.push_back({fmt::format("gaps[{}]", i), gap.lower(), false, gap.upper()});
  }
  std::sort(runs.begin(), runs.end(), [](const Run& a, const Run& b) { return a.lower < b.lower; });
  return runs;
}

// Bands of ages tell who is counted; what lies between two of them is counted by nobody, and nobody
// sees that in the table. So it is said.
void CheckRuns(const std::vector<Run>& runs, Problems& problems) {
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const Run& run = runs[i];
    if (!run.is_open && run.upper < run.lower) {
      problems.push_back(InvalidField(run.field, "ends before it begins",
                                      "Give the first and the last number of the band."));
      return;
    }
    if (i + 1 == runs.size()) return;
    const Run& next = runs[i + 1];
    if (run.is_open || next.lower <= run.upper) {
      problems.push_back(InvalidField(next.field, "overlaps another band or gap",
                                      "Let each number lie in one band."));
    } else if (next.lower > run.upper + 1) {
      problems.push_back(InvalidField(
          next.field,
          fmt::format("leaves out {} to {}, which no band holds", run.upper + 1, next.lower - 1),
          "Widen a band, or name what is left out as a gap."));
    }
  }
}

void CheckBands(const v1::DefineDimensionRequest& request, Problems& problems) {
  int bands = 0;
  for (const Category& category : request.categories()) {
    bands += category.has_lower() ? 1 : 0;
    if (category.has_upper() && !category.has_lower()) {
      problems.push_back(InvalidField("categories", "has a band with an end and no beginning",
                                      "Give the first number of each band, 0 for an open one."));
      return;
    }
  }
  if (bands != 0 && bands != request.categories_size()) {
    problems.push_back(InvalidField("categories", "has bands of numbers beside others",
                                    "Give the numbers of every band, or of none."));
    return;
  }
  if (bands == 0 && request.gaps_size() > 0) {
    problems.push_back(InvalidField("gaps", "are given although there are no bands",
                                    "Give the numbers of the bands, or no gaps."));
  }
  if (request.complete() && request.gaps_size() > 0) {
    problems.push_back(
        InvalidField("complete", "contradicts the gaps", "Leave it out where a gap is named."));
  }
  if (bands != 0 && problems.empty()) CheckRuns(RunsOf(request), problems);
}

}  // namespace

Outcome Decide(const MeasureRegister& measures, const v1::DefineDimensionRequest& request) {
  Problems problems;
  commands::RequireSlug("dimension_id", request.dimension_id(), problems);
  commands::RequireText("label", request.label(), commands::kNameBytesMax, problems);
  if (request.categories_size() < kCategoriesMin || request.categories_size() > kCategoriesMax) {
    problems.push_back(InvalidField(
        "categories", fmt::format("has not {} to {} entries", kCategoriesMin, kCategoriesMax),
        "Name each category once."));
  }
  CheckNames(request, problems);
  CheckBands(request, problems);
  if (!problems.empty()) return commands::RejectFields(std::move(problems));

  ev::DimensionDefined defined;
  defined.set_dimension_id(request.dimension_id());
  defined.set_label(request.label());
  *defined.mutable_categories() = request.categories();
  *defined.mutable_gaps() = request.gaps();
  defined.set_complete(request.complete());
  if (const auto* stands = measures.FindDimension(request.dimension_id())) {
    if (commands::CanonicalBytes(*stands) == commands::CanonicalBytes(defined)) return Decision{};
    return DefinedOtherwise("dimension_id", "Choose another id, or send the content that stands.");
  }
  Decision decision;
  decision.events.push_back(
      commands::MakeDraft(std::string(MeasureRegister::kStream), defined, {}));
  return decision;
}

}  // namespace daybook::measures
