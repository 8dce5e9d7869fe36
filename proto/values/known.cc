#include "proto/values/known.h"

#include <string>

namespace daybook::values {
namespace {

using eventstore::KnownPrecision;

std::optional<CivilDay> KnownDate(const std::string& field, const std::string& text,
                                  Problems& problems) {
  if (text.empty()) {
    AddProblem(problems, reason::kMissingField, field,
               "The day on which it became known is missing.",
               "Give it like 2024-01-31, or give no precision: then the day of recording counts.");
    return std::nullopt;
  }
  const std::optional<CivilDay> day = ParseDay(text);
  if (!day) {
    AddProblem(problems, reason::kInvalidField, field, "Not a date, or a day that does not exist.",
               "Give it like 2024-01-31.");
  }
  return day;
}

// The earliest day that the date can mean lies after today.
bool IsAfter(CivilDay day, CivilDay today, KnownPrecision precision) {
  return (precision == KnownPrecision::kMonth ? FirstOfMonth(day) : day) > today;
}

}  // namespace

std::optional<eventstore::Known> KnownFromProto(std::string_view field,
                                                const types::v1::Known& proto, CivilDay today,
                                                Problems& problems) {
  const std::string date_field = FieldPath(field, "date");
  eventstore::Known known;
  switch (proto.precision()) {
    case types::v1::Known::PRECISION_UNSPECIFIED:
      known.precision = KnownPrecision::kRecorded;
      break;
    case types::v1::Known::PRECISION_UNKNOWN:
      known.precision = KnownPrecision::kUnknown;
      break;
    case types::v1::Known::PRECISION_DAY:
      known.precision = KnownPrecision::kDay;
      break;
    case types::v1::Known::PRECISION_MONTH:
      known.precision = KnownPrecision::kMonth;
      break;
    default:
      AddProblem(problems, reason::kUnknownValue, FieldPath(field, "precision"),
                 "A precision that is not registered.",
                 "Use one of types.v1.Known.Precision, or upgrade the server.");
      return std::nullopt;
  }
  if (known.precision == KnownPrecision::kRecorded || known.precision == KnownPrecision::kUnknown) {
    if (proto.date().empty()) return known;
    AddProblem(problems, reason::kInvalidField, date_field,
               "A date without a precision that wants one.",
               "Leave the date out, or say PRECISION_DAY or PRECISION_MONTH.");
    return std::nullopt;
  }
  const std::optional<CivilDay> day = KnownDate(date_field, proto.date(), problems);
  if (!day) return std::nullopt;
  if (IsAfter(*day, today, known.precision)) {
    AddProblem(problems, reason::kInvalidField, date_field,
               "Nothing can have become known after today.",
               "Correct the date, or leave it out: then the day of recording counts.");
    return std::nullopt;
  }
  known.day = known.precision == KnownPrecision::kMonth ? LastOfMonth(*day) : *day;
  return known;
}

types::v1::Known KnownToProto(const eventstore::Known& known) {
  types::v1::Known proto;
  switch (known.precision) {
    case KnownPrecision::kRecorded:
      break;
    case KnownPrecision::kDay:
      proto.set_precision(types::v1::Known::PRECISION_DAY);
      proto.set_date(FormatDay(known.day));
      break;
    case KnownPrecision::kMonth:
      proto.set_precision(types::v1::Known::PRECISION_MONTH);
      proto.set_date(FormatDay(known.day));
      break;
    case KnownPrecision::kUnknown:
      proto.set_precision(types::v1::Known::PRECISION_UNKNOWN);
      break;
  }
  return proto;
}

}  // namespace daybook::values
