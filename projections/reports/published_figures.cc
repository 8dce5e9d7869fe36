#include "projections/reports/published_figures.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "projections/reports/figure.h"
#include "projections/reports/incident_records.h"
#include "projections/reports/names.h"
#include "projections/reports/period_value.h"
#include "projections/reports/printed_change.h"
#include "projections/reports/published.h"
#include "projections/reports/report_error.h"
#include "projections/reports/series.h"
#include "projections/reports/table_builder.h"
#include "projections/views/incident_trend_view.h"
#include "projections/views/referral_trend_view.h"
#include "projections/views/returned_figures_view.h"

namespace daybook::reports {
namespace {

using measures::events::v1::FigurePublished;
using views::v1::FigureRow;

// What a series says of a printed figure.
struct Finding {
  std::string held;  // in words
  std::string_view verdict;
  std::string difference;
  std::vector<std::string> readings;
  std::vector<std::uint64_t> positions;
};

Finding Held(std::string_view verdict, const PeriodValue& value) {
  return {value.words, verdict, "", {}, value.positions};
}

std::string Before(const std::pair<Decimal, Decimal>& range) {
  const std::string least = range.first.ToString();
  return range.first == range.second
             ? "before " + least
             : fmt::format("before {} to {}", least, range.second.ToString());
}

Finding CheckNumber(const FigurePublished& fact, const PeriodValue& value) {
  if (!value.IsHeld()) return Held("not-held", value);
  Figure printed;
  printed.form = Figure::Form::kNumber;
  printed.number = fact.quantity();
  const auto number = ExactNumber(printed);
  if (!number || !value.exact) {
    return Held(Words(printed) == value.words ? "agrees" : "cannot-tell", value);
  }
  Finding finding = Held(*number == *value.exact ? "agrees" : "differs", value);
  if (finding.verdict == "differs") finding.difference = SignedText(*number - *value.exact);
  return finding;
}

// A percentage against the parts of a share; the figure in the series must be of just the period.
Finding CheckPercent(const FigurePublished& fact, const views::v1::ObservationRow* row) {
  const auto printed = Decimal::Parse(fact.percent().percent());
  if (row == nullptr) return {"", "not-held", "", {}, {}};
  const Figure figure = FigureOf(row->fact());
  Finding finding{Words(figure), "cannot-tell", "", {}, {row->origin().position()}};
  if (figure.form != Figure::Form::kShare || !printed) return finding;
  const auto part = NumberOf(figure.share.numerator());
  const auto whole = NumberOf(figure.share.denominator());
  const auto percent =
      part && whole ? values::Percent(*part, *whole, printed->decimals()) : std::nullopt;
  if (!percent) return finding;
  finding.verdict = *percent == *printed ? "agrees" : "differs";
  if (*percent != *printed) finding.difference = SignedText(*printed - *percent);
  return finding;
}

void AddReadings(const PrintedChange& printed, const Decimal& before, const Decimal& after,
                 Finding& finding) {
  if (printed.absolute()) {
    if (const auto other = printed.BeforeThatFits(after)) {
      finding.readings.push_back("before " + other->ToString());
    }
    if (const auto other = printed.AfterThatFits(before)) {
      finding.readings.push_back("after " + other->ToString());
    }
  } else if (const auto range = printed.BeforesThatGive(after)) {
    finding.readings.push_back(Before(*range));
  }
  if (finding.readings.empty()) finding.readings.emplace_back("none");
}

// What the one figure that is held implies of the other.
void AddImplied(const PrintedChange& printed, const std::optional<Decimal>& before,
                const std::optional<Decimal>& after, Finding& finding) {
  if (after) {
    if (const auto other = printed.BeforeThatFits(*after)) {
      finding.readings.push_back("before " + other->ToString());
    } else if (const auto range = printed.BeforesThatGive(*after)) {
      finding.readings.push_back(Before(*range));
    }
  } else if (before) {
    if (const auto other = printed.AfterThatFits(*before)) {
      finding.readings.push_back("after " + other->ToString());
    }
  }
}

class PublishedWriter {
 public:
  PublishedWriter(const ReportViews& views, const PublishedFiguresRequest& request,
                  const AnswerContext& context)
      : views_(views),
        request_(request),
        context_(context),
        held_months_(HeldMonths(views)),
        table_("published-figures", "Published figures against those held") {
    table_.KeyNumber("ref", "Ref").Text("document", "Document").Text("section", "Section");
    table_.Text("measure", "Measure").Text("label", "Label").Text("area", "Area");
    table_.Text("period", "Period").Text("compared_with", "Against");
    table_.Text("printed", "As printed").Text("held", "Held").Key("source", "Source");
    table_.Key("extract", "Extract").Text("verdict", "Verdict");
    table_.Number("difference", "Difference").Text("readings", "Readings that fit");
    table_.Number("records", "Records");
  }

