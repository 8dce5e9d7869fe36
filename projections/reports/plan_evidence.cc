#include "projections/reports/plan_evidence.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string>

#include "projections/calendar/calendar.h"
#include "projections/reports/dates.h"
#include "proto/values/period.h"

namespace daybook::reports {
namespace {

using actions::events::v1::Measurement;
using actions::events::v1::TargetSet;
using types::v1::Period;
using views::v1::UpdateRow;

constexpr std::array<std::string_view, 3> kDoneStates = {"completed", "delivered",
                                                         "delivered-late"};

struct PeriodFigure {
  Period period;        // what it counts
  Period reported_for;  // in whose report it stood
  Figure figure;
};

Period PeriodOf(const Measurement& measurement, const UpdateRow& update) {
  return measurement.has_period() ? measurement.period() : update.fact().period();
}

// The figures of one update that answer a measure; a later line of the same period holds.
std::vector<PeriodFigure> FiguresOn(const UpdateRow& update, std::string_view measure,
                                    const Period& year) {
  std::vector<PeriodFigure> figures;
  for (const Measurement& measurement : update.fact().measurements()) {
    if (measurement.measure() != measure || !IsActual(measurement)) continue;
    if (IsOutsideYear(measurement, year)) continue;
    const Period period = PeriodOf(measurement, update);
    const auto same = std::find_if(figures.begin(), figures.end(), [&](const PeriodFigure& f) {
      return SamePeriod(f.period, period);
    });
    if (same != figures.end()) {
      same->figure = FigureOf(measurement);
    } else {
      figures.push_back({period, update.fact().period(), FigureOf(measurement)});
    }
  }
  return figures;
}

// Of each reported period, the figures of the first organisation that has any.
std::vector<PeriodFigure> FiguresSoFar(const ActionReading& action, std::string_view measure,
                                       const PlanScope& scope) {
  std::vector<PeriodFigure> all;
  std::set<std::string> answered;
  for (const UpdateRow* update : action.updates) {
    const Period& period = update->fact().period();
    if (!Contains(scope.year, period) || period.end_date() > scope.period.end_date()) continue;
    if (answered.contains(views::PeriodPart(period))) continue;
    const std::vector<PeriodFigure> figures = FiguresOn(*update, measure, scope.year);
    if (figures.empty()) continue;
    answered.insert(views::PeriodPart(period));
    all.insert(all.end(), figures.begin(), figures.end());
  }
  return all;
}

// Leaves out what a figure of a wider period covers; of two figures of one period the later holds.
std::vector<PeriodFigure> Widest(const std::vector<PeriodFigure>& figures) {
  std::vector<PeriodFigure> widest;
  for (std::size_t i = 0; i < figures.size(); ++i) {
    bool covered = false;
    for (std::size_t j = 0; j < figures.size() && !covered; ++j) {
      if (i == j || !Contains(figures[j].period, figures[i].period)) continue;
      covered = !Contains(figures[i].period, figures[j].period) || j > i;
    }
    if (!covered) widest.push_back(figures[i]);
  }
  return widest;
}

// Precision of a sum: a sum with a floor in it is a floor, with an "about" in it about.
types::v1::Precision SumPrecision(const std::vector<PeriodFigure>& figures) {
  bool floor = false;
  for (const PeriodFigure& figure : figures) {
    switch (figure.figure.number.precision()) {
      case types::v1::PRECISION_MORE_THAN:
      case types::v1::PRECISION_AT_LEAST:
        floor = true;
        break;
      case types::v1::PRECISION_ABOUT:
      case types::v1::PRECISION_LESS_THAN:
      case types::v1::PRECISION_AT_MOST:
        return types::v1::PRECISION_ABOUT;
      default:
        break;
    }
  }
  return floor ? types::v1::PRECISION_AT_LEAST : types::v1::PRECISION_EXACT;
}

// nullopt when they cannot be added: one is no plain number, or two periods overlap in part.
std::optional<Figure> Sum(const std::vector<PeriodFigure>& figures) {
  if (figures.size() == 1) return figures.front().figure;
  Decimal sum(0);
  for (const PeriodFigure& figure : figures) {
    const std::optional<Decimal> value = NumberOf(figure.figure.number.value());
    if (figure.figure.form != Figure::Form::kNumber || !value ||
        !figure.figure.number.upper().empty()) {
      return std::nullopt;
    }
    sum = sum + *value;
    for (const PeriodFigure& other : figures) {
      if (&other != &figure && other.period.start_date() <= figure.period.end_date() &&
          figure.period.start_date() <= other.period.end_date()) {
        return std::nullopt;
      }
    }
  }
  Figure total;
  total.form = Figure::Form::kNumber;
  total.number.set_value(sum.ToString());
  total.number.set_precision(SumPrecision(figures));
  return total;
}

// Quarters of the year so far that no figure covers, for example "Q2, Q3".
std::string MissingQuarters(const std::vector<PeriodFigure>& figures, const PlanScope& scope) {
  const auto year = values::PeriodFromProto(scope.year);
  if (!year) return "";
  std::string missing;
  for (const values::Period& of_year : calendar::QuartersOfPlanYear(year->start)) {
    const Period quarter = values::PeriodToProto(of_year);
    if (quarter.end_date() > scope.period.end_date()) break;
    const bool covered = std::any_of(figures.begin(), figures.end(), [&](const PeriodFigure& f) {
      return Contains(f.period, quarter) || Contains(f.reported_for, quarter);
    });
    if (!covered)
      missing +=
          (missing.empty() ? "Q" : ", Q") + std::to_string(calendar::QuarterNo(of_year.start));
  }
  return missing;
}

// With a part missing, an exact figure is only what it is at least.
void MakeFloor(Figure& figure) {
  types::v1::Precision precision = figure.number.precision();
  if (precision == types::v1::PRECISION_UNSPECIFIED || precision == types::v1::PRECISION_EXACT ||
      precision == types::v1::PRECISION_COUNTED) {
    figure.number.set_precision(types::v1::PRECISION_AT_LEAST);
  }
}

TargetEvidence EvidenceFor(const TargetSet& target, const ActionReading& action,
                           const PlanScope& scope) {
  TargetEvidence evidence;
  evidence.due = scope.due;
  const bool running_sum = target.kind() == TargetSet::KIND_COUNT && target.cumulative();
  if (running_sum) {
    const std::vector<PeriodFigure> figures = Widest(FiguresSoFar(action, target.measure(), scope));
    if (figures.empty()) return evidence;
    evidence.figure = Sum(figures);
    if (!evidence.figure) {
      // Shown as it is; no sum is made up.
      evidence.figure = figures.back().figure;
      evidence.remark = "the year's figures cannot be added";
    } else if (const std::string missing = MissingQuarters(figures, scope); !missing.empty()) {
      evidence.remark = "without " + missing;
      MakeFloor(*evidence.figure);
    }
    return evidence;
  }
  for (const UpdateRow* update : UpdatesOf(action, scope.period)) {
    const std::vector<PeriodFigure> figures = FiguresOn(*update, target.measure(), scope.year);
    if (figures.empty()) continue;
    evidence.figure = figures.front().figure;
    break;
  }
  return evidence;
}

}  // namespace

// ISO 8601 days compare as text.
bool IsOutsideYear(const Measurement& measurement, const Period& year) {
  return measurement.has_period() && !Contains(year, measurement.period());
}

bool IsActual(const Measurement& measurement) {
  return measurement.stage().empty() || measurement.stage() == "actual";
}

std::vector<const UpdateRow*> UpdatesOf(const ActionReading& action, const Period& period) {
  std::vector<const UpdateRow*> updates;
  for (const UpdateRow* update : action.updates) {
    if (SamePeriod(update->fact().period(), period)) updates.push_back(update);
  }
  return updates;
}

std::vector<TargetEvidence> EvidenceOf(const ActionReading& action, const PlanScope& scope) {
  const std::vector<const UpdateRow*> updates = UpdatesOf(action, scope.period);
  bool any_figure = false;
  bool delivered = action.end != nullptr && !action.end->completed_date().empty() &&
                   action.end->completed_date() <= scope.period.end_date();
  for (const UpdateRow* update : updates) {
    const std::string& state = update->fact().state();
    delivered |= std::find(kDoneStates.begin(), kDoneStates.end(), state) != kDoneStates.end();
    for (const Measurement& measurement : update->fact().measurements()) {
      any_figure |= IsActual(measurement);
    }
  }
  std::vector<TargetEvidence> evidence;
  bool any_answered = false;
  for (const views::v1::TargetRow* target : action.targets) {
    evidence.push_back(EvidenceFor(target->fact(), action, scope));
    any_answered |= evidence.back().figure.has_value();
  }
  for (TargetEvidence& one : evidence) {
    one.other_figures = any_figure && !any_answered;
    one.delivered = delivered;
    one.updated = !updates.empty();
  }
  return evidence;
}

}  // namespace daybook::reports
