#include "tests/simulation/campaign.h"

#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <random>
#include <string_view>

namespace daybook::simulation {
namespace {

std::optional<std::uint64_t> Number(const char* name) {
  const char* text = std::getenv(name);
  if (text == nullptr || *text == '\0') return std::nullopt;
  return std::strtoull(text, nullptr, 10);
}

// A world takes a second or a few, a minute under a sanitizer on a busy machine.
constexpr unsigned kWorldSecondsMax = 600;

// The line that names the world, for a process that dies in it or does not come out of it.
std::array<char, 128> g_last_words{};
std::size_t g_last_words_size = 0;

void SayLastWords(int signal) {
  (void)!::write(STDERR_FILENO, g_last_words.data(), g_last_words_size);
  if (signal == SIGALRM) {
    constexpr std::string_view kHangs = "it hangs\n";
    (void)!::write(STDERR_FILENO, kHangs.data(), kHangs.size());
  }
  std::signal(SIGABRT, SIG_DFL);
  std::signal(signal, SIG_DFL);
  std::raise(signal == SIGALRM ? SIGABRT : signal);
}

void PrepareLastWords(const std::string& kind, std::uint64_t seed) {
  g_last_words_size = static_cast<std::size_t>(
      std::snprintf(g_last_words.data(), g_last_words.size(), "%s: died at --seed %llu\n",
                    kind.c_str(), static_cast<unsigned long long>(seed)));
  for (const int signal : {SIGABRT, SIGSEGV, SIGALRM}) std::signal(signal, &SayLastWords);
  ::alarm(kWorldSecondsMax);
}

}  // namespace

void RunCampaign(const std::string& kind,
                 const std::function<void(std::uint64_t seed, Tally& tally)>& world) {
  const auto seconds = std::chrono::seconds(Number("DAYBOOK_SIM_SECONDS").value_or(2));
  const std::optional<std::uint64_t> only = Number("DAYBOOK_SIM_SEED");
  const std::uint64_t first = only.value_or(std::random_device{}());
  const auto end = std::chrono::steady_clock::now() + seconds;
  Tally tally;
  std::uint64_t worlds = 0;
  for (std::uint64_t seed = first;; ++seed) {
    SCOPED_TRACE(kind + ": DAYBOOK_SIM_SEED=" + std::to_string(seed));
    PrepareLastWords(kind, seed);
    world(seed, tally);
    ++worlds;
    if (::testing::Test::HasFailure()) {
      std::printf("%s: failed at --seed %llu\n", kind.c_str(),
                  static_cast<unsigned long long>(seed));
      return;
    }
    if (only || std::chrono::steady_clock::now() >= end) break;
  }
  ::alarm(0);
  std::printf("| %-16s | %6llu | %7llu | %9llu | %8llu | 0 | seeds %llu to %llu |\n", kind.c_str(),
              static_cast<unsigned long long>(worlds), static_cast<unsigned long long>(tally.tries),
              static_cast<unsigned long long>(tally.acknowledged),
              static_cast<unsigned long long>(tally.in_doubt),
              static_cast<unsigned long long>(first),
              static_cast<unsigned long long>(first + worlds - 1));
  std::fflush(stdout);  // as it comes, also through a pipe
}

}  // namespace daybook::simulation
