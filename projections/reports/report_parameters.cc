#include "projections/reports/report_parameters.h"

#include <charconv>

#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "projections/reports/report_error.h"
#include "proto/values/decimal.h"
#include "proto/values/period.h"

namespace daybook::reports {
namespace {

constexpr std::string_view kPeriodForm =
    "a period such as 2018-10, 2017-18 Q1, 2017-18 or 12m to 2024-01";

template <class Number>
std::optional<Number> WholeNumber(const std::string& text) {
  Number number = 0;
  const char* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || stopped != end) return std::nullopt;
  return number;
}

}  // namespace

std::string Parameter(const Parameters& parameters, const std::string& name) {
  const auto it = parameters.find(name);
  return it == parameters.end() ? std::string() : it->second;
}

std::optional<std::string> Given(const Parameters& parameters, const std::string& name) {
  const auto it = parameters.find(name);
  if (it == parameters.end() || it->second.empty()) return std::nullopt;
  return it->second;
}

absl::StatusOr<Period> PeriodParameter(const Parameters& parameters, const std::string& name) {
  std::optional<Period> period = ParsePeriod(Parameter(parameters, name));
  if (!period) return InvalidParameter(name, kPeriodForm);
  return *std::move(period);
}

absl::StatusOr<std::vector<std::string>> ListParameter(const Parameters& parameters,
                                                       const std::string& name) {
  std::vector<std::string> list;
  for (const absl::string_view part : absl::StrSplit(Parameter(parameters, name), ',')) {
    const absl::string_view item = absl::StripAsciiWhitespace(part);
    if (!item.empty()) list.emplace_back(item);
    if (list.size() > kListMax) {
      return InvalidParameter(name, "a list of at most " + std::to_string(kListMax));
    }
  }
  return list;
}

absl::StatusOr<int> NumberParameter(const Parameters& parameters, const std::string& name,
                                    int without) {
  const std::optional<std::string> text = Given(parameters, name);
  if (!text) return without;
  const auto number = WholeNumber<int>(*text);
  if (!number) return InvalidParameter(name, "a whole number");
  return *number;
}

absl::StatusOr<std::uint64_t> PositionParameter(const Parameters& parameters,
                                                const std::string& name) {
  const auto position = WholeNumber<std::uint64_t>(Parameter(parameters, name));
  if (!position) return InvalidParameter(name, "a position of the log");
  return *position;
}

absl::StatusOr<ChartOptions> ChartParameters(const Parameters& parameters) {
  ChartOptions options;
  const std::string ranges = Parameter(parameters, "ranges");
  if (ranges == "all") {
    options.ranges = stats::MovingRange::kUnscreened;
  } else if (!ranges.empty() && ranges != "screened") {
    return InvalidParameter("ranges", "screened or all");
  }
  const std::string wanted = Parameter(parameters, "wanted");
  if (wanted == "more") {
    options.wanted = stats::Wanted::kMore;
  } else if (wanted == "less") {
    options.wanted = stats::Wanted::kLess;
  } else if (!wanted.empty()) {
    return InvalidParameter("wanted", "more or less");
  }
  if (const auto target = Given(parameters, "target")) {
    options.target = values::Decimal::Parse(*target);
    if (!options.target) return InvalidParameter("target", "a decimal number");
  }
  return options;
}

absl::StatusOr<Period> PlanPeriodParameter(const Parameters& parameters, const std::string& name) {
  if (const auto year = values::ParsePlanYear(Parameter(parameters, name))) {
    return values::PeriodToProto(*year);
  }
  return PeriodParameter(parameters, name);
}

absl::StatusOr<std::optional<Period>> GivenPeriod(const Parameters& parameters,
                                                  const std::string& name) {
  if (!Given(parameters, name)) return std::optional<Period>();
  const absl::StatusOr<Period> period = PeriodParameter(parameters, name);
  if (!period.ok()) return period.status();
  return std::optional<Period>(*period);
}

}  // namespace daybook::reports
