#include "projections/reports/caveats.h"

#include <map>

namespace daybook::reports {

std::string CaveatNote(const std::string& code) {
  static const auto& sentences = *new std::map<std::string, std::string>{
      {"calendar-unclear", "the source does not say in which calendar the period is counted"},
      {"area-unclear", "the source does not say clearly which area the figure counts"},
      {"distorted", "the source says that something out of the ordinary bent the figure"},
      {"outside-plan-year", "the period lies outside the plan year of the report"},
      {"estimated", "the figure is an estimate"},
      {"break", "comparison across a declared break or another definition: change withheld [b]"},
      {"months-missing", "not every month of the period is held: no sum is made up"},
      {"planned", "arranged or intended, not yet done: shown, compared with nothing"},
      {"parts-not-given", "a percentage as printed, its parts were not given"},
  };
  const auto it = sentences.find(code);
  return it == sentences.end() ? code : code + ": " + it->second + ".";
}

}  // namespace daybook::reports
