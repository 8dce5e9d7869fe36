#include "projections/reports/submission_tables.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "fmt/format.h"
#include "projections/reports/dates.h"
#include "projections/reports/table_builder.h"
#include "projections/views/row_key.h"
#include "projections/views/submissions_view.h"
#include "proto/values/civil.h"

namespace daybook::reports {
namespace {

using views::v1::RevisionRow;
using views::v1::SubmissionRow;

// The versions of one scope, in the order of their numbers.
class Scope {
 public:
  std::vector<const SubmissionRow*> versions;

  static bool Earlier(const SubmissionRow* a, const SubmissionRow* b) {
    return std::tuple(a->opened().order_day(), a->opened().version()) <
           std::tuple(b->opened().order_day(), b->opened().version());
  }
  bool HasAccepted() const {
    return std::ranges::any_of(versions, [](const auto* row) { return row->has_accepted(); });
  }
  // Where whole files of later extracts cover all its months, the latest of them; else nullptr: of
  // what `row` says something stands.
  const SubmissionRow* Superseding(const SubmissionRow* row) const {
    std::set<std::string> months = SaidMonths(*row);
    const SubmissionRow* latest = nullptr;
    for (const SubmissionRow* other : versions) {
      if (!other->has_accepted() || other->opened().kind() != "whole") continue;
      if (!Earlier(row, other)) continue;
      std::size_t covered = 0;
      for (const std::string& month : other->accepted().months()) covered += months.erase(month);
      if (covered > 0 && (latest == nullptr || Earlier(latest, other))) latest = other;
    }
    return months.empty() ? latest : nullptr;
  }

 private:
  // Of which it says something, or would, were it not held.
  static std::set<std::string> SaidMonths(const SubmissionRow& row) {
    std::set<std::string> months(row.accepted().months().begin(), row.accepted().months().end());
    if (row.has_accepted()) return months;
    for (const auto& month : row.held().months()) {
      if (month.rows_voided() > 0) months.insert(month.month());
    }
    return months;
  }
};

// By sender, dataset and scope.
using Scopes = std::map<std::tuple<std::string, std::string, std::string>, Scope>;

Scopes ScopesOf(const ReportViews& views) {
  Scopes scopes;
  for (const auto& [id, row] : views.submissions->submissions().rows()) {
    if (!row.has_opened()) continue;
    scopes[{row.agency(), row.opened().dataset(), row.opened().scope()}].versions.push_back(&row);
  }
  for (auto& [name, scope] : scopes) {
    std::sort(scope.versions.begin(), scope.versions.end(), [](const auto* a, const auto* b) {
      return a->opened().version() < b->opened().version();
    });
  }
  return scopes;
}

std::string StateOf(const SubmissionRow& row, const Scope& scope) {
  const SubmissionRow* over = scope.Superseding(&row);
  // What was held and is overtaken by a file that came later waits for nobody.
  if (row.has_held() && over != nullptr) {
    return fmt::format("not taken: version {} stands", over->opened().version());
  }
  if (row.has_held()) return fmt::format("held: would void {}", row.held().rows_to_void());
  if (!row.has_completed()) return row.has_accepted() ? "being recorded" : "open";
  const auto& completed = row.completed();
  if (!row.has_accepted() && completed.rows_read() > 0 &&
      completed.rows_refused() == completed.rows_read()) {
    return "refused";
  }
  if (!scope.HasAccepted()) return "taken";
  if (row.accepted().history_only()) return "history only";
  return over == nullptr ? "stands" : fmt::format("superseded by {}", over->opened().version());
}

void WriteSubmission(const SubmissionRow& row, const Scope& scope, TableBuilder& table) {
  const auto& opened = row.opened();
  table.Row().Cell(opened.submission_id()).Cell(row.agency()).Cell(opened.dataset());
  table.Cell(opened.scope()).Cell(opened.version()).Cell(opened.kind());
  table.CellOr(opened.extract_date(), marker::kNotApplicable);
  table.Cell(values::FormatDay(eventstore::CivilDay{row.opened_day()}));
  table.Cell(StateOf(row, scope));
  if (row.has_accepted()) {
    const auto& c = row.accepted().counts();
    for (const std::uint32_t count : {c.rows_read(), c.rows_new(), c.rows_changed(),
                                      c.rows_voided(), c.rows_unchanged(), c.rows_refused()}) {
      table.Cell(count);
    }
  } else if (row.has_completed()) {
    const auto& c = row.completed();
    table.Cell(c.rows_read()).Cell(c.rows_recorded()).CellOr("", marker::kNotApplicable);
    table.CellOr("", marker::kNotApplicable).Cell(c.rows_unchanged()).Cell(c.rows_refused());
  } else {
    for (int i = 0; i < 6; ++i) table.CellOr("", marker::kNotAvailable);
  }
  table.Cell(opened.reason());
}

bool Matches(const std::string& wanted, const std::string& value) {
  return wanted.empty() || wanted == value;
}

v1::Truth TruthHere(const AnswerContext& context) { return TruthOf(context, 0); }

TablesAnswer OneTable(TableBuilder table, const AnswerContext& context) {
  TablesAnswer answer;
  answer.tables.push_back(table.Take());
  answer.truth = TruthHere(context);
  return answer;
}

// Months from the end of `month` to a day: 2 for 2024-04 in June 2024.
std::string MonthsSince(const std::string& month, const std::string& day) {
  const auto first = values::ParseMonth(month);
  const auto last = values::ParseDay(day);
  if (!first || !last) return "";
  const auto a = values::DateOf(*first);
  const auto b = values::DateOf(*last);
  return std::to_string((b.year - a.year) * 12 + b.month - a.month);
}

// The accepted versions of a scope in the order of their extracts.
std::vector<const SubmissionRow*> ByExtract(const Scope& scope) {
  std::vector<const SubmissionRow*> ordered;
  for (const SubmissionRow* row : scope.versions) {
    if (row->has_accepted()) ordered.push_back(row);
  }
  std::sort(ordered.begin(), ordered.end(), &Scope::Earlier);
  return ordered;
}

class RevisionsWriter {
 public:
  RevisionsWriter(const ReportViews& views, const RevisionsRequest& request)
      : views_(views),
        request_(request),
        table_("revisions", "How months moved from file to file") {
    table_.Key("dataset", "Dataset").Key("sender", "Sender").Key("scope", "Scope");
    table_.Key("month", "Month").KeyNumber("version", "Version").Text("extract", "Extract of");
    table_.Number("months_since", "Months since").Number("rows", "Rows");
    table_.Number("added", "Added").Number("removed", "Removed");
    table_.Number("moved_in", "Moved in").Number("moved_out", "Moved out");
    table_.Number("changed", "Changed").Number("outcome", "Outcome").Number("type", "Type");
    table_.Number("district", "District").Number("place", "Place");
  }

