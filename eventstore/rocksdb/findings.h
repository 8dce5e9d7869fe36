// Where the checks of a ledger put what they find.
#pragma once

#include <utility>

#include "eventstore/rocksdb/ledger_check.h"

namespace daybook::eventstore::rocks {

// Keeps the first hundred, counts all: a damaged table can hold a million.
class Findings {
 public:
  static constexpr std::size_t kKeptMax = 100;

  explicit Findings(LedgerReport& report) : report_(report) {}

  void Add(LedgerFinding finding) {
    ++report_.findings_total;
    if (report_.findings.size() < kKeptMax) report_.findings.push_back(std::move(finding));
  }

 private:
  LedgerReport& report_;
};

}  // namespace daybook::eventstore::rocks
