// `daybook bench append|read`: the wire and the disk of this machine, on a ledger made for it and
// thrown away afterwards.
#pragma once

#include <cstdint>
#include <string>

namespace daybook::cli {

struct BenchOptions {
  std::string what;                // "append" or "read"
  std::string directory = "/tmp";  // parent of the ledger: the disk that is measured
  int seconds = 3;                 // of each run
  int rounds = 3;                  // runs of each line, in turn; the median is printed
  std::uint64_t events = 200'000;  // for read
};

int RunBench(const BenchOptions& options);

}  // namespace daybook::cli
