#include "services/ingest/layout_constants.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "proto/values/names.h"
#include "proto/values/period.h"
#include "services/ingest/printed_table.h"
#include "services/ingest/written_day.h"
#include "services/ingest/written_number.h"
#include "services/ingest/written_period.h"

namespace daybook::ingest {
namespace {

class ConstantAsker {
 public:
  ConstantAsker(const Lines& lines, const DatasetSpec& dataset, const TableContext& context,
                const KnownAxes& axes, Layout& layout, Inquiry& inquiry)
      : lines_(lines),
        dataset_(dataset),
        printed_(*dataset.printed),
        context_(context),
        axes_(axes),
        layout_(layout),
        inquiry_(inquiry) {}

  void Run() {
    for (const PrintedPart& part : printed_.parts) {
      const ColumnSpec* column = dataset_.Find(part.column);
      const bool is_needed =
          column->required && !IsOfAxis(part) && (!axes_.are_known || IsMissing(part.column));
      Question question = ConstantQuestion(part, *column);
      const auto wrong = [&](const std::string& choice) {
        return WrongConstant(part, *column, choice);
      };
      const auto choice = is_needed ? inquiry_.Ask(std::move(question), wrong)
                                    : inquiry_.Given(std::move(question), wrong);
      if (!choice) continue;
      layout_.constants[part.column] = *choice;
      if (!HoldsForNext(part, *choice)) inquiry_.DoNotKeep(part.id);
    }
    AskFigure();
  }

 private:
  // Whether some figure has no text for a column that every row of the dataset needs.
  bool IsMissing(const std::string& column) const {
    const auto lacks = [&](const Slot& slot) {
      const bool counts =
          slot.meaning == Meaning::kFigures || slot.meaning == Meaning::kStoredTotal;
      return counts && !slot.cells.contains(column);
    };
    return std::ranges::any_of(layout_.rows, lacks) && std::ranges::any_of(layout_.columns, lacks);
  }

  // Whether an axis says it, or may do so; its labels may be asked about still.
  bool IsOfAxis(const PrintedPart& part) const {
    if (axes_.are_known) return axes_.parts.contains(part.column);
    const bool is_period = dataset_.Find(part.column)->kind == CellKind::kPeriod;
    return part.labels && (!is_period || axes_.may_be_periods);
  }

  // Where the lines above say the same, another table's would say something else.
  bool HoldsForNext(const PrintedPart& part, const std::string& choice) const {
    if (part.kept != PrintedPart::kWithTitle) return part.kept == PrintedPart::kAlways;
    if (part.is_sender && choice == context_.agency) return true;
    const std::string name = values::NormaliseName(choice.substr(choice.find('=') + 1));
    return std::ranges::any_of(context_.titles, [&](const std::string& title) {
      const std::string words = " " + values::NormaliseName(title) + " ";
      return !name.empty() && words.find(" " + name + " ") != std::string::npos;
    });
  }

  Question ConstantQuestion(const PrintedPart& part, const ColumnSpec& column) const {
    Question question{
        .id = part.id, .what = part.question, .lines = {}, .readings = {}, .other = column.meaning};
    for (const auto& [word, meaning] : part.words) question.readings.push_back({word, meaning});
    if (!part.words.empty()) question.other.clear();
    if (part.is_sender) {
      question.readings.push_back({context_.agency, "the agency that sends the file"});
    }
    if (column.kind == CellKind::kPeriod) AddStatedPeriods(question);
    return question;
  }

  void AddStatedPeriods(Question& question) const {
    std::vector<std::string> texts = context_.titles;
    texts.push_back(context_.name);
    for (const std::string& text : texts) {
      std::string words = text;
      std::ranges::replace(words, '_', ' ');
      for (const values::Period& period : PeriodsStatedIn(words)) {
        const std::string label = values::PeriodLabel(period);
        if (std::ranges::find(question.readings, label, &Reading::choice) !=
            question.readings.end()) {
          continue;
        }
        question.readings.push_back(
            {label, fmt::format("{} to {}, as \"{}\" says", values::FormatDay(period.start),
                                values::FormatDay(period.LastDay()), text)});
      }
    }
  }

  static std::string WrongConstant(const PrintedPart& part, const ColumnSpec& column,
                                   const std::string& choice) {
    if (!part.words.empty()) return "is none of the choices";
    if (choice.empty()) return "is empty";
    if (column.kind == CellKind::kPeriod && !values::ParsePeriod(choice) && !PeriodIn(choice)) {
      return "is no period";
    }
    return "";
  }

  // A table of percentages is no table of counts.
  void AskFigure() {
    Question question{.id = "figure", .what = "The figures are percentages. What are they of?"};
    for (const auto& [word, column] : printed_.figures) {
      question.readings.push_back({word, "the column " + column});
    }
    const bool are_percentages = axes_.are_known && ArePercentages();
    const auto choice =
        are_percentages ? inquiry_.Ask(std::move(question)) : inquiry_.Given(std::move(question));
    if (!choice) return;
    for (const auto& [word, column] : printed_.figures) {
      if (word == *choice) layout_.figure = column;
    }
  }

  bool ArePercentages() const {
    std::size_t percentages = 0;
    std::size_t others = 0;
    for (const Slot& row : layout_.rows) {
      for (const Slot& column : layout_.columns) {
        if (row.meaning != Meaning::kFigures || column.meaning != Meaning::kFigures ||
            !row.figure.empty() || !column.figure.empty()) {
          continue;
        }
        const std::string_view cell = CellAt(lines_[row.at], column.at);
        const auto number = NumberIn(cell);
        if (!number) continue;
        (number->sign == UnitSign::kPercent ? percentages : others) += 1;
      }
    }
    return percentages > others;
  }

  const Lines& lines_;
  const DatasetSpec& dataset_;
  const PrintedSpec& printed_;
  const TableContext& context_;
  const KnownAxes& axes_;
  Layout& layout_;
  Inquiry& inquiry_;
};

}  // namespace

void AskConstants(const Lines& lines, const DatasetSpec& dataset, const TableContext& context,
                  const KnownAxes& axes, Layout& layout, Inquiry& inquiry) {
  ConstantAsker(lines, dataset, context, axes, layout, inquiry).Run();
}

}  // namespace daybook::ingest
