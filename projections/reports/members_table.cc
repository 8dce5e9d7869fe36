#include "projections/reports/members_table.h"

#include <algorithm>
#include <tuple>
#include <utility>
#include <vector>

#include "projections/reports/names.h"
#include "projections/views/register_view.h"
#include "projections/views/row_key.h"

namespace daybook::reports {
namespace {

struct Member {
  std::string role;
  std::string name;
  std::string organisation_id;
  std::string from;
  std::string until;
};

std::vector<Member> MembersOf(const ReportViews& views, const MembersRequest& request) {
  std::vector<Member> members;
  for (const auto& [key, row] : views.names->memberships().rows()) {
    if (row.partnership_id() != request.partnership_id) continue;
    for (const auto& spell : row.spells()) {
      // A day that nobody knows lies where it may; `until` is the first day without membership.
      const bool over = request.within && !spell.until_date().empty() &&
                        spell.until_date() <= request.within->start_date();
      const bool later = request.within && spell.from_date() > request.within->end_date();
      if (over || later) continue;
      members.push_back({spell.role(), OrganisationName(*views.names, row.organisation_id()),
                         row.organisation_id(), spell.from_date(), spell.until_date()});
    }
  }
  std::sort(members.begin(), members.end(), [](const Member& a, const Member& b) {
    return std::tie(a.role, a.name, a.from) < std::tie(b.role, b.name, b.from);
  });
  return members;
}

}  // namespace

absl::StatusOr<TablesAnswer> Members(const ReportViews& views, const MembersRequest& request,
                                     const AnswerContext& context) {
  if (absl::Status known = CheckPartnership(*views.names, request.partnership_id); !known.ok()) {
    return known;
  }
  TableBuilder table("members", "Members" + (request.within ? ", " + PeriodLabel(*request.within)
                                                            : std::string()));
  table.Key("organisation", "Organisation").Text("name", "Name").Text("role", "Role");
  table.Key("from", "From").Text("until", "No longer from").Text("went_into", "Went over into");
  for (const Member& member : MembersOf(views, request)) {
    const auto* organisation = FindOrganisation(*views.names, member.organisation_id);
    const std::string into = organisation == nullptr ? "" : organisation->succeeded_by();
    table.Row().Cell(member.organisation_id).Cell(member.name).Cell(member.role);
    table.CellOr(member.from, marker::kNotAvailable).Cell(member.until);
    table.Cell(into.empty() ? "" : OrganisationName(*views.names, into));
  }
  return FinishTable(std::move(table), context, 0, "No member is registered for that time.");
}

}  // namespace daybook::reports
