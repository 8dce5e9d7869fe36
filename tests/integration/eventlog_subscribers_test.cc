// Many subscribers beside many writers, over the wire.
#include <gmock/gmock.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

#include "absl/synchronization/blocking_counter.h"
#include "tests/integration/daybook_test.h"
#include "tests/integration/listener.h"
#include "tests/integration/samples.h"

namespace daybook::integration {
namespace {

using eventlog::v1::SubscribeRequest;

constexpr int kWriters = 8;
constexpr int kEach = 25;
constexpr const char* kOrganisationType = "partners.OrganisationRegistered";
constexpr const char* kIncidentType = "incidents.IncidentRecorded";

class ManySubscribers : public DaybookTest {
 protected:
  struct Wanted {
    std::vector<std::string> types = {};
    std::vector<std::string> contexts = {};
    std::uint64_t from = 0;
  };

  static SubscribeRequest RequestOf(const Wanted& wanted) {
    SubscribeRequest request;
    request.set_from_position(wanted.from);
    for (const auto& type : wanted.types) request.mutable_filter()->add_types(type);
    for (const auto& context : wanted.contexts) request.mutable_filter()->add_contexts(context);
    return request;
  }

  // 1 when an event of the type comes through, else 0.
  static std::size_t Passes(const Wanted& wanted, const std::string& context,
                            const std::string& type) {
    const auto has = [](const auto& list, const std::string& text) {
      return std::find(list.begin(), list.end(), text) != list.end();
    };
    const bool all = wanted.types.empty() && wanted.contexts.empty();
    return all || has(wanted.types, type) || has(wanted.contexts, context) ? 1 : 0;
  }

  Listener Subscribe(const SubscribeRequest& request) {
    return Listener(client().Subscribe(request));
  }

  // Half the commands of each writer register an organisation, half record an incident.
  void WriteAll() {
    std::vector<std::jthread> writers;
    for (int writer = 0; writer < kWriters; ++writer) {
      writers.emplace_back([this] {
        for (int i = 0; i < kEach; ++i) {
          Accept(Organisation(NewId("organisation")));
          Accept(SubmitIncident(NewId("incident")));
        }
      });
    }
  }

  // What the log holds for such a subscriber.
  std::vector<std::uint64_t> Matching(const Wanted& wanted) {
    eventlog::v1::ReadAllRequest request;
    *request.mutable_filter() = RequestOf(wanted).filter();
    auto reading = client().ReadAll(request);
    std::vector<std::uint64_t> positions;
    eventlog::v1::ReadAllResponse page;
    while (reading.Read(&page)) {
      for (const auto& event : page.events()) {
        if (event.position() >= wanted.from) positions.push_back(event.position());
      }
    }
    EXPECT_TRUE(reading.Finish().ok());
    return positions;
  }

  const std::vector<Wanted> wanted_ = {
      {},
      {.contexts = {"partners"}},
      {.contexts = {"incidents"}},
      {.types = {"incidents.IncidentRecorded"}, .from = 10},
      {.types = {"partners.OrganisationRegistered"}},
      {.types = {"incidents.IncidentRecorded"}, .contexts = {"partners"}},
      {.from = 3},
      {.contexts = {"referrals", "partners"}, .from = 20},
  };
};

TEST_F(ManySubscribers, EachSeesEveryMatchingEventOnceAndInOrderWhileOthersWrite) {
  SeedPartners();
  for (int i = 0; i < 20; ++i) Accept(Organisation(NewId("organisation")));
  // The first of them reads nothing until all others have everything: it holds only its own line.
  absl::BlockingCounter others(static_cast<int>(wanted_.size()) - 1);
  std::vector<std::vector<std::uint64_t>> seen(wanted_.size());
  // How many each sees in all; known before the last event is written.
  std::vector<std::atomic<std::size_t>> counts(wanted_.size());
  {
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < wanted_.size(); ++i) {
      threads.emplace_back([&, i] {
        auto listener = Subscribe(RequestOf(wanted_[i]));
        if (i == 0) others.Wait();
        listener.ReadUntil([&] { return counts[i] > 0 && listener.positions.size() >= counts[i]; });
        seen[i] = listener.positions;
        if (i != 0) others.DecrementCount();
      });
    }
    WriteAll();
    for (std::size_t i = 0; i < wanted_.size(); ++i) {
      counts[i] = Matching(wanted_[i]).size() + Passes(wanted_[i], "partners", kOrganisationType) +
                  Passes(wanted_[i], "incidents", kIncidentType);
    }
    Accept(Organisation(NewId("organisation")));
    Accept(SubmitIncident(NewId("incident")));
  }
  for (std::size_t i = 0; i < wanted_.size(); ++i) {
    EXPECT_EQ(seen[i], Matching(wanted_[i])) << "subscriber " << i;
  }
}

TEST_F(ManySubscribers, AfterARestartEachGoesOnAtItsTokenWithoutLossOrRepeat) {
  SeedPartners();
  std::vector<std::vector<std::uint64_t>> seen(wanted_.size());
  std::vector<types::v1::Checkpoint> tokens(wanted_.size());
  WriteAll();
  for (std::size_t i = 0; i < wanted_.size(); ++i) {
    auto listener = Subscribe(RequestOf(wanted_[i]));
    listener.ReadUntil([&] { return listener.checkpoints > 0; });
    tokens[i] = listener.checkpoint;
    // What came after the token comes again.
    for (const std::uint64_t position : listener.positions) {
      if (position < tokens[i].size()) seen[i].push_back(position);
    }
  }
  Restart();
  WriteAll();
  for (std::size_t i = 0; i < wanted_.size(); ++i) {
    const auto matching = Matching(wanted_[i]);
    SubscribeRequest request = RequestOf(wanted_[i]);
    *request.mutable_resume() = tokens[i];
    auto listener = Subscribe(request);
    listener.ReadEvents(matching.size() - seen[i].size());
    seen[i].insert(seen[i].end(), listener.positions.begin(), listener.positions.end());
    EXPECT_EQ(seen[i], matching) << "subscriber " << i;
  }
}

}  // namespace
}  // namespace daybook::integration
