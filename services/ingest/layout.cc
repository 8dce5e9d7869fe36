#include "services/ingest/layout.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_join.h"
#include "fmt/format.h"
#include "services/ingest/computed_cells.h"
#include "services/ingest/label_meaning.h"
#include "services/ingest/layout_constants.h"
#include "services/ingest/period_labels.h"

namespace daybook::ingest {
namespace {

constexpr std::string_view kEach = "each";  // every label says something of its own
constexpr std::string_view kAbove = "columns-above";

// What the labels of the rows, or of one header row, are.
struct Axis {
  bool is_known = false;
  bool is_each = false;
  bool is_ignored = false;            // an upper header row that says nothing of its columns
  const PrintedPart* part = nullptr;  // where each of them names one
  std::string list;                   // of a part that is a list
  bool IsPeriod(const DatasetSpec& dataset) const {
    const ColumnSpec* column = part == nullptr ? nullptr : dataset.Find(part->column);
    return column != nullptr && column->kind == CellKind::kPeriod;
  }
};

std::string Examples(const std::vector<std::string>& labels) {
  constexpr std::size_t kShownMax = 3;
  std::string text;
  for (std::size_t i = 0; i < std::min(labels.size(), kShownMax); ++i) {
    text += (i > 0 ? ", \"" : "\"") + labels[i] + "\"";
  }
  return text + (labels.size() > kShownMax ? ", \xE2\x80\xA6" : "");
}

class LayoutMaker {
 public:
  LayoutMaker(const Lines& lines, const PrintedTable& table, const DatasetSpec& dataset,
              const TableContext& context, Inquiry& inquiry, std::vector<std::string>& notes)
      : lines_(lines),
        table_(table),
        dataset_(dataset),
        printed_(*dataset.printed),
        context_(context),
        inquiry_(inquiry),
        notes_(notes),
        periods_(inquiry, context.titles) {}

  std::optional<Layout> Make() {
    const bool has_labels = AskLabelColumn();
    if (has_labels) {
      rows_ = AxisOf("rows", "What are the rows", RowLabels(), {});
      FindColumnAxes();
    }
    const bool knows_axes = has_labels && rows_.is_known && columns_.is_known &&
                            (!table_.HasTwoHeaderRows() || above_.is_known);
    if (knows_axes) MakeSlots();
    if (knows_axes && inquiry_.open().empty()) {
      AskAboutComputed(lines_, layout_, inquiry_);
    }
    AskConstants(lines_, dataset_, context_, AxesOf(knows_axes), layout_, inquiry_);
    if (!knows_axes || !inquiry_.open().empty()) return std::nullopt;
    return std::move(layout_);
  }

 private:
  std::string_view Label(std::size_t line) const { return CellAt(lines_[line], label_column_); }

  std::vector<std::string> RowLabels() const {
    std::vector<std::string> labels;
    for (const std::size_t row : table_.rows) labels.emplace_back(Label(row));
    return labels;
  }

  // False while it is not known in which of several columns the labels are.
  bool AskLabelColumn() {
    label_column_ = table_.label_columns.front();
    if (table_.label_columns.size() == 1) return true;
    Question question{.id = "labels", .what = "In which column does it say what each row is?"};
    for (const std::size_t column : table_.label_columns) {
      std::vector<std::string> examples;
      for (const std::size_t row : table_.rows) {
        if (const auto cell = CellAt(lines_[row], column); !cell.empty()) {
          examples.emplace_back(cell);
        }
      }
      question.readings.push_back({ColumnLetters(column), Examples(examples)});
    }
    const auto choice = inquiry_.Ask(std::move(question));
    if (!choice) return false;
    for (const std::size_t column : table_.label_columns) {
      if (ColumnLetters(column) == *choice) {
        label_column_ = column;
      } else {
        notes_.push_back(
            fmt::format("column {} is not stored: the labels are in column {}, as answered",
                        ColumnLetters(column), *choice));
      }
    }
    return true;
  }

  // Plain where every label is a period, or computed from such; some may be told to be one.
  bool ArePeriods(const std::vector<std::string>& labels) const {
    std::size_t periods = 0;
    std::size_t told = 0;
    for (const std::string& label : labels) {
      if (label.empty() || MeaningOfWords(label)) continue;
      const bool is_period = IsPeriodLabel(label);
      const bool is_told = inquiry_.HasAnswer(std::string(kLabelQuestion) + label);
      if (!is_period && !is_told) return false;
      periods += is_period ? 1 : 0;
      told += is_period ? 0 : 1;
    }
    return periods > 0 && periods >= told;
  }

  const PrintedPart* PeriodPart() const {
    for (const PrintedPart& part : printed_.parts) {
      const ColumnSpec* column = dataset_.Find(part.column);
      if (part.labels && column != nullptr && column->kind == CellKind::kPeriod) return &part;
    }
    return nullptr;
  }

