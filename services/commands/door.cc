#include "services/commands/door.h"

#include <algorithm>
#include <utility>

#include "eventstore/core/limits.h"
#include "eventstore/core/utf8.h"
#include "fmt/format.h"
#include "proto/values/civil.h"
#include "proto/values/known.h"

namespace daybook::commands {
namespace {

namespace limits = eventstore::limits;
using eventstore::CivilDay;

constexpr std::size_t kSubmissionIdDigits = 32;

bool IsSlugByte(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; }

bool IsVisibleAscii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c <= '~'; });
}

values::Problem TooLarge(std::string_view field, std::string_view description,
                         std::string_view remedy) {
  return {.field = std::string(field),
          .reason = "TOO_LARGE",
          .description = std::string(description),
          .remedy = std::string(remedy)};
}

}  // namespace

values::Problem MissingField(std::string_view field) {
  return {.field = std::string(field),
          .reason = "MISSING_FIELD",
          .description = "is required",
          .remedy = "Fill it."};
}

values::Problem InvalidField(std::string_view field, std::string_view description,
                             std::string_view remedy) {
  return {.field = std::string(field),
          .reason = "INVALID_FIELD",
          .description = std::string(description),
          .remedy = std::string(remedy)};
}

values::Problem UnknownValue(std::string_view field, std::string_view allowed,
                             std::string_view nearest) {
  std::string description = "is not a registered value";
  if (!nearest.empty()) description += fmt::format("; the nearest is \"{}\"", nearest);
  return {.field = std::string(field),
          .reason = "UNKNOWN_VALUE",
          .description = std::move(description),
          .remedy = fmt::format("Give {}.", allowed)};
}

bool IsSlug(std::string_view text) {
  return text.size() >= kSlugBytesMin && text.size() <= kSlugBytesMax && text.front() != '-' &&
         std::all_of(text.begin(), text.end(), IsSlugByte);
}

bool IsLowerHex(std::string_view text, std::size_t digits) {
  return text.size() == digits && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

void RequireSlug(std::string_view field, std::string_view value, Problems& problems) {
  if (value.empty()) {
    problems.push_back(MissingField(field));
  } else {
    CheckSlug(field, value, problems);
  }
}

void CheckSlug(std::string_view field, std::string_view value, Problems& problems) {
  if (value.empty() || IsSlug(value)) return;
  problems.push_back(
      InvalidField(field, "is not an id", "Use 2 to 64 lower-case letters, digits and hyphens."));
}

void RequireText(std::string_view field, std::string_view value, std::size_t bytes_max,
                 Problems& problems) {
  if (value.empty()) {
    problems.push_back(MissingField(field));
  } else {
    CheckText(field, value, bytes_max, problems);
  }
}

void CheckText(std::string_view field, std::string_view value, std::size_t bytes_max,
               Problems& problems) {
  if (value.size() > bytes_max) {
    problems.push_back(
        TooLarge(field, fmt::format("is longer than {} bytes", bytes_max), "Shorten it."));
  } else if (!eventstore::IsPrintableUtf8(value)) {
    problems.push_back(InvalidField(field, "is not one line of UTF-8 text",
                                    "Remove line breaks and control characters."));
  }
}

void RequireOneOf(std::string_view field, std::string_view value,
                  std::initializer_list<std::string_view> allowed, Problems& problems) {
  if (value.empty()) {
    problems.push_back(MissingField(field));
  } else if (std::find(allowed.begin(), allowed.end(), value) == allowed.end()) {
    std::string list;
    for (const std::string_view word : allowed) {
      if (!list.empty()) list += ", ";
      list += word;
    }
    problems.push_back(UnknownValue(field, "one of: " + list));
  }
}

std::optional<CivilDay> RequireDay(std::string_view field, std::string_view value,
                                   Problems& problems) {
  if (value.empty()) {
    problems.push_back(MissingField(field));
    return std::nullopt;
  }
  return CheckDay(field, value, problems);
}

std::optional<CivilDay> CheckDay(std::string_view field, std::string_view value,
                                 Problems& problems) {
  if (value.empty()) return std::nullopt;
  const auto day = values::ParseDay(value);
  if (!day.has_value()) {
    problems.push_back(InvalidField(field, "is not a day", "Give a day as YYYY-MM-DD."));
  }
  return day;
}

std::optional<eventstore::CivilDay> RequirePastDay(std::string_view field, std::string_view value,
                                                   eventstore::CivilDay today, Problems& problems) {
  const auto day = RequireDay(field, value, problems);
  if (day && *day > today) {
    problems.push_back(
        InvalidField(field, "lies in the future", "Record it when it has happened."));
    return std::nullopt;
  }
  return day;
}

Problems HeadProblems(const types::v1::CommandHead& head, CivilDay today) {
  Problems problems;
  if (head.request_id().empty()) {
    problems.push_back(MissingField("head.request_id"));
  } else if (head.request_id().size() > limits::kRequestIdBytesMax ||
             !IsVisibleAscii(head.request_id())) {
    problems.push_back(InvalidField("head.request_id",
                                    "is not at most 128 visible ASCII characters",
                                    "Use a UUID, a new one for each request."));
  }
  if (head.has_known()) {
    values::KnownFromProto("head.known", head.known(), today, problems);
  }
  if (!head.submission_id().empty() && !IsLowerHex(head.submission_id(), kSubmissionIdDigits)) {
    problems.push_back(InvalidField("head.submission_id", "is not 32 lower-case hexadecimal digits",
                                    "Send the id that OpenSubmission gave, or leave it empty."));
  }
  if (head.correlation_id().size() > limits::kMetadataFieldBytesMax ||
      !eventstore::IsPrintableUtf8(head.correlation_id())) {
    problems.push_back(InvalidField("head.correlation_id", "is not a line of at most 128 bytes",
                                    "Shorten it, or leave it empty."));
  }
  return problems;
}

eventstore::Known KnownOf(const types::v1::CommandHead& head, CivilDay today) {
  Problems ignored;
  return values::KnownFromProto("head.known", head.known(), today, ignored)
      .value_or(eventstore::Known{});
}

Problems CallerProblems(const Caller& caller) {
  Problems problems;
  if (!IsSlug(caller.agency)) {
    problems.push_back({.field = "daybook-agency",
                        .reason = "AGENCY_MISSING",
                        .description = "is missing or not an id",
                        .remedy = "Send the metadata key daybook-agency with the agency's id: 2 to "
                                  "64 lower-case letters, digits and hyphens."});
  }
  if (caller.actor.size() > limits::kActorBytesMax || !eventstore::IsPrintableUtf8(caller.actor)) {
    problems.push_back(InvalidField("daybook-actor", "is not a line of at most 128 bytes",
                                    "Shorten it, or leave it out."));
  }
  return problems;
}

void CheckRowCount(std::size_t rows, Problems& problems) {
  if (rows == 0) {
    problems.push_back(MissingField("rows"));
  } else if (rows > kRowsPerMessageMax) {
    problems.push_back(TooLarge("rows", fmt::format("are more than {}", kRowsPerMessageMax),
                                "Send fewer rows in a message."));
  }
}

eventstore::Effective OnDay(CivilDay day) { return {day, CivilDay{day.days + 1}}; }

}  // namespace daybook::commands
