// What the notes under a plan say about silence: it is a matter of (action, lead), so an agency
// that reported on another action is not silent overall.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

namespace daybook::reports {

// Counted while the actions are written, by name of the organisation.
struct SilenceCount {
  std::map<std::string, int> silent;    // due from
  std::map<std::string, int> left_to;   // left to
  std::map<std::string, int> reported;  // actions on which the organisation reported
  int without_lead = 0;                 // no update, and nobody to ask
};

// "Essex Police 5, ECC Youth Service 1": most first, then by name.
std::string CountsInWords(const std::map<std::string, int>& counts);

// One sentence each, only those that have something to say.
std::vector<std::string> SilenceNotes(const SilenceCount& count);

}  // namespace daybook::reports
