#include "projections/reports/plan_notes.h"

#include <algorithm>
#include <utility>

namespace daybook::reports {
namespace {

int Total(const std::map<std::string, int>& counts) {
  int total = 0;
  for (const auto& [name, count] : counts) total += count;
  return total;
}

std::string CountedActions(int count) {
  return std::to_string(count) + (count == 1 ? " action" : " actions");
}

// The silent agencies apart: those that reported on another action, and those that said nothing.
std::string SilentOverall(const SilenceCount& count) {
  std::map<std::string, int> elsewhere;
  std::string nothing;
  for (const auto& [name, silent] : count.silent) {
    const auto it = count.reported.find(name);
    if (it != count.reported.end()) {
      elsewhere.emplace(*it);
    } else {
      nothing += (nothing.empty() ? "" : ", ") + name;
    }
  }
  if (nothing.empty()) {
    return "No agency is silent overall; each of them reported on other actions: " +
           CountsInWords(elsewhere) + ".";
  }
  return "Silent overall, no update on any action: " + nothing + "." +
         (elsewhere.empty() ? "" : " Reported on other actions: " + CountsInWords(elsewhere) + ".");
}

}  // namespace

std::string CountsInWords(const std::map<std::string, int>& counts) {
  std::vector<std::pair<std::string, int>> sorted(counts.begin(), counts.end());
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  std::string words;
  for (const auto& [name, count] : sorted) {
    words += (words.empty() ? "" : ", ") + name + " " + std::to_string(count);
  }
  return words;
}

std::vector<std::string> SilenceNotes(const SilenceCount& count) {
  std::vector<std::string> notes;
  if (!count.silent.empty()) {
    notes.push_back(CountedActions(Total(count.silent)) +
                    " without an update: " + CountsInWords(count.silent) + ".");
    notes.push_back(SilentOverall(count));
  }
  if (!count.left_to.empty()) {
    notes.push_back(CountedActions(Total(count.left_to)) +
                    " left to a partner: " + CountsInWords(count.left_to) + ".");
  }
  if (count.without_lead > 0) {
    notes.push_back(CountedActions(count.without_lead) +
                    " without an update and without a lead from whom one is due.");
  }
  return notes;
}

}  // namespace daybook::reports
