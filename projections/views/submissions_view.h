// submissions: what was sent by whom, and how a month moved from one version of a file to the next.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "daybook/incidents/events/v1/events.pb.h"
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
  std::uint32_t version() const override { return 1; }
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
  using Incident = incidents::events::v1::IncidentRecorded;

  bool ApplySubmission(const projections::ViewEvent& event);
  void ApplyAccepted(const submissions::events::v1::VersionAccepted& accepted);
  void ApplyEarlier(const incidents::events::v1::IncidentStatedEarlier& earlier);
  // One difference of a version from the one before it, or (`sign` -1) one that is none any more.
  // nullptr: not there.
  void Count(const std::string& submission_id, const Incident* before, const Incident* after,
             std::int64_t sign = 1);
  v1::RevisionRow& RowOf(const std::string& submission_id, const std::string& month);

  Submissions submissions_{"submissions"};
  Revisions revisions_{"revisions"};
  std::string key_;  // scratch
};

}  // namespace daybook::views
