#include "services/incidents/domain/incident_details.h"

#include <algorithm>
#include <initializer_list>
#include <set>
#include <string_view>
#include <utility>

#include "fmt/format.h"
#include "proto/registry/crime_types.h"
#include "proto/registry/offences.h"
#include "proto/registry/prescribed_items.h"
#include "proto/values/civil.h"
#include "proto/values/plausible_year.h"
#include "services/incidents/domain/incident_row.h"

namespace daybook::incidents {
namespace {

using commands::InvalidField;
using commands::Problems;
using eventstore::CivilDay;

constexpr std::size_t kOffenceCodeBytesMax = 10;
constexpr std::size_t kDayBytes = 10;  // of "2018-10-31"

bool IsUpperOrDigit(char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// "T14:30".
bool IsClock(std::string_view text) {
  if (text.size() != 6 || text[0] != 'T' || text[3] != ':') return false;
  if (!IsDigit(text[1]) || !IsDigit(text[2]) || !IsDigit(text[4]) || !IsDigit(text[5]))
    return false;
  return text.substr(1, 2) <= "23" && text.substr(4, 2) <= "59";
}

std::optional<CivilDay> ReadMoment(std::string_view field, std::string_view text, CivilDay today,
                                   Problems& problems) {
  if (text.empty()) return std::nullopt;
  const auto day = values::ParseDay(text.substr(0, kDayBytes));
  if (!day || (text.size() > kDayBytes && !IsClock(text.substr(kDayBytes)))) {
    problems.push_back(InvalidField(field, "not a day, or a day and a time of day",
                                    "Write it like 2018-10-31 or 2018-10-31 14:30."));
    return std::nullopt;
  }
  if (!values::IsPlausibleYear(*day)) {
    problems.push_back(InvalidField(field, values::kNotPlausible, values::kCorrectYear));
    return std::nullopt;
  }
  if (*day > today) {
    problems.push_back(
        InvalidField(field, "the day is in the future", "Give the day on which it was."));
    return std::nullopt;
  }
  return day;
}

// A time that is given with minutes is compared with them, if the other is, too.
bool IsBefore(std::string_view a, std::string_view b) {
  const std::size_t both = std::min(a.size(), b.size());
  return !a.empty() && !b.empty() && a.substr(0, both) < b.substr(0, both);
}

void RefuseGiven(std::initializer_list<std::pair<std::string_view, bool>> given,
                 std::string_view what, std::string_view remedy, Problems& problems) {
  for (const auto& [field, is_given] : given) {
    if (is_given) problems.push_back(InvalidField(field, what, remedy));
  }
}

}  // namespace

RowDays ReadDays(const v1::IncidentRow& row, CivilDay today, Problems& problems) {
  RowDays days;
  days.from = ReadMoment("happened_from", row.happened_from(), today, problems);
  days.to = ReadMoment("happened_to", row.happened_to(), today, problems);
  days.recorded = ReadMoment("recorded", row.recorded(), today, problems);
  if (days.from && days.to && IsBefore(row.happened_to(), row.happened_from())) {
    problems.push_back(InvalidField("happened_to", "lies before the time from which it happened",
                                    "See whether the two are swapped, or the day and the month."));
  }
  if (days.from && days.recorded && IsBefore(row.recorded(), row.happened_from())) {
    problems.push_back(InvalidField("recorded", "lies before the time at which it happened",
                                    "See whether the two are swapped, or the day and the month."));
  }
  if (!days.from && !row.happened_to().empty() && row.happened_from().empty()) {
    problems.push_back(InvalidField("happened_to", "is given without the time from which",
                                    "Give both; or one time as the time from which."));
  }
  return days;
}

std::optional<RowMonth> ReadMonth(const v1::IncidentRow& row, const RowDays& days, CivilDay today,
                                  Problems& problems) {
  const std::size_t problems_before = problems.size();
  RowMonth month{row.month(), {}};
  if (month.text.empty()) {
    const auto day = days.recorded ? days.recorded : days.from;
    if (day) month.text = values::FormatMonth(*day);
  }
  if (month.text.empty()) {
    const bool is_told = !row.recorded().empty() || !row.happened_from().empty();
    if (!is_told) problems.push_back(commands::MissingField("month"));
    return std::nullopt;  // a time that is none is a problem of its own
  }
  const auto first = values::ParseMonth(month.text);
  if (!first) {
    problems.push_back(
        InvalidField("month", "not a month", "Write the month as YYYY-MM, for example 2018-10."));
    return std::nullopt;
  }
  if (!values::IsPlausibleYear(*first)) {
    problems.push_back(InvalidField("month", values::kNotPlausible, values::kCorrectYear));
  } else if (*first > today) {
    problems.push_back(InvalidField("month", "the month is in the future",
                                    "Give the month in which it happened."));
  } else if (days.from && month.text < values::FormatMonth(*days.from)) {
    problems.push_back(InvalidField("month", "the month lies before the time at which it happened",
                                    "Give the month in which it happened or was recorded."));
  } else if (days.recorded && month.text > values::FormatMonth(*days.recorded)) {
    problems.push_back(InvalidField("month", "the month lies after the day of recording",
                                    "Give the month in which it happened or was recorded."));
  }
  if (problems.size() != problems_before) return std::nullopt;
  month.days = {*first, values::AddMonths(*first, 1)};
  return month;
}

std::string ReadType(const v1::IncidentRow& row, std::string_view month, std::string_view dataset,
                     Problems& problems, Problems& asks) {
  if (registry::IsPrescribed(dataset)) {
    if (row.type().empty()) {
      problems.push_back(commands::MissingField("type"));
      return {};
    }
    const auto* item = registry::FindPrescribedItem(dataset, row.type());
    if (item != nullptr) return std::string(item->code);
    problems.push_back(commands::UnknownValue(
        "type", "an item of this dataset; `daybook list prescribed` prints them",
        registry::NearestPrescribedItem(dataset, row.type())));
    return {};
  }
  const auto* group = registry::FindOffenceSubGroup(row.sub_group());
  if (row.type().empty()) {
    if (group != nullptr) return std::string(group->crime_type);
    if (row.sub_group().empty()) problems.push_back(commands::MissingField("type"));
    return {};
  }
  const registry::CrimeType* type = registry::FindCrimeType(row.type(), month);
  if (type == nullptr) {
    problems.push_back(commands::UnknownValue(
        "type", "a crime type of data.police.uk, as code or in the wording of its files",
        registry::NearestCrimeType(row.type())));
    return {};
  }
  // A month that is none is a problem of its own.
  if (month.empty() || type->IsInUse(month)) return std::string(type->code);
  const bool ended = month >= type->first_month;
  values::Problem& problem =
      (ended ? problems : asks).emplace_back(commands::UnknownValue("type", ""));
  if (!ended) {
    const std::string before = registry::PredecessorsOf(*type);
    problem.description = fmt::format("the category began with {}", type->first_month);
    problem.remedy = before.empty()
                         ? "Check month and type; reports print no figure of it before then."
                         : fmt::format("Check month and type; before then it was {}.", before);
    return std::string(type->code);
  }
  problem.description = fmt::format("the category ended with {}", type->last_month);
  problem.remedy = fmt::format("Give the category that took its place: {}.", type->successors);
  return {};
}

void ReadOffence(const v1::IncidentRow& row, events::v1::IncidentRecorded& incident,
                 Problems& problems) {
  if (!row.sub_group().empty()) {
    const auto* group = registry::FindOffenceSubGroup(row.sub_group());
    if (group == nullptr) {
      problems.push_back(commands::UnknownValue("sub_group",
                                                "a sub-group of offences of the Home Office",
                                                registry::NearestOffenceSubGroup(row.sub_group())));
    } else if (!incident.type().empty() && incident.type() != group->crime_type) {
      problems.push_back(InvalidField("sub_group",
                                      "the sub-group lies in another type than the one given",
                                      fmt::format("Correct one of the two: it lies in {}.",
                                                  registry::CrimeTypeOf(group->crime_type)->name)));
    } else {
      incident.set_sub_group(std::string(group->code));
    }
  }
  const std::string& code = row.offence_code();
  if (code.size() > kOffenceCodeBytesMax || !std::ranges::all_of(code, [](char c) {
        return IsUpperOrDigit(c) || (c >= 'a' && c <= 'z') || c == '/' || c == '.';
      })) {
    problems.push_back(InvalidField("offence_code", "not a code of an offence",
                                    "Give the Home Office's code, for example 8N or 105A."));
  } else {
    incident.set_offence_code(code);
  }
  std::set<std::string_view> flags;
  for (const std::string& wording : row.flags()) {
    if (const auto* flag = registry::FindIncidentFlag(wording)) {
      flags.insert(flag->code);
    } else {
      problems.push_back(commands::UnknownValue("flags",
                                                "flags of the register, separated by semicolons",
                                                registry::NearestIncidentFlag(wording)));
    }
  }
  for (const std::string_view flag : flags) incident.add_flags(std::string(flag));
  if (row.withdrawal().empty()) return;
  const auto* withdrawal = registry::FindWithdrawal(row.withdrawal());
  if (withdrawal == nullptr) {
    problems.push_back(commands::UnknownValue("withdrawal",
                                              "cancelled, transferred or reclassified",
                                              registry::NearestWithdrawal(row.withdrawal())));
  } else if (row.source_key().empty()) {
    problems.push_back(InvalidField("withdrawal",
                                    "a record without a key cannot be withdrawn by name",
                                    "Give its key, or leave the row out of the full extract."));
  } else {
    incident.set_withdrawal(std::string(withdrawal->code));
  }
}

void CheckFieldsOfDataset(const v1::IncidentRow& row, std::string_view dataset,
                          Problems& problems) {
  const auto* prescribed = registry::FindPrescribedDataset(dataset);
  const bool has_outward = !row.outward_postcode().empty();
  if (prescribed == nullptr) {
    RefuseGiven({{"outward_postcode", has_outward}},
                "is given of what health services hold of prescribed information only",
                "Give the district and the place.", problems);
    if (!IsPublished(dataset)) return;
    RefuseGiven({{"happened_from", !row.happened_from().empty()},
                 {"happened_to", !row.happened_to().empty()},
                 {"recorded", !row.recorded().empty()},
                 {"sub_group", !row.sub_group().empty()},
                 {"offence_code", !row.offence_code().empty()},
                 {"flags", row.flags_size() > 0},
                 {"withdrawal", !row.withdrawal().empty()}},
                "is not published of these records", "Send it in dataset incidents.", problems);
    return;
  }
  if (row.happened_from().empty()) problems.push_back(commands::MissingField("happened_from"));
  constexpr std::string_view kNot = "is not shared of prescribed information, which names nobody";
  constexpr std::string_view kLeave = "Leave it out.";
  RefuseGiven({{"source_key", !row.source_key().empty()},
               {"outcome", !row.outcome().empty()},
               {"recorded", !row.recorded().empty()},
               {"sub_group", !row.sub_group().empty()},
               {"offence_code", !row.offence_code().empty()},
               {"flags", row.flags_size() > 0},
               {"withdrawal", !row.withdrawal().empty()}},
              kNot, kLeave, problems);
  if (prescribed->place == registry::PrescribedPlace::kLocation) {
    RefuseGiven({{"outward_postcode", has_outward}},
                "is given of what health services hold of prescribed information only",
                "Give the district and the place.", problems);
    return;
  }
  if (!has_outward) problems.push_back(commands::MissingField("outward_postcode"));
  RefuseGiven({{"district", !row.district().empty()},
               {"location", !row.location().empty()},
               {"lsoa_code", !row.lsoa_code().empty()},
               {"longitude", !row.longitude().empty()},
               {"latitude", !row.latitude().empty()}},
              "is nearer than the outward postcode, the only place that is shared", kLeave,
              problems);
}

std::string ReadOutwardPostcode(std::string_view text, Problems& problems) {
  if (text.empty()) return {};
  std::string upper(text);
  std::ranges::transform(upper, upper.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  // One or two letters, a digit, and perhaps a digit or letter more.
  const auto digit = std::ranges::find_if(upper, IsDigit);
  const auto letters = digit - upper.begin();
  const auto rest = upper.end() - digit;
  const bool is_outward = letters >= 1 && letters <= 2 && rest >= 1 && rest <= 2 &&
                          std::ranges::all_of(upper, IsUpperOrDigit);
  if (is_outward) return upper;
  constexpr std::size_t kOutwardBytesMax = 4;
  const bool is_longer = upper.size() > kOutwardBytesMax;
  problems.push_back(InvalidField(
      "outward_postcode",
      is_longer ? "more than the outward part of a postcode" : "not the outward part of a postcode",
      "Give only the part before the space, for example CO1: the rest may point to a person."));
  return {};
}

}  // namespace daybook::incidents