  TablesAnswer Write() {
    std::map<const Book*, std::vector<Series>> series;
    for (const auto& [book, row] : Figures()) {
      const auto [it, is_first] = series.try_emplace(book);
      if (is_first) it->second = SeriesOf(*book);
      WriteFigure(*book, it->second, *row);
    }
    if (table_.rows() == 0 && !context_.truth.known_on) {
      table_.Note("No printed figure of this is held (dataset figures).");
    }
    if (cause_unknown_) {
      table_.Note(
          "Where a figure differs and its records are [x], no rows of the period are held: the "
          "cause is not known.");
    }
    TablesAnswer answer;
    answer.tables.push_back(table_.Take());
    AddKnownNotes(context_, answer.tables[0].rows().empty(), back_loaded_,
                  answer.tables[0].mutable_notes());
    answer.truth = TruthOf(context_, back_loaded_);
    return answer;
  }

 private:
  using Book = views::SeriesBook;

  bool IsWanted(const FigureRow& row) const {
    const FigurePublished& fact = row.fact();
    return (request_.document_id.empty() || fact.document_id() == request_.document_id) &&
           (request_.measure_id.empty() || fact.measure_id() == request_.measure_id) &&
           (request_.area_id.empty() || fact.area_id() == request_.area_id) &&
           (!request_.ref || row.origin().position() == *request_.ref);
  }

  // In the order in which they were recorded.
  std::vector<std::pair<const Book*, const FigureRow*>> Figures() const {
    std::vector<std::pair<const Book*, const FigureRow*>> figures;
    for (const Book* book :
         {&views_.incidents->series(), &views_.referrals->series(), &views_.returned->series()}) {
      for (const auto& [key, row] : book->figures().rows()) {
        if (IsWanted(row)) figures.emplace_back(book, &row);
      }
    }
    std::sort(figures.begin(), figures.end(), [](const auto& a, const auto& b) {
      return a.second->origin().position() < b.second->origin().position();
    });
    return figures;
  }

  void WriteFigure(const Book& book, const std::vector<Series>& all, const FigureRow& row) {
    const FigurePublished& fact = row.fact();
    if (row.origin().back_loaded()) ++back_loaded_;
    bool written = false;
    for (const Series& series : all) {
      if (series.measure_id != fact.measure_id() || series.area_id != fact.area_id()) continue;
      const Finding finding = Check(book, fact, series);
      if (finding.held.empty()) continue;
      WriteRow(row, &series, finding);
      written = true;
    }
    if (!written) WriteRow(row, nullptr, Check(book, fact, Series()));
  }

  Finding Check(const Book& book, const FigurePublished& fact, const Series& series) const {
    const PeriodValue value = ValueOf(*views_.names, series, fact.period());
    if (fact.has_quantity()) return CheckNumber(fact, value);
    if (fact.has_percent()) {
      const auto it = std::find_if(
          series.points.begin(), series.points.end(),
          [&](const auto* row) { return SamePeriod(row->fact().period(), fact.period()); });
      return CheckPercent(fact, it == series.points.end() ? nullptr : *it);
    }
    return CheckChange(book, fact, value, ValueOf(*views_.names, series, fact.compared_with()));
  }

  Finding CheckChange(const Book& book, const FigurePublished& fact, const PeriodValue& after,
                      const PeriodValue& before) const {
    Finding finding{"", "not-held", "", {}, before.positions};
    finding.positions.insert(finding.positions.end(), after.positions.begin(),
                             after.positions.end());
    const PrintedChange printed(fact.change());
    if (!before.words.empty() || !after.words.empty()) {
      finding.held = fmt::format("{} against {}", after.words.empty() ? "[x]" : after.words,
                                 before.words.empty() ? "[x]" : before.words);
    }
    if (before.words.empty() || after.words.empty()) {
      AddImplied(printed, before.exact,
                 after.exact ? after.exact : PrintedInSameDocument(book, fact), finding);
      return finding;
    }
    if (!before.exact || !after.exact) {
      finding.verdict = "cannot-tell";
    } else if (IsBrokenBetween(*views_.names, fact.measure_id(), fact.compared_with(), before,
                               fact.period(), after)) {
      finding.verdict = "not-comparable";
    } else if (printed.IsOf(*before.exact, *after.exact)) {
      finding.verdict = "agrees";
    } else {
      finding.verdict = "differs";
      const auto difference = printed.LessActual(*before.exact, *after.exact);
      if (difference) finding.difference = SignedText(*difference);
      AddReadings(printed, *before.exact, *after.exact, finding);
    }
    return finding;
  }

