// peer_NAME prepare|append|replay ADDRESS [--clients N] [--depth N] [--seconds N] [--from N]
//
// append prints: events a second, p50 and p99 of a batch in milliseconds, the next free number.
// replay prints: events, events a second.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <thread>
#include <vector>

#include "CLI/CLI.hpp"
#include "tests/bench/peers/peer.h"

namespace {

using Steady = std::chrono::steady_clock;
using daybook::peers::Client;
using daybook::peers::Peer;

double Seconds(Steady::duration time) { return std::chrono::duration<double>(time).count(); }

struct Shape {
  int clients = 1;
  int depth = 1;
  double seconds = 3;
  std::uint64_t from = 1;
};

int Append(Peer& peer, const Shape& shape) {
  std::atomic<std::uint64_t> next = shape.from;
  std::atomic<std::uint64_t> events = 0;
  std::atomic<bool> failed = false;
  std::vector<std::vector<double>> batches(static_cast<std::size_t>(shape.clients));
  std::vector<std::unique_ptr<Client>> clients;
  for (int i = 0; i < shape.clients; ++i) clients.push_back(peer.Connect(i));
  const auto begin = Steady::now();
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < shape.clients; ++i) {
      threads.emplace_back([&, i] {
        std::string why;
        auto& mine = batches[static_cast<std::size_t>(i)];
        const auto depth = static_cast<std::uint64_t>(shape.depth);
        for (auto now = Steady::now(); Seconds(now - begin) < shape.seconds && !failed;) {
          if (!clients[static_cast<std::size_t>(i)]->Append(next.fetch_add(depth), shape.depth,
                                                            why)) {
            if (!failed.exchange(true)) std::fprintf(stderr, "error: %s\n", why.c_str());
            return;
          }
          const auto end = Steady::now();
          mine.push_back(Seconds(end - now) * 1000);
          events += depth;
          now = end;
        }
      });
    }
  }
  if (failed) return 1;
  const double took = Seconds(Steady::now() - begin);
  std::vector<double> all;
  for (const auto& mine : batches) all.insert(all.end(), mine.begin(), mine.end());
  std::sort(all.begin(), all.end());
  const auto at = [&all](double share) {
    return all.empty() ? 0.0
                       : all[static_cast<std::size_t>(share * static_cast<double>(all.size() - 1))];
  };
  std::printf("%.0f %.3f %.3f %llu\n", static_cast<double>(events) / took, at(0.5), at(0.99),
              static_cast<unsigned long long>(next.load()));
  return 0;
}

int Replay(Peer& peer) {
  std::string why;
  const auto begin = Steady::now();
  const std::uint64_t events = peer.Replay(why);
  const double took = Seconds(Steady::now() - begin);
  if (!why.empty()) {
    std::fprintf(stderr, "error: %s\n", why.c_str());
    return 1;
  }
  std::printf("%llu %.0f\n", static_cast<unsigned long long>(events),
              static_cast<double>(events) / took);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("One store's client of the comparison; tests/bench/peers/run drives it.");
  std::string what;
  std::string address;
  int payload_bytes = 250;
  Shape shape;
  app.add_option("what", what)->required()->check(CLI::IsMember({"prepare", "append", "replay"}));
  app.add_option("address", address)->required();
  app.add_option("--clients", shape.clients)->check(CLI::PositiveNumber);
  app.add_option("--depth", shape.depth)->check(CLI::PositiveNumber);
  app.add_option("--seconds", shape.seconds)->check(CLI::PositiveNumber);
  app.add_option("--from", shape.from);
  app.add_option("--payload", payload_bytes)->check(CLI::PositiveNumber);
  CLI11_PARSE(app, argc, argv);
  const auto peer = daybook::peers::MakePeer(address, payload_bytes);
  if (what == "append") return Append(*peer, shape);
  if (what == "replay") return Replay(*peer);
  std::string why;
  if (peer->Prepare(why)) return 0;
  std::fprintf(stderr, "error: %s\n", why.c_str());
  return 1;
}
