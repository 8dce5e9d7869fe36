// ValidateAppendRequest: the shape of a request, before anything is looked up.
#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "eventstore/core/error.h"
#include "eventstore/core/event_store.h"
#include "eventstore/core/limits.h"
#include "eventstore/core/utf8.h"

namespace daybook::eventstore {
namespace {

constexpr std::size_t kNonceBytes = 24;

// Where in the request we are. Turned into text only for a violation: most requests have none.
struct Place {
  std::size_t write = SIZE_MAX;
  std::size_t event = SIZE_MAX;
  std::size_t part = SIZE_MAX;

  std::string Path(std::string_view field) const {
    std::string path;
    const auto step = [&path](std::string_view list, std::size_t index) {
      if (index != SIZE_MAX) {
        path += std::string(list) + "[" + std::to_string(index) + "].";
      }
    };
    step("writes", write);
    step("events", event);
    step("parts", part);
    if (field.empty() && !path.empty()) {
      path.pop_back();
    }
    return path + std::string(field);
  }
};

// Collects what is wrong, so that one round trip shows everything.
class Findings {
 public:
  void Invalid(const Place& place, std::string_view field, std::string description) {
    fields_.push_back({place.Path(field), std::move(description)});
    only_sizes_ = false;
  }

  void AtMost(const Place& place, std::string_view field, std::size_t size, std::size_t limit,
              std::string_view unit) {
    if (size > limit) {
      fields_.push_back({place.Path(field), "has " + std::to_string(size) + " " +
                                                std::string(unit) + ", at most " +
                                                std::to_string(limit) + " are taken"});
    }
  }

  // A name: printable, short, and there when `required`.
  void Name(const Place& place, std::string_view field, std::string_view value, std::size_t limit,
            bool required) {
    if (required && value.empty()) {
      Invalid(place, field, "must be given");
      return;
    }
    AtMost(place, field, value.size(), limit, "bytes");
    if (!IsPrintableUtf8(value)) {
      Invalid(place, field, "must be UTF-8 without control characters");
    }
  }

  absl::Status ToStatus() && {
    if (fields_.empty()) {
      return absl::OkStatus();
    }
    const std::string first = fields_.front().field + " " + fields_.front().description;
    if (only_sizes_) {
      return MakeError(absl::StatusCode::kInvalidArgument, "the request is too large: " + first,
                       {.reason = std::string(reason::kTooLarge),
                        .remedy = "Split the request into smaller ones, each with a request id of "
                                  "its own.",
                        .fields = std::move(fields_),
                        .metadata = {}});
    }
    return MakeError(absl::StatusCode::kInvalidArgument, "the request is malformed: " + first,
                     {.reason = std::string(reason::kInvalidArgument),
                      .remedy = "Correct the named fields and send the request again.",
                      .fields = std::move(fields_),
                      .metadata = {}});
  }

