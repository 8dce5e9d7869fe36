#include "services/cli/column_of.h"

#include <algorithm>
#include <optional>

#include "proto/registry/prescribed_items.h"
#include "services/cli/dataset.h"

namespace daybook::cli {
namespace {

struct Renamed {
  std::string_view dataset;
  std::string_view field;
  std::string_view column;
};

// Where the two have different names.
constexpr Renamed kRenamed[] = {
    {"successions", "from_organisation_ids", "from"},
    {"successions", "to_organisation_id", "to"},
    {"areas", "parent_ids", "parents"},
    {"partnerships", "area_ids", "areas"},
    {"members", "partnership_id", "partnership"},
    {"members", "organisation_id", "organisation"},
    {"members", "from_date", "from"},
    {"measures", "dimension_ids", "dimensions"},
    {"breaks", "latest_date", "latest"},
    {"observations", "percent", "printed_percent"},
    {"resolutions", "partnership_id", "partnership"},
    {"resolutions", "body", "committee"},
    {"resolutions", "passed_date", "passed"},
    {"resolutions", "due_date", "due"},
    {"responses", "answered_date", "answered"},
    {"assessments", "partnership_id", "partnership"},
    {"assessment-sections", "section", "content"},
    {"assessment-sections", "submitted_date", "delivered"},
    {"assessment-approvals", "approved_date", "approved"},
    {"risk-ranks", "forum_date", "forum"},
    {"projects", "priority_ids", "priorities"},
    {"projects", "themes_dimension_id", "themes_of"},
    {"projects", "theme_ids", "themes"},
    {"grants", "partnership_id", "partnership"},
    {"activities", "partnership_id", "partnership"},
    {"reaches", "count", "value"},
    {"harm-weights", "from_date", "from"},
    {"orders", "partnership_id", "partnership"},
    {"orders", "area_id", "area"},
    {"orders", "made_date", "made"},
    {"orders", "expires_date", "expires"},
    {"order-reviews", "reviewed_date", "reviewed"},
    {"order-reviews", "expires_date", "expires"},
    {"breaches", "subject", "person"},
    {"breaches", "occurred_date", "occurred"},
    {"breach-steps", "subject", "person"},
    {"breach-steps", "taken_date", "taken"},
    {"tasks", "partnership_id", "partnership"},
    {"tasks", "raised_date", "raised"},
    {"task-ends", "actioned_date", "actioned"},
    {"penalties", "partnership_id", "partnership"},
    {"penalties", "issued_date", "issued"},
    {"penalty-ends", "settled_date", "settled"},
    {"figures", "published_date", "published"},
    {"figures", "absolute", "change_absolute"},
    {"plans", "partnership_id", "partnership"},
    {"plan-adoptions", "date", "agreed"},
    {"plan-adoptions", "adopted_by", "agreed_by"},
    {"priority-changes", "retired_date", "retired"},
    {"actions", "organisation", "leads"},
    {"actions", "role", "leads"},
    {"updates", "to_organisation", "left_to"},
    {"updates", "label", "measure_label"},
    {"updates", "percent", "printed_percent"},
    {"incidents", "happened_from", "committed_from"},
    {"incidents", "happened_to", "committed_to"},
    {"incidents", "withdrawal", "withdrawn"},
    {"police-uk-street", "source_key", "Crime ID"},
    {"police-uk-street", "month", "Month"},
    {"police-uk-street", "force", "Reported by"},
    {"police-uk-street", "longitude", "Longitude"},
    {"police-uk-street", "latitude", "Latitude"},
    {"police-uk-street", "location", "Location"},
    {"police-uk-street", "lsoa_code", "LSOA code"},
    {"police-uk-street", "district", "LSOA name"},
    {"police-uk-street", "type", "Crime type"},
    {"police-uk-street", "outcome", "Last outcome category"},
};

// All datasets of prescribed information have the same names but for the column of their items.
std::optional<std::string_view> PrescribedColumn(std::string_view dataset, std::string_view field) {
  const auto* prescribed = registry::FindPrescribedDataset(dataset);
  if (prescribed == nullptr) return std::nullopt;
  if (field == "type") return prescribed->column;
  if (field == "happened_from" || field == "month") return "date";
  return std::nullopt;
}

// "measurements[2].quantity.value" -> "value".
std::string_view LastStep(std::string_view field) {
  const std::size_t dot = field.rfind('.');
  if (dot != std::string_view::npos) field.remove_prefix(dot + 1);
  return field.substr(0, field.find('['));
}

}  // namespace

std::string ColumnOf(std::string_view dataset, std::string_view field) {
  const Dataset* known = FindDataset(dataset);
  if (known == nullptr) return std::string(field);
  // From the last step of the path outwards: a lead's name came from the column of all leads.
  for (std::string_view path = field;; path.remove_suffix(path.size() - path.rfind('.'))) {
    const std::string_view step = LastStep(path);
    if (const auto column = PrescribedColumn(dataset, step)) return std::string(*column);
    for (const Renamed& renamed : kRenamed) {
      if (renamed.dataset == dataset && renamed.field == step) return std::string(renamed.column);
    }
    const bool is_column = std::any_of(known->columns.begin(), known->columns.end(),
                                       [&](const Column& column) { return column.name == step; });
    if (is_column) return std::string(step);
    if (path.rfind('.') == std::string_view::npos) return std::string(field);
  }
}

}  // namespace daybook::cli
