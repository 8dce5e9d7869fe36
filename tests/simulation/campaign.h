// How long the random part runs and from which seed; and what it did, as a line for the table.
//
//   DAYBOOK_SIM_SECONDS   how long each kind goes on; 2 without it
//   DAYBOOK_SIM_SEED      repeats the one world of that seed
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

namespace daybook::simulation {

struct Tally {
  std::uint64_t tries = 0;         // losses of power, failing operations, damaged files, …
  std::uint64_t acknowledged = 0;  // requests; every one was looked for afterwards
  std::uint64_t in_doubt = 0;      // requests whose outcome was unknown
};

// Calls `world` with one seed after the other until the time is over or something failed; at least
// once. Prints one line. A world that kills the process, or is not over after ten minutes, is named
// and ends it.
void RunCampaign(const std::string& kind,
                 const std::function<void(std::uint64_t seed, Tally& tally)>& world);

}  // namespace daybook::simulation