  // `others`: axes of the table that are known; no two name the same part.
  Axis AxisOf(const std::string& id, const std::string& what, std::vector<std::string> labels,
              const std::vector<Axis>& others) {
    const bool are_periods = ArePeriods(labels);
    std::erase(labels, "");
    Question question{.id = id, .what = fmt::format("{} ({})?", what, Examples(labels))};
    const auto is_taken = [&](const PrintedPart& part) {
      return !part.is_list &&
             std::ranges::any_of(others, [&](const Axis& axis) { return axis.part == &part; });
    };
    for (const PrintedPart& part : printed_.parts) {
      if (!part.labels || is_taken(part)) continue;
      question.readings.push_back(
          {part.is_list ? part.id + ":NAME" : part.id, part.what, part.is_list});
    }
    question.readings.push_back({std::string(kEach), "each of them says something else"});
    if (id == kAbove) question.readings.push_back({"ignore", "words that belong to no column"});
    const auto wrong = [&](const std::string& choice) -> std::string {
      std::string list;
      const PrintedPart* part = PartOf(choice, printed_, list);
      if (part == nullptr || list == "NAME") return "is none of the choices";
      return is_taken(*part) ? "is what others of the table are" : "";
    };
    const auto choice =
        are_periods ? inquiry_.Given(question, wrong) : inquiry_.Ask(std::move(question), wrong);
    Axis axis;
    if (!choice) {
      axis.is_known = are_periods;
      axis.part = are_periods ? PeriodPart() : nullptr;
      return axis;
    }
    axis.is_each = *choice == kEach;
    axis.is_ignored = *choice == "ignore";
    axis.part = PartOf(*choice, printed_, axis.list);
    axis.is_known = axis.is_each || axis.is_ignored || axis.part != nullptr;
    return axis;
  }

  void FindColumnAxes() {
    std::vector<std::string> labels;
    std::vector<std::string> above;
    bool parts_of_years = table_.HasTwoHeaderRows();
    for (const Heading& heading : table_.headings) {
      labels.push_back(heading.label);
      above.push_back(heading.above);
      if (heading.above.empty() || MeaningOfWords(heading.label)) continue;
      parts_of_years = parts_of_years && IsYear(heading.above) && IsPartOfYear(heading.label);
    }
    columns_ = AxisOf("columns", "What are the columns", labels, {rows_});
    if (!table_.HasTwoHeaderRows()) return;
    if (parts_of_years && columns_.IsPeriod(dataset_)) {
      above_.is_known = above_.is_ignored = true;
      years_above_ = true;
      return;
    }
    above_ = AxisOf(std::string(kAbove), "What are the headings above the columns", above,
                    {rows_, columns_});
  }

  void MakeSlots() {
    layout_.figure = printed_.figures.front().second;
    layout_.rows_are_periods = rows_.IsPeriod(dataset_);
    layout_.columns_are_periods = columns_.IsPeriod(dataset_) || above_.IsPeriod(dataset_);
    for (const std::size_t row : table_.rows) {
      Slot slot{.at = row, .label = std::string(Label(row))};
      if (slot.label.empty()) {
        notes_.push_back(
            fmt::format("line {} has figures and no label: not stored", lines_[row].number));
        continue;
      }
      AddLabel(rows_, "", slot.label, lines_[row].number, slot);
      layout_.rows.push_back(std::move(slot));
    }
    std::size_t without = 0;
    for (const Heading& heading : table_.headings) {
      if (heading.Text().empty()) {
        ++without;
        continue;
      }
      layout_.columns.push_back(ColumnSlot(heading));
    }
    if (without > 0) {
      notes_.push_back(fmt::format("{} columns of figures without a heading: not stored", without));
    }
  }

  Slot ColumnSlot(const Heading& heading) {
    Slot slot{.at = heading.column,
              .label = heading.Text(),
              .group = heading.above,
              .begins_group = heading.has_own_above};
    const std::uint32_t line = lines_[table_.header].number;
    // An answer to both headings together goes before one to each of them.
    const bool is_told =
        !heading.above.empty() && inquiry_.HasAnswer(std::string(kLabelQuestion) + slot.label);
    if (!heading.above.empty() && !above_.is_ignored) {
      AddLabel(above_, "", heading.above, lines_[table_.first_header].number, slot);
    }
    if (is_told) {
      AddLabel(columns_, heading.above, slot.label, line, slot);
    } else if (slot.meaning == Meaning::kFigures) {
      AddLabel(columns_, heading.above, heading.label, line, slot);
    }
    return slot;
  }

