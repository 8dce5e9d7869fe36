// kill -9 at random moments of a server with many requests in flight, again and again on the same
// data: what was acknowledged is there, once, where it was said to be.
//
//   DAYBOOK_KILLS       how many; 5 without it
//   DAYBOOK_SIM_SEED    repeats the moments (by number of acknowledgements) of a run
#include <gtest/gtest.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <set>
#include <thread>

#include "eventstore/rocksdb/ledger_check.h"
#include "tests/crash/writers.h"
#include "tests/integration/samples.h"
#include "tests/integration/wire.h"
#include "tests/support/daemon_process.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace daybook::crash {
namespace {

constexpr int kWriters = 64;
constexpr std::uint64_t kAcknowledgedBetweenMax = 2000;
constexpr int kKillsBetweenChecks = 20;

std::uint64_t FromEnvironment(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr || *text == '\0' ? otherwise : std::strtoull(text, nullptr, 10);
}

class Kill : public ::testing::Test {
 protected:
  // Everything that the log has, checked for order and for being there once.
  void ReadLog(integration::Client& client) {
    eventlog::v1::ReadAllRequest request;
    request.set_from_position(next_);
    auto reader = client.ReadAll(request);
    eventlog::v1::ReadAllResponse page;
    while (reader.Read(&page)) {
      for (const eventlog::v1::Event& event : page.events()) {
        ASSERT_EQ(event.position(), next_) << "positions have a gap";
        ++next_;
        ASSERT_TRUE(positions_.emplace(event.request_id(), event.position()).second)
            << event.request_id() << " is there twice";
      }
    }
    ASSERT_TRUE(reader.Finish().ok());
  }

  void ExpectAcknowledgedIsThere(const Acknowledged& acknowledged) {
    for (const auto& [id, position] : acknowledged) {
      const auto it = positions_.find(id);
      ASSERT_NE(it, positions_.end()) << id << " was acknowledged and is gone";
      ASSERT_EQ(it->second, position) << id << " is not where it was said to be";
    }
  }

  testing::TempDir directory_;
  std::uint64_t next_ = 0;
  std::map<std::string, std::uint64_t> positions_;
};

TEST_F(Kill, AtAnyMomentLosesNothingThatWasAcknowledged) {
  const std::uint64_t kills = FromEnvironment("DAYBOOK_KILLS", 5);
  const std::uint64_t seed = FromEnvironment("DAYBOOK_SIM_SEED", std::random_device{}());
  SCOPED_TRACE("DAYBOOK_SIM_SEED=" + std::to_string(seed));
  std::mt19937_64 random(seed);
  testing::DaemonProcess daemon(directory_.path());
  Writers writers(kWriters);
  std::string address = daemon.Start();
  ASSERT_NE(address, "") << daemon.log();
  ASSERT_TRUE(integration::Client(address, integration::kForce)
                  .Call(integration::Organisation(integration::kForce))
                  .ok());
  for (std::uint64_t kill = 0; kill < kills; ++kill) {
    SCOPED_TRACE("kill " + std::to_string(kill));
    const std::uint64_t until = writers.acknowledged_count() + random() % kAcknowledgedBetweenMax;
    writers.Run(address);
    while (writers.acknowledged_count() < until) std::this_thread::yield();
    daemon.Kill();
    writers.Join();
    ASSERT_EQ(writers.refused(), std::vector<std::string>());
    if (kill % kKillsBetweenChecks == 0) {
      const auto report = eventstore::CheckLedger({.directory = daemon.data() / "log"});
      ASSERT_OK(report);
      ASSERT_EQ(report->findings_total, 0u) << report->findings[0].what;
    }
    address = daemon.Start();
    ASSERT_NE(address, "") << daemon.log();
    integration::Client client(address, integration::kForce);
    ReadLog(client);
    ExpectAcknowledgedIsThere(writers.acknowledged());
    if (HasFatalFailure()) return;
  }
  std::printf("| %-16s | %6d | %7llu | %9zu | %8llu | 0 | seed %llu |\n", "kill -9", 1,
              static_cast<unsigned long long>(kills), writers.acknowledged().size(),
              static_cast<unsigned long long>(writers.cut_off()),
              static_cast<unsigned long long>(seed));
}

}  // namespace
}  // namespace daybook::crash
