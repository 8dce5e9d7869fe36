// Where money came from and what became of it.
#include <algorithm>
#include <map>
#include <tuple>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "projections/reports/plan_links.h"
#include "projections/reports/report_error.h"
#include "projections/views/plan_performance_view.h"
#include "proto/values/decimal.h"
#include "proto/values/money.h"

namespace daybook::reports {
namespace {

using actions::events::v1::FundsMoved;
using values::Decimal;
using values::PoundsOf;
using views::v1::FundEntryRow;
using views::v1::FundRow;

// Sums of one pot, in pence.
struct Pot {
  const FundRow* row = nullptr;
  std::int64_t before = 0;
  std::int64_t slice = 0;
  std::int64_t after = 0;
  bool worked_out = false;  // two of the three from a percentage
  std::int64_t carried_in = 0;
  std::int64_t committed = 0;
  std::int64_t spent = 0;
  std::int64_t carried_forward = 0;

  std::int64_t available() const { return after + carried_in - carried_forward; }
};

// numerator * a / b, half up to a whole penny.
std::int64_t PartOfPot(std::int64_t pence, const Decimal& a, const Decimal& b) {
  const auto ratio = values::Ratio::Of(Decimal(pence) * a, b);
  return std::stoll(ratio->RoundHalfUp(0).ToString());
}

void ReadGrant(const FundRow& row, Pot& pot) {
  const auto stated = static_cast<std::int64_t>(row.fact().pence());
  pot.before = pot.after = stated;
  if (!row.has_top_slice()) return;
  const auto percent = Decimal::Parse(row.top_slice().percent());
  const bool after = row.fact().after_top_slice();
  if (!percent) {
    pot.slice = static_cast<std::int64_t>(row.top_slice().pence());
    (after ? pot.before : pot.after) = after ? stated + pot.slice : stated - pot.slice;
    return;
  }
  pot.worked_out = true;
  const Decimal all(100);
  if (after) {
    pot.before = PartOfPot(stated, all, all - *percent);
    pot.slice = pot.before - stated;
  } else {
    pot.slice = PartOfPot(stated, *percent, all);
    pot.after = stated - pot.slice;
  }
}

bool Wanted(const LedgerRequest& request, const FundRow& row) {
  return row.has_fact() && row.fact().partnership_id() == request.partnership_id &&
         (!request.year || SamePeriod(*request.year, row.fact().year()));
}

std::map<std::string, Pot> ReadPots(const ReportViews& views, const LedgerRequest& request) {
  std::map<std::string, Pot> pots;
  for (const auto& [key, row] : views.plans->funds().rows()) {
    if (!Wanted(request, row)) continue;
    Pot& pot = pots[row.fact().fund_id()];
    pot.row = &row;
    ReadGrant(row, pot);
  }
  for (const auto& [key, row] : views.plans->fund_entries().rows()) {
    const FundsMoved& fact = row.fact();
    const auto pence = static_cast<std::int64_t>(fact.pence());
    if (const auto into = pots.find(fact.to_fund_id()); into != pots.end()) {
      into->second.carried_in += pence;
    }
    const auto pot = pots.find(fact.fund_id());
    if (pot == pots.end()) continue;
    if (fact.kind() == FundsMoved::KIND_COMMITTED) pot->second.committed += pence;
    if (fact.kind() == FundsMoved::KIND_SPENT) pot->second.spent += pence;
    if (fact.kind() == FundsMoved::KIND_CARRIED_FORWARD) pot->second.carried_forward += pence;
  }
  return pots;
}

std::string_view KindWords(FundsMoved::Kind kind) {
  switch (kind) {
    case FundsMoved::KIND_COMMITTED:
      return "committed";
    case FundsMoved::KIND_SPENT:
      return "spent";
    case FundsMoved::KIND_REALLOCATED:
      return "moved to another action";
    case FundsMoved::KIND_CARRIED_FORWARD:
      return "carried forward";
    default:
      return "";
  }
}

void WritePot(const Pot& pot, TableBuilder& table) {
  const auto& fact = pot.row->fact();
  const bool after = fact.after_top_slice();
  const auto sum = [&](std::int64_t pence, bool stated) {
    if (pot.worked_out && !stated) {
      table.MarkedCell(PoundsOf(pence), marker::kEstimated);
    } else {
      table.Cell(PoundsOf(pence));
    }
  };
  table.Row().Cell(fact.fund_id()).Cell(PeriodLabel(fact.year())).Cell(fact.source());
  sum(pot.before, !after);
  if (pot.row->has_top_slice()) {
    sum(pot.slice, false);
  } else {
    table.Cell(PoundsOf(0));
  }
  sum(pot.after, after);
  table.Cell(PoundsOf(pot.carried_in)).Cell(PoundsOf(pot.committed)).Cell(PoundsOf(pot.spent));
  table.Cell(PoundsOf(pot.carried_forward)).Cell(PoundsOf(pot.available() - pot.committed));
  table.Cell(PoundsOf(pot.available() - pot.spent));
  table.RestsOn({pot.row->origin().position()});
}

void NotePot(const std::string& id, const Pot& pot, TableBuilder& table) {
  if (pot.worked_out) {
    table.Note(
        fmt::format("{}: {} per cent was taken for {}; what is marked [e] is worked out from that.",
                    id, pot.row->top_slice().percent(), pot.row->top_slice().purpose()));
  } else if (pot.row->fact().after_top_slice() && !pot.row->has_top_slice()) {
    table.Note(fmt::format("{}: a top slice was taken before; how much is not held.", id));
  }
  const auto exceeds = [&](std::string_view what, std::int64_t pence) {
    if (pence <= pot.available()) return;
    table.Note(fmt::format("{}: {} exceeds what there is by {} pounds.", id, what,
                           PoundsOf(pence - pot.available())));
  };
  exceeds("what is committed", pot.committed);
  exceeds("what is spent", pot.spent);
}

TableBuilder EntriesTable(const ReportViews& views, const std::map<std::string, Pot>& pots,
                          std::uint64_t& back_loaded) {
  TableBuilder table("entries", "What became of the money");
  table.Text("date", "Day").Key("fund", "Pot").Key("entry", "Entry").Text("kind", "What");
  table.Number("amount", "Pounds").Text("purpose", "Action").Text("to", "To").Text("reason", "Why");
  std::vector<const FundEntryRow*> entries;
  for (const auto& [key, row] : views.plans->fund_entries().rows()) {
    if (pots.contains(row.fact().fund_id())) entries.push_back(&row);
  }
  std::stable_sort(entries.begin(), entries.end(), [](const auto* a, const auto* b) {
    return std::tuple(a->fact().date(), a->origin().position()) <
           std::tuple(b->fact().date(), b->origin().position());
  });
  for (const FundEntryRow* row : entries) {
    const FundsMoved& fact = row->fact();
    table.Row().Cell(fact.date()).Cell(fact.fund_id()).Cell(fact.entry_id());
    table.Cell(KindWords(fact.kind())).Cell(PoundsOf(static_cast<std::int64_t>(fact.pence())));
    table.RestsOn({row->origin().position()});
    table.Cell(fact.purpose());
    table.Cell(fact.to_fund_id().empty() ? fact.to_purpose() : fact.to_fund_id());
    table.Cell(fact.reason());
    if (row->origin().back_loaded()) ++back_loaded;
  }
  return table;
}

}  // namespace

absl::StatusOr<TablesAnswer> FundingLedger(const ReportViews& views, const LedgerRequest& request,
                                           const AnswerContext& context) {
  if (request.partnership_id.empty()) return MissingParameter("csp");
  if (auto known = CheckPartnership(*views.names, request.partnership_id); !known.ok())
    return known;
  const std::map<std::string, Pot> pots = ReadPots(views, request);
  TableBuilder table("pots", "Pots of money, in pounds");
  table.Key("fund", "Pot").Text("year", "Plan year").Text("source", "From");
  table.Number("before", "Before top slice").Number("slice", "Top slice").Number("grant", "Grant");
  table.Number("carried_in", "Carried in").Number("committed", "Committed");
  table.Number("spent", "Spent").Number("carried_forward", "Carried forward");
  table.Number("uncommitted", "Not committed").Number("unspent", "Not spent");
  std::uint64_t back_loaded = 0;
  for (const auto& [id, pot] : pots) {
    WritePot(pot, table);
    if (pot.row->origin().back_loaded()) ++back_loaded;
  }
  for (const auto& [id, pot] : pots) NotePot(id, pot, table);
  std::vector<TableBuilder> tables;
  tables.push_back(std::move(table));
  if (!pots.empty()) tables.push_back(EntriesTable(views, pots, back_loaded));
  return FinishTables(std::move(tables), context, back_loaded,
                      "No money of this partnership is held for it. Send it with the datasets "
                      "grants, top-slices and fund-entries.");
}

}  // namespace daybook::reports
