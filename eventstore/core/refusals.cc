#include "eventstore/core/refusals.h"

#include <chrono>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "eventstore/core/civil_day.h"
#include "eventstore/core/error.h"

namespace daybook::eventstore {
namespace {

std::string Describe(const ExpectedRevision& expected) {
  switch (expected.kind()) {
    case ExpectedRevision::Kind::kAny:
      return "any";
    case ExpectedRevision::Kind::kNoStream:
      return "no_stream";
    case ExpectedRevision::Kind::kStreamExists:
      return "stream_exists";
    case ExpectedRevision::Kind::kExactly:
      return std::to_string(expected.revision().value);
  }
  return "";
}

// The earliest day that `known` can stand for.
CivilDay FirstDay(const Known& known) {
  if (known.precision != KnownPrecision::kMonth) {
    return known.day;
  }
  const std::chrono::year_month_day day{std::chrono::sys_days(std::chrono::days(known.day.days))};
  const std::chrono::sys_days first(day.year() / day.month() / 1);
  return CivilDay{static_cast<std::int32_t>(first.time_since_epoch().count())};
}

bool HasDay(const Known& known) {
  return known.precision == KnownPrecision::kDay || known.precision == KnownPrecision::kMonth;
}

}  // namespace

absl::Status RevisionConflict(const AppendRequest& request,
                              const std::vector<RevisionMismatch>& mismatches) {
  ErrorDetail detail{
      .reason = std::string(reason::kRevisionConflict),
      .remedy = "Read the named streams again, decide anew and send the request with the same id.",
      .fields = {},
      .metadata = {}};
  for (std::size_t i = 0; i < mismatches.size(); ++i) {
    const RevisionMismatch& mismatch = mismatches[i];
    const StreamWrite& write = request.writes[mismatch.write];
    const std::string suffix = i == 0 ? "" : "_" + std::to_string(i);
    const std::string expected = Describe(write.expected);
    const std::string actual =
        mismatch.event_count == 0 ? "no_stream" : std::to_string(mismatch.event_count - 1);
    detail.metadata.emplace("stream" + suffix, write.stream);
    detail.metadata.emplace("expected" + suffix, expected);
    detail.metadata.emplace("actual" + suffix, actual);
    detail.fields.push_back({absl::StrCat("writes[", mismatch.write, "].expected"),
                             absl::StrCat("expected ", expected, ", the stream is at ", actual)});
  }
  return MakeError(absl::StatusCode::kAborted,
                   "another writer was there first: " + std::to_string(mismatches.size()) +
                       (mismatches.size() == 1 ? " stream is" : " streams are") +
                       " not at the expected revision",
                   detail);
}

absl::Status QueueFull() {
  return MakeError(absl::StatusCode::kResourceExhausted,
                   "more requests are waiting than the store takes",
                   {.reason = std::string(reason::kQueueFull),
                    .remedy = "Wait a moment and send the request again with the same request id.",
                    .fields = {},
                    .metadata = {}});
}

absl::Status RequestIdReused() {
  return MakeError(
      absl::StatusCode::kAlreadyExists, "the request id was accepted before with other content",
      {.reason = std::string(reason::kRequestIdReused),
       .remedy = "Send new content under a new request id; repeat a request unchanged.",
       .fields = {{"request_id", "was used for other content"}},
       .metadata = {}});
}

absl::Status BeyondHead(std::uint64_t size, std::uint64_t head) {
  return MakeError(absl::StatusCode::kOutOfRange, "the log has fewer events than asked for",
                   {.reason = std::string(reason::kBeyondHead),
                    .remedy = "Ask for a size up to the head of the log.",
                    .fields = {},
                    .metadata = {{"size", std::to_string(size)}, {"head", std::to_string(head)}}});
}

absl::Status CheckKnown(const AppendRequest& request, Instant record_time) {
  const CivilDay today = LondonDay(record_time);
  std::vector<FieldViolation> fields;
  for (std::size_t w = 0; w < request.writes.size(); ++w) {
    for (std::size_t e = 0; e < request.writes[w].events.size(); ++e) {
      const Known& known = request.writes[w].events[e].known;
      if (HasDay(known) && FirstDay(known) > today) {
        fields.push_back(
            {"writes[" + std::to_string(w) + "].events[" + std::to_string(e) + "].known.day",
             "must not lie after the day of recording"});
      }
    }
  }
  if (fields.empty()) {
    return absl::OkStatus();
  }
  return MakeError(absl::StatusCode::kInvalidArgument,
                   "a fact cannot become known after it is recorded",
                   {.reason = std::string(reason::kInvalidArgument),
                    .remedy = "Correct the day, or leave it out: then the day of recording counts.",
                    .fields = std::move(fields),
                    .metadata = {}});
}

}  // namespace daybook::eventstore
