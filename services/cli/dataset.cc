#include "services/cli/dataset.h"

#include <algorithm>

namespace daybook::cli {
namespace {

// "name!" is a required column.
std::vector<Column> Columns(std::initializer_list<std::string_view> names) {
  std::vector<Column> columns;
  for (std::string_view name : names) {
    const bool required = name.back() == '!';
    if (required) name.remove_suffix(1);
    columns.push_back({std::string(name), required});
  }
  return columns;
}

bool Knows(const Dataset& dataset, std::string_view column) {
  return std::any_of(dataset.columns.begin(), dataset.columns.end(),
                     [&](const Column& known) { return known.name == column; });
}

bool Fits(const Dataset& dataset, const std::vector<std::string>& header) {
  const auto has = [&](const std::string& name) {
    return std::find(header.begin(), header.end(), name) != header.end();
  };
  return std::all_of(dataset.columns.begin(), dataset.columns.end(),
                     [&](const Column& column) { return !column.required || has(column.name); }) &&
         std::all_of(header.begin(), header.end(),
                     [&](const std::string& name) { return Knows(dataset, name); });
}

}  // namespace

const std::vector<Dataset>& Datasets() {
  static const auto& datasets = *new std::vector<Dataset>{
      {"organisations", Columns({"organisation_id!", "name!", "kind!", "aliases"}),
       "an organisation"},
      {"successions", Columns({"from!", "to!", "date!"}),
       "organisations that went over into another"},
      {"areas", Columns({"area_id!", "code", "name!", "kind!", "parents", "boundary_vintage"}),
       "an area"},
      {"partnerships", Columns({"partnership_id!", "name!", "areas"}), "a partnership"},
      {"members", Columns({"partnership!", "organisation!", "role!", "from"}), "a member"},
      {"measures",
       Columns({"measure_id!", "label!", "subject!", "unit!", "is_count", "parts_of_whole",
                "service_id", "incident_type", "overlaps", "sort_order"}),
       "what a series counts"},
      {"breaks", Columns({"measure_id!", "date!", "cause!"}), "a break of a series"},
      {"observations",
       Columns({"measure_id!", "area!", "source!", "extract", "period!", "basis!", "stage", "value",
                "precision", "upper", "absence", "numerator", "denominator", "denominator_area",
                "printed_percent", "missing", "caveats", "known"}),
       "a figure of a series"},
      {"figures",
       Columns({"document_id!", "section", "published!", "measure_id!", "area!", "period!",
                "compared_with", "value", "precision", "percent", "change_percent",
                "change_absolute"}),
       "a figure as a document printed it"},
      {"plans", Columns({"plan_id!", "partnership!", "year!", "title!"}), "a plan"},
      {"priorities", Columns({"plan_id!", "priority_id!", "number", "label!", "cross_cutting"}),
       "a priority or cross-cutting heading"},
      {"commitments", Columns({"plan_id!", "priority_id!", "commitment_id!", "label!"}),
       "a commitment under a cross-cutting heading"},
      {"actions",
       Columns({"plan_id!", "action_id!", "priority_id", "objective", "label!", "outcome", "leads",
                "deadline"}),
       "an action of a plan"},
      {"targets",
       Columns({"plan_id!", "action_id!", "target_id!", "kind!", "measure!", "comparator",
                "threshold", "unit", "cumulative"}),
       "a target of an action"},
      {"updates",
       Columns({"plan_id!", "action_id!", "period!", "organisation", "state", "left_to",
                "narrative", "measure", "measure_label", "value", "precision", "numerator",
                "denominator", "printed_percent", "missing", "unit", "own_period", "stage",
                "known"}),
       "an update, or one more figure of the update in the row above"},
      {"referrals",
       Columns({"referral_id!", "service_id!", "received!", "area", "status", "subject_ref", "age",
                "sex", "need", "referred_by", "place", "note"}),
       "a referral"},
      {"incidents",
       Columns({"source_key", "month!", "type!", "force!", "district", "lsoa_code", "outcome",
                "longitude", "latitude", "location"}),
       "an incident"},
      {"police-uk-street",
       Columns({"Crime ID!", "Month!", "Reported by!", "Falls within", "Longitude", "Latitude",
                "Location", "LSOA code", "LSOA name", "Crime type!", "Last outcome category",
                "Context"}),
       "a crime or incident of data.police.uk"},
  };
  return datasets;
}

const Dataset* FindDataset(std::string_view name) {
  for (const Dataset& dataset : Datasets()) {
    if (dataset.name == name) return &dataset;
  }
  return nullptr;
}

const Dataset* RecogniseDataset(const std::vector<std::string>& header) {
  const Dataset* found = nullptr;
  for (const Dataset& dataset : Datasets()) {
    if (!Fits(dataset, header)) continue;
    if (found != nullptr) return nullptr;
    found = &dataset;
  }
  return found;
}

}  // namespace daybook::cli
