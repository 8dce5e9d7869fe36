#include "projections/reports/prescribed_report.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "projections/reports/incident_records.h"
#include "projections/reports/names.h"
#include "projections/reports/report_error.h"
#include "projections/reports/table_builder.h"
#include "projections/views/incident_trend_view.h"
#include "proto/registry/prescribed_items.h"
#include "proto/values/civil.h"

namespace daybook::reports {
namespace {

using registry::PrescribedDataset;
using registry::PrescribedItem;
using views::v1::IncidentCellRow;

// What one organisation shared of a dataset in the quarter.
struct Shared {
  std::vector<bool> held;  // by month
  // By item: counts by month, and by place.
  std::map<std::string, std::vector<std::uint64_t>> by_month;
  std::map<std::string, std::map<std::string, std::uint64_t>> by_place;
  std::uint64_t back_loaded = 0;

  std::size_t months_held() const {
    return static_cast<std::size_t>(std::ranges::count(held, true));
  }
};

class Writer {
 public:
  Writer(const ReportViews& views, registry::PrescribedPeriod quarter,
         std::vector<std::string> months, const AnswerContext& context)
      : views_(views), quarter_(quarter), months_(std::move(months)), context_(context) {}

  TablesAnswer Write(const std::string& title) {
    items_ = TableBuilder("items", "Prescribed information, " + title);
    items_.Key("dataset", "Dataset").Key("holder", "Holder").Key("item", "Item");
    for (const std::string& month : months_) items_.Number(month, month);
    items_.Number("total", "Total").Text("due", "Due").Text("state", "State");
    places_ = TableBuilder("places", "By place, " + title);
    places_.Key("dataset", "Dataset").Key("holder", "Holder").Key("item", "Item");
    places_.Key("place", "Place").Number("count", "Records");
    const MonthsOfSources held = HeldPrescribedMonths(views_);
    for (const PrescribedDataset& dataset : registry::PrescribedDatasets()) {
      bool is_shared = false;
      for (const auto& [source, months] : held) {
        if (source.dataset != dataset.name) continue;
        WriteSource(source, months);
        is_shared = true;
      }
      if (!is_shared) WriteNobody(dataset);
    }
    items_.Note(
        "Records of nobody by name, as SI 2007/1831 has responsible authorities share them.");
    TablesAnswer answer;
    google::protobuf::RepeatedPtrField<std::string> notes;
    AddKnownNotes(context_, places_.rows() == 0, back_loaded_, &notes);
    for (const std::string& note : notes) items_.Note(note);
    answer.tables.push_back(items_.Take());
    if (places_.rows() > 0) answer.tables.push_back(places_.Take());
    answer.truth = TruthOf(context_, back_loaded_);
    return answer;
  }

 private:
  Shared Read(const RecordSource& source, const std::set<std::string>& held) const {
    Shared shared;
    for (std::size_t i = 0; i < months_.size(); ++i) {
      shared.held.push_back(held.contains(months_[i]));
      for (const IncidentCellRow* cell :
           CellsOfMonth(views_.incidents->cells(), source, months_[i])) {
        auto& by_month = shared.by_month[cell->type()];
        by_month.resize(months_.size());
        by_month[i] += cell->count();
        shared.by_place[cell->type()][cell->district()] += cell->count();
        shared.back_loaded += cell->back_loaded();
      }
    }
    return shared;
  }

  void WriteSource(const RecordSource& source, const std::set<std::string>& held) {
    Shared shared = Read(source, held);
    back_loaded_ += shared.back_loaded;
    const std::string holder = OrganisationName(*views_.names, source.force_id);
    for (const PrescribedItem& item : registry::PrescribedItems()) {
      if (item.dataset != source.dataset) continue;
      auto& counts = shared.by_month[std::string(item.code)];
      counts.resize(months_.size());
      items_.Row().Cell(source.dataset).Cell(holder).Cell(item.name);
      std::uint64_t total = 0;
      for (std::size_t i = 0; i < months_.size(); ++i) {
        if (shared.held[i]) {
          items_.Cell(counts[i]);
          total += counts[i];
        } else {
          NotShared();
        }
      }
      if (shared.months_held() == months_.size()) {
        items_.Cell(total);
      } else {
        NotShared();
      }
      items_.Cell(values::FormatDay(quarter_.due)).Cell(StateOf(shared.months_held()));
      for (const auto& [place, count] : shared.by_place[std::string(item.code)]) {
        places_.Row().Cell(source.dataset).Cell(holder).Cell(item.name);
        places_.Cell(place.empty() ? "no place" : place).Cell(count);
      }
    }
  }

  void WriteNobody(const PrescribedDataset& dataset) {
    items_.Row().Cell(dataset.name).Cell(dataset.holder).Cell("every item");
    for (std::size_t i = 0; i < months_.size() + 1; ++i) NotShared();
    items_.Cell(values::FormatDay(quarter_.due)).Cell(StateOf(0));
  }

  void NotShared() {
    items_.CellOr("", marker::kNotAvailable);
    items_.NoteOnce("[x] no record of the dataset was shared of that month; that is not zero.");
  }

  std::string StateOf(std::size_t months_held) const {
    if (months_held == months_.size()) return "in";
    if (context_.today > quarter_.due) return "overdue";
    if (context_.today <= quarter_.last && months_held == 0) return "not over yet";
    return months_held == 0 ? "missing"
                            : fmt::format("{} of {} months", months_held, months_.size());
  }

  const ReportViews& views_;
  const registry::PrescribedPeriod quarter_;
  const std::vector<std::string> months_;
  const AnswerContext& context_;
  TableBuilder items_{"", ""};
  TableBuilder places_{"", ""};
  std::uint64_t back_loaded_ = 0;
};

}  // namespace

absl::StatusOr<TablesAnswer> PrescribedInformation(const ReportViews& views, const Period& period,
                                                   const AnswerContext& asked) {
  const AnswerContext context = ContextOfView(asked, views.incident_counts);
  const auto first = values::ParseDay(period.start_date());
  const auto last = values::ParseDay(period.end_date());
  if (!first || !last) return InvalidParameter("period", "a quarter such as 2017-18 Q3");
  const registry::PrescribedPeriod quarter = registry::PrescribedPeriodOf(*first);
  if (quarter.first != *first || quarter.last != *last) {
    return InvalidParameter("period", "a quarter such as 2017-18 Q3");
  }
  return Writer(views, quarter, MonthsOf(period), context).Write(PeriodLabel(period));
}

}  // namespace daybook::reports