  // The later figure itself, where the document that printed the change printed it, too.
  static std::optional<Decimal> PrintedInSameDocument(const Book& book,
                                                      const FigurePublished& fact) {
    for (const FigureRow* row :
         PublishedOn(book, fact.measure_id(), fact.area_id(), fact.period())) {
      if (row->fact().document_id() != fact.document_id() || !row->fact().has_quantity()) continue;
      Figure figure;
      figure.form = Figure::Form::kNumber;
      figure.number = row->fact().quantity();
      if (auto number = ExactNumber(figure)) return number;
    }
    return std::nullopt;
  }

  void WriteRow(const FigureRow& row, const Series* series, const Finding& finding) {
    const FigurePublished& fact = row.fact();
    table_.Row().Cell(row.origin().position()).Cell(fact.document_id()).Cell(fact.section());
    table_.Cell(fact.measure_id()).Cell(MeasureLabel(*views_.names, fact.measure_id()));
    table_.Cell(AreaName(*views_.names, fact.area_id())).Cell(PeriodLabel(fact.period()));
    table_.Cell(fact.has_compared_with() ? PeriodLabel(fact.compared_with()) : "");
    table_.Cell(PrintedWords(row));
    table_.CellOr(finding.held, marker::kNotAvailable).RestsOn(finding.positions);
    table_.Cell(series == nullptr ? "" : OrganisationName(*views_.names, series->source_id));
    table_.Cell(series == nullptr ? "" : series->extract).Cell(finding.verdict);
    table_.CellOr(finding.difference,
                  finding.verdict == "not-comparable" ? marker::kBreak : marker::kNotApplicable);
    table_.Cell(fmt::format("{}", fmt::join(finding.readings, "; ")));
    const std::optional<std::uint64_t> records = RecordsOf(fact);
    table_.CellOr(records ? std::to_string(*records) : "", marker::kNotAvailable);
    cause_unknown_ |= finding.verdict == "differs" && !records;
  }

  // Of one type, where every month of the period is held and the category is the same in all; of
  // the source that has most.
  std::optional<std::uint64_t> RecordsOf(const FigurePublished& fact) const {
    const views::v1::MeasureRow* measure = FindMeasure(*views_.names, fact.measure_id());
    if (measure == nullptr || measure->definition().incident_type().empty()) return std::nullopt;
    const std::vector<std::string> months = MonthsOf(fact.period());
    if (months.empty()) return std::nullopt;
    const RecordArea area = RecordAreaOf(*views_.names, fact.area_id());
    std::optional<std::uint64_t> most;
    for (const auto& [source, held] : held_months_) {
      if (!MissingMonths(months, held).empty()) continue;
      const std::string& type = measure->definition().incident_type();
      const TypeCounts counts = CountTypes(*views_.incidents, source, area, months);
      if (counts.ValueOf(type, {}).broken) continue;
      most = std::max(most.value_or(0), counts.Of(type));
    }
    return most;
  }

  const ReportViews& views_;
  const PublishedFiguresRequest& request_;
  const AnswerContext& context_;
  const std::map<RecordSource, std::set<std::string>> held_months_;
  TableBuilder table_;
  bool cause_unknown_ = false;
  std::uint64_t back_loaded_ = 0;
};

}  // namespace

absl::StatusOr<TablesAnswer> PublishedFigures(const ReportViews& views,
                                              const PublishedFiguresRequest& request,
                                              const AnswerContext& context) {
  if (!request.measure_id.empty() && FindMeasure(*views.names, request.measure_id) == nullptr) {
    return NotFound("measure", "measure", "UNKNOWN_MEASURE");
  }
  if (!request.area_id.empty() && FindArea(*views.names, request.area_id) == nullptr) {
    return NotFound("area", "area", "UNKNOWN_AREA");
  }
  TablesAnswer answer = PublishedWriter(views, request, context).Write();
  if (request.ref && answer.tables[0].rows().empty() && !context.truth.known_on) {
    return NotFound("ref", "published figure", "UNKNOWN_FIGURE");
  }
  return answer;
}

}  // namespace daybook::reports
