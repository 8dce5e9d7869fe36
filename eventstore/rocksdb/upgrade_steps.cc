#include "eventstore/rocksdb/upgrade_steps.h"

namespace daybook::eventstore::rocks {

const FormatSupport& ProductFormats() {
  // Before format 2 nothing was released, so nothing leads to it from what was there.
  static const FormatSupport* const formats =
      new FormatSupport{.current = kLedgerFormat, .steps = {}};
  return *formats;
}

FormatDecision Decide(std::string_view stored, const FormatSupport& formats) {
  std::vector<FormatStep> steps;
  steps.reserve(formats.steps.size());
  for (const UpgradeStep& step : formats.steps) steps.push_back(step.format);
  return DecideFormat(stored, formats.current, steps);
}

}  // namespace daybook::eventstore::rocks
