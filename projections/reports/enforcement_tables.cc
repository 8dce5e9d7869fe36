#include "projections/reports/enforcement_tables.h"

#include <array>
#include <map>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "projections/reports/dates.h"
#include "projections/reports/names.h"
#include "projections/reports/order_standing.h"
#include "projections/reports/plan_reading.h"
#include "projections/views/enforcement_view.h"
#include "projections/views/row_key.h"
#include "proto/values/money.h"

namespace daybook::reports {
namespace {

using enforcement::events::v1::OrderMade;
using enforcement::events::v1::PenaltySettled;
using views::v1::OrderRow;

std::string_view KindWords(OrderMade::Kind kind) {
  switch (kind) {
    case OrderMade::KIND_INJUNCTION:
      return "injunction";
    case OrderMade::KIND_PUBLIC_SPACES:
      return "public spaces protection order";
    default:
      return "other";
  }
}

// "a-frame" -> "a frame": codes as words.
std::string Words(std::string_view code) {
  std::string words(code);
  for (char& c : words) c = c == '-' ? ' ' : c;
  return words;
}

std::vector<const OrderRow*> OrdersOf(const ReportViews& views, const std::string& partnership_id) {
  std::vector<const OrderRow*> orders;
  for (const auto& [key, row] : views.enforcement->orders().rows()) {
    const bool wanted =
        row.has_fact() && (partnership_id.empty() || row.fact().partnership_id() == partnership_id);
    if (wanted) orders.push_back(&row);
  }
  return orders;
}

std::size_t CountBreaches(const ReportViews& views, const std::string& order_id) {
  return RowsUnder(views.enforcement->breaches(), views::RowKey({order_id})).size();
}

void WriteOrder(const ReportViews& views, const OrderRow& row, const std::string& today,
                TableBuilder& table) {
  const OrderMade& made = row.fact();
  const OrderStanding standing = StandingOn(row, today);
  table.Row().Cell(made.order_id()).Cell(made.label()).Cell(KindWords(made.kind()));
  table.Cell(made.power());
  table.Cell(made.area_id().empty() ? "" : AreaName(*views.names, made.area_id()));
  std::vector<std::string> prohibitions;
  for (const std::string& code : standing.prohibitions) prohibitions.push_back(Words(code));
  table.Cell(fmt::format("{}", fmt::join(prohibitions, ", ")));
  table.Cell(made.made_date()).Cell(standing.expires_date).Cell(standing.last_reviewed_date);
  table.Cell(CountBreaches(views, made.order_id())).Cell(StateOn(row, today));
}

struct TaskCounts {
  std::uint64_t raised = 0;
  std::uint64_t actioned = 0;
};

struct PenaltyCounts {
  std::uint64_t issued = 0;
  std::uint64_t paid = 0;
  std::uint64_t cancelled = 0;
  std::uint64_t prosecuted = 0;
  std::uint64_t pence = 0;
  std::uint64_t without_amount = 0;
};

void Count(const views::v1::PenaltyRow& row, PenaltyCounts& counts) {
  ++counts.issued;
  counts.pence += row.fact().pence();
  if (row.fact().pence() == 0) ++counts.without_amount;
  if (!row.has_settled()) return;
  counts.paid += row.settled().how() == PenaltySettled::HOW_PAID ? 1 : 0;
  counts.cancelled += row.settled().how() == PenaltySettled::HOW_CANCELLED ? 1 : 0;
  counts.prosecuted += row.settled().how() == PenaltySettled::HOW_PROSECUTED ? 1 : 0;
}

void WritePenalties(std::string_view offence, const PenaltyCounts& counts, TableBuilder& table) {
  const std::uint64_t ended = counts.paid + counts.cancelled + counts.prosecuted;
  table.Row().Cell(offence).Cell(counts.issued).Cell(counts.paid).Cell(counts.cancelled);
  table.Cell(counts.prosecuted).Cell(counts.issued - ended);
  if (counts.without_amount == counts.issued) {
    table.CellOr("", marker::kNotAvailable);
  } else {
    table.Cell(values::PoundsOf(static_cast<std::int64_t>(counts.pence)));
  }
}

// What was raised or issued from one day to another and belongs to the partnership.
struct PartnershipSince {
  const std::string& partnership_id;
  std::string first;
  std::string last;

