// The ladder of an injunction: which steps followed which breach, month by month, and what is open.
#include <algorithm>
#include <array>
#include <map>
#include <tuple>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "projections/reports/enforcement_tables.h"
#include "projections/reports/order_standing.h"
#include "projections/reports/plan_reading.h"
#include "projections/reports/report_error.h"
#include "projections/views/enforcement_view.h"
#include "projections/views/row_key.h"

namespace daybook::reports {
namespace {

using enforcement::events::v1::StepTaken;
using views::v1::BreachRow;
using views::v1::OrderRow;

struct StepWords {
  StepTaken::Step step;
  std::string_view key;
  std::string_view title;
};
constexpr std::array<StepWords, 6> kSteps = {
    {{StepTaken::STEP_SIGNPOSTED, "signposted", "Signposted"},
     {StepTaken::STEP_WARNED, "warned", "Warned"},
     {StepTaken::STEP_REFERRED, "referred", "Referred"},
     {StepTaken::STEP_COMMITTAL_CONSIDERED, "considered", "Committal considered"},
     {StepTaken::STEP_COMMITTAL_APPLIED, "applied", "Committal applied"},
     {StepTaken::STEP_COMMITTAL_HEARD, "heard", "Committal heard"}}};

// Breaches that stand alone beyond this number are put together.
constexpr std::size_t kLastNumber = 4;
constexpr std::size_t kMonthDigits = 7;  // "YYYY-MM"

struct LadderCounts {
  std::uint64_t breaches = 0;
  std::array<std::uint64_t, kSteps.size()> steps{};

