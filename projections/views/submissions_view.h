// submissions: what was sent by whom, and how a month moved from one version of a file to the next.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "daybook/incidents/events/v1/events.pb.h"
#include "daybook/referrals/events/v1/events.pb.h"
#include "daybook/views/v1/rows.pb.h"
#include "projections/core/view.h"

namespace daybook::views {

// A version is compared with the one before it by the day of its extract, whichever came first: an
// older extract that is loaded later takes its place between the two. Not thread-safe (see
// projections::View).
class SubmissionsView final : public projections::View {
 public:
  static constexpr std::string_view kName = "submissions";

  std::string_view name() const override { return kName; }
  std::uint32_t version() const override { return 2; }
  const std::vector<projections::TypeHandling>& types() const override;
  void Apply(const projections::ViewEvent& event) override;
  std::vector<projections::TableBase*> tables() override { return {&submissions_, &revisions_}; }

  // Keyed by submission id.
  using Submissions = projections::Table<v1::SubmissionRow>;
  const Submissions& submissions() const { return submissions_; }
  // Keyed by RowKey(submission id, month). Of the first version of a scope everything is added.
  using Revisions = projections::Table<v1::RevisionRow>;
  const Revisions& revisions() const { return revisions_; }

 private:
  // What a revision table compares: of a referral `type` is its service, `outcome` its status.
  // Refers to the event.
  struct Looks {
    std::string_view month, type, outcome, district;
    std::array<std::string_view, 4> place;
  };
  static Looks LooksOf(const incidents::events::v1::IncidentRecorded& incident);
  static Looks LooksOf(const referrals::events::v1::ReferralReceived& referral);

  bool ApplySubmission(const projections::ViewEvent& event);
  void ApplyAccepted(const submissions::events::v1::VersionAccepted& accepted);
  // The four events of a versioned fact; false when the event is none of them.
  template <class Fact, class Revised, class Voided, class Earlier>
  bool ApplyFact(const projections::ViewEvent& event, const Fact& (Revised::*now)() const);
  template <class Earlier>
  void ApplyEarlier(const Earlier& earlier);
  // One difference of a version from the one before it, or (`sign` -1) one that is none any more.
  // nullopt: not there.
  void Count(const std::string& submission_id, const std::optional<Looks>& before,
             const std::optional<Looks>& after, std::int64_t sign = 1);
  v1::RevisionRow& RowOf(std::string_view submission_id, std::string_view month);

  Submissions submissions_{"submissions"};
  Revisions revisions_{"revisions"};
  std::string key_;  // scratch
};

}  // namespace daybook::views
