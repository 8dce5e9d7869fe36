// Datasets of the registers: who takes part and what is counted.
#include "services/cli/dataset_columns.h"

namespace daybook::cli {
namespace {

Dataset Organisations() {
  return {
      "organisations",
      Columns({{"organisation_id!", "id of your choice: lower-case letters, digits and hyphens"},
               {"name!", "name as reports print it"},
               {"kind!",
                "police, council, probation, health, fire, voluntary, housing, education, "
                "partnership or other"},
               {"aliases", "other spellings, separated by semicolons"}}),
      "an organisation"};
}

Dataset Successions() {
  return {"successions",
          Columns({{"from!", "ids of the organisations that ended, separated by semicolons"},
                   {"to!", "id of the one that took over"},
                   {"date!", "first day of the new one, YYYY-MM-DD"}}),
          "organisations that went over into another"};
}

Dataset Areas() {
  return {"areas",
          Columns({{"area_id!", "id of your choice"},
                   {"code", "official code, for example E07000071"},
                   {"name!", "name; rows of incidents and observations find the area by it"},
                   {"kind!", "district, county, force, partnership, lsoa or custom"},
                   {"parents", "ids of the areas that it lies in, separated by semicolons"},
                   {"boundary_vintage", "year of its boundary"}}),
          "an area"};
}

Dataset Partnerships() {
  return {"partnerships",
          Columns({{"partnership_id!", "id of your choice"},
                   {"name!", "name"},
                   {"areas", "ids of its areas, separated by semicolons"}}),
          "a partnership"};
}

Dataset Members() {
  return {"members",
          Columns({{"partnership!", "id of the partnership"},
                   {"organisation!", kOrganisation},
                   {"role!", "statutory or another word for its part"},
                   {"from", "first day, YYYY-MM-DD"}}),
          "a member of a partnership"};
}

Dataset Dimensions() {
  return {"dimensions",
          Columns({{"dimension_id!", "id of your choice; other categories are another dimension"},
                   {"label!", "label"},
                   {"categories!",
                    "id=label of each, separated by semicolons; of bands of numbers all with their "
                    "numbers: under-12=Under 12 [0..11]; 12-plus=12 and over [12..]"},
                   {"gaps", "numbers that no band holds, for example 12..12; semicolons between"},
                   {"complete", "yes: the categories leave nothing out; no (default)"}}),
          "what figures are broken down by"};
}

Dataset Measures() {
  return {
      "measures",
      Columns(
          {{"measure_id!", "id of your choice"},
           {"label!", "name as reports print it"},
           {"subject!", "incidents, referrals or other"},
           {"unit!", "what is counted, for example offences"},
           {"is_count", "yes: whole numbers; no (default)"},
           {"parts_of_whole", "yes: a percentage of it lies between 0 and 100; no (default)"},
           {"service_id", "of a referral measure: the service"},
           {"incident_type", "of an incident measure: the crime type it counts"},
           {"overlaps", "yes: also counted in another measure, so never added; no (default)"},
           {"sort_order", "place in a table, from 1"},
           {"dimensions", "ids of what it is broken down by, separated by semicolons; at most 4"},
           {"change_from", "of a changed definition: its first day, YYYY-MM-DD"},
           {"change_cause",
            "why: definition, boundary, recording or service, which break the series, or "
            "wording"}}),
      "what a series counts"};
}

Dataset Breaks() {
  return {"breaks",
          Columns({{"measure_id!", "id of the measure"},
                   {"date!", "first day of the new definition, YYYY-MM-DD; the earliest it can be"},
                   {"cause!", "definition, boundary, recording or service"},
                   {"latest", "the latest day it can be; empty: that day"},
                   {"suspected", "yes: nobody has confirmed it; no (default)"}}),
          "a break of a series: no change is computed across it"};
}

Dataset HarmWeights() {
  return {"harm-weights",
          Columns({{"index_id!", "id of the index, for example ons-severity"},
                   {"measure_id!", "id of a measure that counts"},
                   {"weight!", "what one count weighs, a decimal of at least 0"},
                   {"from", "first day of the periods that it is for; empty: all"},
                   {"source!", "who made the weights, and of which issue"},
                   {"known", kKnown}}),
          "how heavy one count weighs in an index of harm"};
}

}  // namespace

std::vector<Dataset> RegisterDatasets() {
  return {Organisations(), Successions(), Areas(),  Partnerships(), Members(),
          Dimensions(),    Measures(),    Breaks(), HarmWeights()};
}

}  // namespace daybook::cli
