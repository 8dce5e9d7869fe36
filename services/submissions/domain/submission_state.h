// What the rules of submissions look at: one file, and the versions of one scope.
//
// Two streams. "submission-<id>" holds everything about one file.
// "scope-<agency>/<dataset>/<scope>" holds the opening and the acceptance of every file of that
// scope, and what of it moved to other scopes, so that two different files cannot both become
// version 1 and no two are compared with the same state. What concerns both is written to both, in
// one request; whoever counts files counts ids. Plain values; not thread-safe.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "daybook/submissions/events/v1/events.pb.h"
#include "daybook/submissions/v1/submissions_service.pb.h"
#include "eventstore/core/event.h"
#include "google/protobuf/message.h"

namespace daybook::submissions {

inline constexpr std::string_view kWholeFile = "whole";

struct SubmissionState {
  std::string agency;  // who opened it
  std::optional<events::v1::SubmissionOpened> opened;
  eventstore::Position opened_at;
  std::optional<events::v1::SubmissionHeld> held;            // and not accepted since
  std::optional<events::v1::VersionAccepted> accepted;       // the last time
  eventstore::Position accepted_at;                          // the first time
  std::optional<events::v1::SubmissionCompleted> completed;  // the last time
  eventstore::Position last_at;                              // of its latest event
  std::uint32_t attempts = 0;                                // how many times it was completed
  // Every row was refused, so that it takes nothing's place.
  bool IsRefused() const {
    return completed && !accepted && completed->rows_read() > 0 &&
           completed->rows_refused() == completed->rows_read();
  }
};

// Where a version stands among those of its scope: by the day of its extract, then by arrival.
struct VersionOrder {
  std::string day;  // ISO 8601
  std::uint32_t version = 0;
  friend auto operator<=>(const VersionOrder&, const VersionOrder&) = default;
};

// YYYY-MM, in order.
using Months = std::set<std::string, std::less<>>;

struct ScopeState {
  struct Version {
    events::v1::SubmissionOpened opened;
    eventstore::Position opened_at;
    std::optional<events::v1::VersionAccepted> accepted;  // the last time
    eventstore::Position accepted_at;                     // likewise
    VersionOrder order() const { return {opened.order_day(), opened.version()}; }
    // Accepted, with rows of the month, or as a whole file of it.
    bool Covers(std::string_view month) const;
    // Accepted, and it changed something in one of the months, or could have.
    bool Touches(const Months& months) const;
    // Accepted as a whole file of which every row was taken: rows that it lacks of the months that
    // it covers were not there.
    bool IsComplete() const {
      return accepted && opened.kind() == kWholeFile && accepted->counts().rows_refused() == 0;
    }
  };
  std::vector<Version> versions;  // in the order of their numbers
  // Submissions of other scopes that took rows of this one.
  std::vector<std::string> took_rows;

  const Version* Find(std::string_view submission_id) const;
  // The accepted version of the latest extract; nullptr when none was accepted.
  const Version* Latest() const;
  // Where accepted whole files after `order` cover all of the months, the latest of them; else
  // nullptr: of what a version of that order says of them something stands. Files of additions or
  // corrections supersede none.
  const Version* Superseding(const VersionOrder& order, Months months) const;
  // Of the accepted versions that touch the months, the ones next to `order`, before and after it.
  const Version* Before(const VersionOrder& order, const Months& months) const;
  const Version* After(const VersionOrder& order, const Months& months) const;
  // Every month that a version which touches one of the months touches, and these.
  Months TouchedWith(const Months& months) const;
};

// Folds one event; others change nothing.
void Evolve(SubmissionState& state, const google::protobuf::Message& event,
            const eventstore::RecordedEvent& recorded);
void Evolve(ScopeState& state, const google::protobuf::Message& event,
            const eventstore::RecordedEvent& recorded);

std::string SubmissionStream(std::string_view submission_id);
std::string ScopeStream(std::string_view agency, std::string_view dataset, std::string_view scope);
// The acceptances of published records of a scope, whichever agency sent them.
std::string PublishedStream(std::string_view dataset, std::string_view scope);

// First 32 hexadecimal digits of the SHA-256 over the parts, each with its length before it.
// The same bytes sent as another kind are another submission. `again` is the version as which an
// earlier file stands again, 0 for a file that comes first.
std::string SubmissionId(std::string_view agency, std::string_view dataset, std::string_view scope,
                         std::string_view sha256, std::string_view kind = kWholeFile,
                         std::uint32_t again = 0);

// When the partnership came to know what a version says: on the day of its extract, where it has
// one and is not an earlier file that stands again; else when it is recorded.
eventstore::Known KnownOfVersion(const events::v1::SubmissionOpened& opened);

// As it stands, for an answer; empty for a submission that was never opened.
v1::Submission ToSubmission(const SubmissionState& state, const ScopeState& scope);

}  // namespace daybook::submissions