  Question LabelQuestion(const Axis& axis, const std::string& label, std::uint32_t line) const {
    Question question{.id = std::string(kLabelQuestion) + label,
                      .what = fmt::format("What is \"{}\"?", label),
                      .lines = {line}};
    question.readings = {{"ignore", "computed elsewhere, or of no use: neither stored nor checked"},
                         {"total", "the sum of others: checked, not stored"},
                         {"change", "the difference of two others: checked, not stored"},
                         {"change-percent", "likewise in percent: checked, not stored"}};
    if (axis.part != nullptr && axis.part->is_list) {
      question.readings.push_back(
          {"total-kept", "the sum of others: checked, and stored as all of them together"});
    }
    std::vector<std::string> figures;
    for (const auto& figure : printed_.figures) figures.push_back(figure.first);
    std::vector<std::string> parts;
    for (const PrintedPart& part : printed_.parts) parts.push_back(part.id);
    question.other = axis.part == nullptr ? "" : "its name as it is registered; or ";
    question.other +=
        fmt::format("PART=TEXT with \"; \" between several, where PART is {} or figure ({})",
                    absl::StrJoin(parts, ", "), absl::StrJoin(figures, ", "));
    return question;
  }

  std::string WrongLabelAnswer(const Axis& axis, const std::string& choice) const {
    if (choice.find('=') != std::string::npos) {
      std::string wrong;
      AssignmentsIn(choice, printed_, wrong);
      return wrong;
    }
    if (MeaningOfAnswer(choice)) return "";
    return axis.part != nullptr && !choice.empty() ? "" : "says nothing of its figures";
  }

  // What a label says goes into the slot.
  void AddLabel(const Axis& axis, const std::string& above, const std::string& label,
                std::uint32_t line, Slot& slot) {
    Question question = LabelQuestion(axis, label, line);
    const auto wrong = [&](const std::string& choice) { return WrongLabelAnswer(axis, choice); };
    slot.question = question.id;
    if (inquiry_.HasAnswer(question.id)) {
      if (const auto choice = inquiry_.Given(std::move(question), wrong)) {
        TakeAnswer(axis, *choice, label, slot);
      }
      return;
    }
    if (const auto meaning = MeaningOfWords(label)) {
      slot.meaning = *meaning;
      return;
    }
    if (axis.is_each) {
      inquiry_.Ask(std::move(question), wrong);
      return;
    }
    if (!axis.IsPeriod(dataset_)) return Fill(axis, label, label, slot);
    const auto period = periods_.Read(years_above_ ? above : "", label, line);
    if (period) return Fill(axis, *period, label, slot);
    if (!periods_.asked()) inquiry_.Ask(std::move(question), wrong);
  }

  void Fill(const Axis& axis, const std::string& text, const std::string& label, Slot& slot) const {
    if (axis.part == nullptr) return;
    AddCell(*axis.part, CellOf(*axis.part, axis.list, text), slot.cells);
    slot.labels[axis.part->column] = label;
  }

  void TakeAnswer(const Axis& axis, const std::string& choice, const std::string& label,
                  Slot& slot) const {
    slot.is_told = true;
    if (const auto meaning = MeaningOfAnswer(choice)) {
      slot.meaning = *meaning;
    } else if (choice.find('=') == std::string::npos) {
      Fill(axis, choice, label, slot);
    } else {
      std::string wrong;
      const auto assignments = AssignmentsIn(choice, printed_, wrong);
      for (const auto& [column, text] : assignments->cells) {
        const auto part = std::ranges::find(printed_.parts, column, &PrintedPart::column);
        AddCell(*part, text, slot.cells);
        slot.labels[column] = label;
      }
      if (!assignments->figure.empty()) slot.figure = assignments->figure;
    }
  }

  KnownAxes AxesOf(bool are_known) const {
    KnownAxes axes{.are_known = are_known};
    for (const Axis* axis : {&rows_, &columns_, &above_}) {
      if (axis->part != nullptr) axes.parts.insert(axis->part->column);
      axes.may_be_periods = axes.may_be_periods || axis->is_each || axis->IsPeriod(dataset_);
    }
    return axes;
  }

  const Lines& lines_;
  const PrintedTable& table_;
  const DatasetSpec& dataset_;
  const PrintedSpec& printed_;
  const TableContext& context_;
  Inquiry& inquiry_;
  std::vector<std::string>& notes_;
  PeriodLabels periods_;
  std::size_t label_column_ = 0;
  Axis rows_;
  Axis columns_;
  Axis above_;
  bool years_above_ = false;  // quarters or months below years
  Layout layout_;
};

}  // namespace

std::optional<Layout> LayoutOf(const Lines& lines, const PrintedTable& table,
                               const DatasetSpec& dataset, const TableContext& context,
                               Inquiry& inquiry, std::vector<std::string>& notes) {
  return LayoutMaker(lines, table, dataset, context, inquiry, notes).Make();
}

}  // namespace daybook::ingest
