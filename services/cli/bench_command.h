// `daybook bench append|read`: the wire and the disk of this machine, on a ledger made for it and
// thrown away afterwards.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace daybook::cli {

struct BenchOptions {
  std::string what;                // "append" or "read"
  std::string directory = "/tmp";  // parent of the ledger: the disk that is measured
  int seconds = 3;                 // of each run
  int rounds = 3;                  // runs of each line, in turn; the median is printed
  std::uint64_t events = 200'000;  // for read; also how many are there before append is measured
  std::vector<int> in_flight = {1, 64};       // unary calls, or session messages of one row
  std::vector<int> rows = {1, 10, 100, 500};  // of a session's message
  int location_bytes = 20;                    // length of the row's text: makes the payload
};

int RunBench(const BenchOptions& options);

}  // namespace daybook::cli