 private:
  std::vector<FieldViolation> fields_;
  bool only_sizes_ = true;
};

// "context.Fact": one dot with something on both sides.
bool IsEventType(std::string_view type) {
  const std::size_t dot = type.find('.');
  return dot != std::string_view::npos && dot > 0 && dot + 1 < type.size() &&
         type.find('.', dot + 1) == std::string_view::npos;
}

std::size_t CheckPart(const SealedPart& part, const Place& place, Findings& findings) {
  findings.Name(place, "name", part.name, limits::kMetadataFieldBytesMax, true);
  findings.Name(place, "key_id", part.key_id, limits::kMetadataFieldBytesMax, true);
  if (part.nonce.size() != kNonceBytes) {
    findings.Invalid(place, "nonce", "must have 24 bytes");
  }
  if (part.erased || part.ciphertext.empty()) {
    findings.Invalid(place, "ciphertext", "must be given: an erased part cannot be appended");
  }
  return part.ciphertext.size();
}

void CheckTimes(const NewEvent& event, const Place& place, Findings& findings) {
  if (event.effective.end < event.effective.start) {
    findings.Invalid(place, "effective.end", "must not lie before effective.start");
  }
  switch (event.known.precision) {
    case KnownPrecision::kRecorded:
    case KnownPrecision::kDay:
    case KnownPrecision::kMonth:
    case KnownPrecision::kUnknown:
      return;
  }
  findings.Invalid(place, "known.precision", "must be recorded, day, month or unknown");
}

// Returns the bytes of payload and parts.
std::size_t CheckEvent(const NewEvent& event, Place place, Findings& findings) {
  findings.Name(place, "id", event.id, limits::kMetadataFieldBytesMax, true);
  findings.Name(place, "type", event.type, limits::kEventTypeBytesMax, true);
  if (!event.type.empty() && !IsEventType(event.type)) {
    findings.Invalid(place, "type", "must be a context, a dot and the name of the fact");
  }
  if (event.schema_version == 0) {
    findings.Invalid(place, "schema_version", "must be 1 or more");
  }
  CheckTimes(event, place, findings);
  const std::size_t limit = limits::kMetadataFieldBytesMax;
  findings.Name(place, "marking", event.marking, limit, false);
  findings.Name(place, "basis", event.basis, limit, false);
  findings.Name(place, "agreement", event.agreement, limit, false);
  findings.Name(place, "retention_rule", event.retention_rule, limit, false);
  findings.AtMost(place, "parts", event.parts.size(), limits::kPartsPerEventMax, "parts");

  std::size_t bytes = event.payload.size();
  for (place.part = 0; place.part < event.parts.size(); ++place.part) {
    bytes += CheckPart(event.parts[place.part], place, findings);
  }
  place.part = SIZE_MAX;
  findings.AtMost(place, "", bytes, limits::kEventBytesMax, "bytes of payload and parts");
  return bytes;
}

void CheckStreamsDiffer(const std::vector<StreamWrite>& writes, Findings& findings) {
  if (writes.size() < 2) {
    return;
  }
  std::vector<std::pair<std::string_view, std::size_t>> names;
  names.reserve(writes.size());
  for (std::size_t i = 0; i < writes.size(); ++i) {
    names.emplace_back(writes[i].stream, i);
  }
  std::sort(names.begin(), names.end());
  for (std::size_t i = 1; i < names.size(); ++i) {
    if (names[i].first == names[i - 1].first) {
      findings.Invalid({.write = names[i].second}, "stream",
                       "must not be named twice in one request");
    }
  }
}

void CheckWrites(const AppendRequest& request, Findings& findings) {
  std::size_t events = 0;
  std::size_t bytes = 0;
  Place place;
  for (place.write = 0; place.write < request.writes.size(); ++place.write) {
    const StreamWrite& write = request.writes[place.write];
    findings.Name(place, "stream", write.stream, limits::kStreamNameBytesMax, true);
    events += write.events.size();
    for (place.event = 0; place.event < write.events.size(); ++place.event) {
      bytes += CheckEvent(write.events[place.event], place, findings);
    }
    place.event = SIZE_MAX;
  }
  if (events == 0) {
    findings.Invalid({}, "writes", "must hold at least one event");
  }
  findings.AtMost({}, "writes", events, limits::kEventsPerRequestMax, "events");
  findings.AtMost({}, "writes", bytes, limits::kRequestBytesMax, "bytes of payload and parts");
  CheckStreamsDiffer(request.writes, findings);
}

}  // namespace

absl::Status ValidateAppendRequest(const AppendRequest& request) {
  Findings findings;
  findings.Name({}, "agency", request.agency, limits::kAgencyBytesMax, true);
  findings.Name({}, "actor", request.actor, limits::kActorBytesMax, false);
  findings.Name({}, "request_id", request.request_id, limits::kRequestIdBytesMax, true);
  findings.Name({}, "correlation_id", request.correlation_id, limits::kMetadataFieldBytesMax,
                false);
  findings.Name({}, "causation_id", request.causation_id, limits::kMetadataFieldBytesMax, false);
  findings.AtMost({}, "answer", request.answer.size(), limits::kAnswerBytesMax, "bytes");
  if (!request.sealed_digest.empty() && request.sealed_digest.size() != sizeof(Hash)) {
    findings.Invalid({}, "sealed_digest", "must have 32 bytes, or none");
  }
  findings.AtMost({}, "writes", request.writes.size(), limits::kStreamsPerRequestMax, "streams");
  CheckWrites(request, findings);
  return std::move(findings).ToStatus();
}

}  // namespace daybook::eventstore