  bool Holds(const std::string& partnership, const std::string& day) const {
    return partnership == partnership_id && day >= first && day <= last;
  }
};

TableBuilder TasksTable(const ReportViews& views, const PartnershipSince& window,
                        std::uint64_t& back_loaded) {
  TableBuilder table("tasks", fmt::format("Tasks raised from {} to {}", window.first, window.last));
  table.Key("kind", "Kind").Number("raised", "Raised").Number("actioned", "Dealt with");
  table.Number("open", "Open");
  std::map<std::string, TaskCounts> kinds;
  TaskCounts all;
  for (const auto& [key, row] : views.enforcement->tasks().rows()) {
    if (!row.has_fact() || !window.Holds(row.fact().partnership_id(), row.fact().raised_date())) {
      continue;
    }
    const bool actioned = row.has_actioned() && row.actioned().actioned_date() <= window.last;
    for (TaskCounts* counts : {&kinds[row.fact().kind()], &all}) {
      ++counts->raised;
      counts->actioned += actioned ? 1 : 0;
    }
    if (row.origin().back_loaded()) ++back_loaded;
  }
  const auto write = [&](std::string_view kind, const TaskCounts& counts) {
    table.Row().Cell(kind).Cell(counts.raised).Cell(counts.actioned);
    table.Cell(counts.raised - counts.actioned);
  };
  for (const auto& [kind, counts] : kinds) write(Words(kind), counts);
  if (!kinds.empty()) write("Total", all);
  return table;
}

TableBuilder PenaltiesTable(const ReportViews& views, const PartnershipSince& window,
                            std::uint64_t& back_loaded) {
  TableBuilder table(
      "penalties", fmt::format("Fixed penalties issued from {} to {}", window.first, window.last));
  table.Key("offence", "Offence").Number("issued", "Issued").Number("paid", "Paid");
  table.Number("cancelled", "Cancelled").Number("prosecuted", "Prosecuted").Number("open", "Open");
  table.Number("amount", "Amount, pounds");
  std::map<std::string, PenaltyCounts> offences;
  PenaltyCounts all;
  for (const auto& [key, row] : views.enforcement->penalties().rows()) {
    if (!row.has_fact() || !window.Holds(row.fact().partnership_id(), row.fact().issued_date())) {
      continue;
    }
    views::v1::PenaltyRow until = row;
    if (until.settled().settled_date() > window.last) until.clear_settled();
    Count(until, offences[row.fact().offence()]);
    Count(until, all);
    if (row.origin().back_loaded()) ++back_loaded;
  }
  for (const auto& [offence, counts] : offences) WritePenalties(Words(offence), counts, table);
  if (!offences.empty()) WritePenalties("Total", all, table);
  if (all.without_amount > 0 && all.without_amount < all.issued) {
    table.Note(fmt::format("The amount of {} of {} is not known; the amounts are of the others.",
                           all.without_amount, all.issued));
  }
  return table;
}

}  // namespace

absl::StatusOr<TablesAnswer> OrderRegister(const ReportViews& views,
                                           const std::string& partnership_id,
                                           const AnswerContext& context) {
  if (auto known = CheckPartnership(*views.names, partnership_id); !known.ok()) return known;
  TableBuilder table("orders", "Orders and their reviews");
  table.Key("order", "Order").Text("label", "Label").Text("kind", "Kind").Text("power", "Power");
  table.Text("area", "Area").Text("prohibitions", "Forbids").Text("made", "From");
  table.Text("expires", "To").Text("reviewed", "Last review").Number("breaches", "Breaches");
  table.Text("state", "State");
  std::uint64_t back_loaded = 0;
  for (const OrderRow* row : OrdersOf(views, partnership_id)) {
    WriteOrder(views, *row, IsoDay(context.today), table);
    if (row->origin().back_loaded()) ++back_loaded;
  }
  return FinishTable(std::move(table), context, back_loaded,
                     "No order is held. Send them with the dataset orders.");
}

absl::StatusOr<TablesAnswer> EnforcementSince(const ReportViews& views,
                                              const std::string& partnership_id,
                                              eventstore::CivilDay since,
                                              const AnswerContext& context) {
  if (auto known = CheckPartnership(*views.names, partnership_id); !known.ok()) return known;
  const PartnershipSince window{partnership_id, IsoDay(since), IsoDay(context.today)};
  std::uint64_t back_loaded = 0;
  std::vector<TableBuilder> tables;
  tables.push_back(TasksTable(views, window, back_loaded));
  tables.push_back(PenaltiesTable(views, window, back_loaded));
  TableBuilder orders("orders", "Orders, as they stand on " + window.last);
  orders.Key("order", "Order").Text("label", "Label").Text("state", "State");
  for (const OrderRow* row : OrdersOf(views, partnership_id)) {
    orders.Row().Cell(row->fact().order_id()).Cell(row->fact().label());
    orders.Cell(StateOn(*row, window.last));
  }
  tables.push_back(std::move(orders));
  return FinishTables(std::move(tables), context, back_loaded,
                      "No task, penalty or order is held. Send them with the datasets tasks, "
                      "penalties and orders.");
}

}  // namespace daybook::reports