  TableBuilder Write() {
    for (const auto& [name, scope] : ScopesOf(views_)) {
      const auto& [sender, dataset, scope_name] = name;
      if (Matches(request_.dataset, dataset) && Matches(request_.scope, scope_name)) {
        WriteScope(scope);
      }
    }
    table_.Note(
        "Each line compares a file with the one before it by day of extract, whichever was loaded "
        "first. The first file of a month has nothing to be compared with: [z].");
    table_.Note(
        "Places are compared where they are published. Of referrals, type is the service and "
        "outcome "
        "the status.");
    return std::move(table_);
  }

 private:
  void WriteScope(const Scope& scope) {
    std::map<std::string, std::uint64_t> standing;  // by month
    for (const SubmissionRow* version : ByExtract(scope)) {
      std::map<std::string, RevisionRow> rows = RowsOf(version->opened().submission_id());
      for (const std::string& month : version->accepted().months()) rows[month];
      for (const auto& [month, row] : rows) {
        const auto [it, is_first] = standing.try_emplace(month, 0);
        it->second += row.added() + row.moved_in() - row.removed() - row.moved_out();
        if (!request_.from.empty() && month < request_.from) continue;
        if (!request_.to.empty() && month > request_.to) continue;
        WriteLine(*version, month, it->second, row, is_first);
      }
    }
  }

  std::map<std::string, RevisionRow> RowsOf(const std::string& submission_id) const {
    const auto& all = views_.submissions->revisions().rows();
    const std::string prefix = views::RowKey({submission_id});
    std::map<std::string, RevisionRow> rows;
    for (auto it = all.lower_bound(prefix); it != all.end() && it->first.starts_with(prefix);
         ++it) {
      rows.emplace(it->second.month(), it->second);
    }
    return rows;
  }

  void WriteLine(const SubmissionRow& version, const std::string& month, std::uint64_t count,
                 const RevisionRow& row, bool first) {
    const auto& opened = version.opened();
    table_.Row().Cell(opened.dataset()).Cell(version.agency()).Cell(opened.scope()).Cell(month);
    table_.Cell(opened.version()).Cell(opened.order_day());
    table_.CellOr(MonthsSince(month, opened.order_day()), marker::kNotAvailable).Cell(count);
    for (const std::uint64_t number :
         {row.added(), row.removed(), row.moved_in(), row.moved_out(), row.changed(),
          row.changed_outcome(), row.changed_type(), row.changed_district(), row.changed_place()}) {
      if (first) {
        table_.CellOr("", marker::kNotApplicable);
      } else {
        // A row that came from another scope counts as moved, and as added once an older extract
        // shows that it was here: less than nothing is nothing.
        table_.Cell(static_cast<std::int64_t>(number) < 0 ? 0 : number);
      }
    }
  }

  const ReportViews& views_;
  const RevisionsRequest& request_;
  TableBuilder table_;
};

}  // namespace

TablesAnswer Submissions(const ReportViews& views, const SubmissionsRequest& request,
                         const AnswerContext& context) {
  TableBuilder table("submissions", "Files that were sent");
  table.Key("submission", "Submission").Text("sender", "Sender").Text("dataset", "Dataset");
  table.Text("scope", "Scope").Number("version", "Version").Text("kind", "Kind");
  table.Text("extract", "Extract of").Text("received", "Received").Text("state", "State");
  table.Number("read", "Read").Number("new", "New").Number("changed", "Changed");
  table.Number("voided", "Voided").Number("unchanged", "Unchanged").Number("refused", "Refused");
  table.Text("reason", "Reason");
  for (const auto& [name, scope] : ScopesOf(views)) {
    const auto& [sender, dataset, scope_name] = name;
    if (!Matches(request.sender, sender) || !Matches(request.dataset, dataset) ||
        !Matches(request.scope, scope_name)) {
      continue;
    }
    for (const SubmissionRow* row : scope.versions) WriteSubmission(*row, scope, table);
  }
  if (table.rows() == 0) table.Note("No file of these was sent.");
  return OneTable(std::move(table), context);
}

TablesAnswer Revisions(const ReportViews& views, const RevisionsRequest& request,
                       const AnswerContext& context) {
  return OneTable(RevisionsWriter(views, request).Write(), context);
}

}  // namespace daybook::reports
