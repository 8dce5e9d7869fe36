// Rows of the files that say what is counted -> commands.
#include <charconv>
#include <optional>
#include <string>
#include <string_view>

#include "absl/strings/ascii.h"
#include "services/cli/cell_reader.h"
#include "services/cli/command_mapping.h"

namespace daybook::cli {
namespace {

using Dimension = measures::events::v1::DimensionDefined;

std::string_view Trimmed(std::string_view text) {
  const absl::string_view trimmed = absl::StripAsciiWhitespace({text.data(), text.size()});
  return {trimmed.data(), trimmed.size()};
}

std::optional<std::uint32_t> WholeNumber(std::string_view text) {
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

struct Run {
  std::uint32_t lower = 0;
  std::optional<std::uint32_t> upper;  // nullopt: open above
};

// "0..11", "12..".
std::optional<Run> ReadRun(std::string_view text) {
  const std::size_t dots = text.find("..");
  if (dots == std::string_view::npos) return std::nullopt;
  const auto lower = WholeNumber(Trimmed(text.substr(0, dots)));
  const std::string_view end = Trimmed(text.substr(dots + 2));
  const auto upper = WholeNumber(end);
  if (!lower || (!upper && !end.empty())) return std::nullopt;
  return Run{*lower, upper};
}

// "under-12=Under 12 [0..11]", "male=Male".
bool ReadCategory(std::string_view text, Dimension::Category& category) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos) return false;
  category.set_category_id(std::string(Trimmed(text.substr(0, equals))));
  std::string_view label = Trimmed(text.substr(equals + 1));
  const std::size_t bracket = label.rfind('[');
  if (bracket != std::string_view::npos && label.ends_with(']')) {
    const auto run = ReadRun(label.substr(bracket + 1, label.size() - bracket - 2));
    if (!run) return false;
    category.set_lower(run->lower);
    if (run->upper) category.set_upper(*run->upper);
    label = Trimmed(label.substr(0, bracket));
  }
  category.set_label(std::string(label));
  return true;
}

}  // namespace

void Map(const ingest::TableRow& row, measures::v1::DefineDimensionRequest& out,
         values::Problems& problems) {
  CellReader cells(row, problems);
  out.set_dimension_id(cells.Text("dimension_id"));
  out.set_label(cells.Text("label"));
  for (const std::string& text : cells.List("categories")) {
    if (ReadCategory(text, *out.add_categories())) continue;
    cells.Problem("categories", "INVALID_FIELD", "has an entry that is not of the form id=label",
                  "Write for example under-12=Under 12 [0..11]; 12-plus=12 and over [12..].");
  }
  for (const std::string& text : cells.List("gaps")) {
    const auto run = ReadRun(text);
    if (!run || !run->upper) {
      cells.Problem("gaps", "INVALID_FIELD", "has an entry that is no span of numbers",
                    "Write for example 12..12.");
      continue;
    }
    auto* gap = out.add_gaps();
    gap->set_lower(run->lower);
    gap->set_upper(*run->upper);
  }
  out.set_complete(cells.YesNo("complete"));
}

void Map(const ingest::TableRow& row, measures::v1::DefineMeasureRequest& out,
         values::Problems& problems) {
  CellReader cells(row, problems);
  out.set_measure_id(cells.Text("measure_id"));
  out.set_label(cells.Text("label"));
  out.set_subject(static_cast<measures::events::v1::MeasureDefined::Subject>(
      cells.Word("subject", {"", "incidents", "referrals", "other"})));
  out.set_unit(cells.Text("unit"));
  out.set_is_count(cells.YesNo("is_count"));
  out.set_parts_of_whole(cells.YesNo("parts_of_whole"));
  out.set_service_id(cells.Text("service_id"));
  out.set_incident_type(cells.Text("incident_type"));
  out.set_overlaps(cells.YesNo("overlaps"));
  out.set_sort_order(cells.Number("sort_order"));
  for (const std::string& dimension : cells.List("dimensions")) out.add_dimension_ids(dimension);
  out.set_change_from(cells.Text("change_from"));
  out.set_change_cause(cells.Text("change_cause"));
}

void Map(const ingest::TableRow& row, measures::v1::DeclareBreakRequest& out,
         values::Problems& problems) {
  CellReader cells(row, problems);
  out.set_measure_id(cells.Text("measure_id"));
  out.set_date(cells.Text("date"));
  out.set_cause(cells.Text("cause"));
  out.set_latest_date(cells.Text("latest"));
  out.set_suspected(cells.YesNo("suspected"));
}

}  // namespace daybook::cli