  void Write(TableBuilder& table) const {
    table.Cell(breaches);
    for (const std::uint64_t count : steps) table.Cell(count);
  }
};

struct NumberedBreach {
  const BreachRow* row = nullptr;
  std::size_t number = 0;  // of the person's breaches, from 1
};

bool Took(const BreachRow& row, StepTaken::Step step) {
  return std::any_of(row.steps().begin(), row.steps().end(),
                     [step](const StepTaken& taken) { return taken.step() == step; });
}

// By person, each person's in order of day and position.
std::vector<NumberedBreach> NumberedBreachesOf(const ReportViews& views,
                                               const std::string& order_id) {
  std::map<std::string, std::vector<const BreachRow*>> by_person;
  for (const BreachRow* row : RowsUnder(views.enforcement->breaches(), views::RowKey({order_id}))) {
    if (row->has_fact()) by_person[row->fact().subject()].push_back(row);
  }
  std::vector<NumberedBreach> breaches;
  for (auto& [person, rows] : by_person) {
    std::sort(rows.begin(), rows.end(), [](const BreachRow* a, const BreachRow* b) {
      return std::tuple(a->fact().occurred_date(), a->origin().position()) <
             std::tuple(b->fact().occurred_date(), b->origin().position());
    });
    for (std::size_t i = 0; i < rows.size(); ++i) breaches.push_back({rows[i], i + 1});
  }
  return breaches;
}

TableBuilder CountedTable(std::string_view name, std::string_view title, std::string_view first_key,
                          std::string_view first_title) {
  TableBuilder table(name, title);
  table.Key(first_key, first_title).Number("breaches", "Breaches");
  for (const StepWords& step : kSteps) table.Number(step.key, step.title);
  return table;
}

// Whether a day lies in the months asked for.
bool Wanted(const LadderRequest& request, std::string_view day) {
  const std::string_view month = day.substr(0, kMonthDigits);
  return (request.from_month.empty() || month >= request.from_month) &&
         (request.to_month.empty() || month <= request.to_month);
}

TableBuilder StepsTable(const std::vector<NumberedBreach>& breaches, const LadderRequest& request) {
  TableBuilder table = CountedTable(
      "steps", "Steps that followed a breach, by which of the person's it was", "number", "Breach");
  std::map<std::size_t, LadderCounts> by_number;
  for (const NumberedBreach& breach : breaches) {
    if (!Wanted(request, breach.row->fact().occurred_date())) continue;
    LadderCounts& counts = by_number[std::min(breach.number, kLastNumber)];
    ++counts.breaches;
    for (std::size_t i = 0; i < kSteps.size(); ++i) {
      counts.steps[i] += Took(*breach.row, kSteps[i].step) ? 1 : 0;
    }
  }
  for (const auto& [number, counts] : by_number) {
    table.Row().Cell(fmt::format("{}{}", number, number == kLastNumber ? " and later" : ""));
    counts.Write(table);
  }
  return table;
}

TableBuilder MonthsTable(const std::vector<NumberedBreach>& breaches,
                         const LadderRequest& request) {
  TableBuilder table = CountedTable("months", "Breaches and steps by the month in which they were",
                                    "month", "Month");
  std::map<std::string, LadderCounts> months;
  LadderCounts all;
  for (const NumberedBreach& breach : breaches) {
    if (const std::string& day = breach.row->fact().occurred_date(); Wanted(request, day)) {
      ++months[day.substr(0, kMonthDigits)].breaches;
      ++all.breaches;
    }
    for (const StepTaken& taken : breach.row->steps()) {
      if (!Wanted(request, taken.taken_date())) continue;
      const auto step = std::find_if(kSteps.begin(), kSteps.end(), [&](const StepWords& words) {
        return words.step == taken.step();
      });
      if (step == kSteps.end()) continue;
      const auto at = static_cast<std::size_t>(step - kSteps.begin());
      ++months[taken.taken_date().substr(0, kMonthDigits)].steps[at];
      ++all.steps[at];
    }
  }
  for (const auto& [month, counts] : months) {
    table.Row().Cell(month);
    counts.Write(table);
  }
  if (!months.empty()) {
    table.Row().Cell("Total");
    all.Write(table);
  }
  return table;
}

// What of a breach is not as the order says.
std::vector<std::string> ExceptionsOf(const OrderRow& order, const NumberedBreach& breach) {
  const auto& made = order.fact();
  const auto& fact = breach.row->fact();
  const OrderStanding standing = StandingOn(order, fact.occurred_date());
  std::vector<std::string> found;
  if (!standing.HoldsOn(made.made_date(), fact.occurred_date())) {
    found.emplace_back("the order did not hold on that day");
  } else if (!standing.prohibitions.contains(fact.prohibition())) {
    found.push_back(fmt::format("the order does not forbid \"{}\"", fact.prohibition()));
  }
  if (fact.number() != 0 && fact.number() != breach.number) {
    found.push_back(fmt::format("counted as breach {} by its sender", fact.number()));
  }
  if (!Took(*breach.row, StepTaken::STEP_SIGNPOSTED) &&
      !Took(*breach.row, StepTaken::STEP_WARNED)) {
    found.emplace_back("neither signposted nor warned");
  }
  if (made.referral_from() != 0 && breach.number >= made.referral_from() &&
      !Took(*breach.row, StepTaken::STEP_REFERRED)) {
    found.push_back(
        fmt::format("not referred to support, due from breach {} on", made.referral_from()));
  }
  if (made.committal_from() != 0 && breach.number >= made.committal_from() &&
      !Took(*breach.row, StepTaken::STEP_COMMITTAL_CONSIDERED) &&
      !Took(*breach.row, StepTaken::STEP_COMMITTAL_APPLIED)) {
    found.push_back(
        fmt::format("committal not considered, due from breach {} on", made.committal_from()));
  }
  return found;
}

// Enough to tell the persons of an order apart; who it is, the sender's record of the breach says.
constexpr std::size_t kPersonDigits = 8;

TableBuilder ExceptionsTable(const OrderRow& order, const std::vector<NumberedBreach>& breaches,
                             const LadderRequest& request) {
  TableBuilder table("exceptions", "What is open, or not as the order says");
  table.Key("person", "Person").Key("breach", "Breach").Number("number", "Counts as");
  table.Text("occurred", "On").Key("exception", "What");
  for (const NumberedBreach& breach : breaches) {
    if (!Wanted(request, breach.row->fact().occurred_date())) continue;
    for (const std::string& exception : ExceptionsOf(order, breach)) {
      table.Row().Cell(breach.row->fact().subject().substr(0, kPersonDigits));
      table.Cell(breach.row->fact().breach_id());
      table.Cell(breach.number).Cell(breach.row->fact().occurred_date()).Cell(exception);
      table.RestsOn({breach.row->origin().position()});
    }
  }
  return table;
}

}  // namespace

absl::StatusOr<TablesAnswer> InjunctionLadder(const ReportViews& views,
                                              const LadderRequest& request,
                                              const AnswerContext& context) {
  if (request.order_id.empty()) return MissingParameter("order");
  const OrderRow* order = views.enforcement->orders().Find(views::RowKey({request.order_id}));
  if (order == nullptr || !order->has_fact()) return NotFound("order", "order", "UNKNOWN_ORDER");
  const std::vector<NumberedBreach> breaches = NumberedBreachesOf(views, request.order_id);
  std::uint64_t back_loaded = 0;
  for (const NumberedBreach& breach : breaches) {
    if (breach.row->origin().back_loaded()) ++back_loaded;
  }
  std::vector<TableBuilder> tables;
  tables.push_back(StepsTable(breaches, request));
  tables.push_back(MonthsTable(breaches, request));
  tables.push_back(ExceptionsTable(*order, breaches, request));
  if (!breaches.empty() && tables.back().rows() == 0) {
    tables.back().Note("Every step that was due is recorded.");
  }
  return FinishTables(std::move(tables), context, back_loaded,
                      "No breach of this order is held. Send them with the datasets breaches and "
                      "breach-steps.");
}

}  // namespace daybook::reports
