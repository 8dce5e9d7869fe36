#include "services/cli/headings.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "proto/registry/prescribed_items.h"

namespace daybook::cli {
namespace {

using Headings = std::map<std::string_view, std::vector<std::string>>;

const std::vector<std::string>& Districts() {
  static const auto& words = *new std::vector<std::string>{"Borough",
                                                           "Borough name",
                                                           "District",
                                                           "District name",
                                                           "District or borough",
                                                           "District borough",
                                                           "Borough district",
                                                           "Local authority",
                                                           "Local authority name",
                                                           "Local authority district",
                                                           "Lad",
                                                           "Lad name",
                                                           "Council"};
  return words;
}

const Headings& OfIncidents() {
  static const auto& headings = *new Headings{
      {"source_key",
       {"Crime number", "Crime no", "Crime ref", "Crime ref no", "Crime reference",
        "Crime reference number", "Incident number", "Incident no", "Incident ref",
        "Incident reference", "Incident ID", "Log number", "Investigation number", "Urn"}},
      {"month",
       {"Date", "Date reported", "Reported date", "Month reported", "Month recorded",
        "Date of offence", "Offence date", "Date of incident", "Incident date", "Date occurred"}},
      {"type",
       {"Offence", "Offence type", "Offence category", "Crime type", "Crime category",
        "Incident type", "Incident category"}},
      {"force", {"Police force", "Recording force", "Force name"}},
      {"district", Districts()},
      {"lsoa_code", {"Lsoa", "LSOA code 2011", "LSOA code 2021", "Lsoa11cd", "Lsoa21cd"}},
      {"outcome", {"Last outcome category", "Outcome type", "Disposal"}},
      {"longitude", {"Long", "Lng", "Lon"}},
      {"latitude", {"Lat"}},
      {"location", {"Street", "Street name", "Address", "Place"}},
      {"recorded", {"Recorded date", "Date recorded", "Recorded on", "Created date"}},
      {"committed_from",
       {"Committed from date", "Date committed from", "Committed on from", "Offence start date",
        "Earliest date"}},
      {"committed_to",
       {"Committed to date", "Date committed to", "Committed on to", "Offence end date",
        "Latest date"}},
      {"sub_group",
       {"Offence sub group", "Offence subgroup", "Subgroup", "Home Office sub group",
        "Home Office subgroup", "HO sub group", "HO offence subgroup"}},
      {"offence_code",
       {"Home Office code", "HO code", "Home Office offence code", "HO offence code"}},
      {"flags", {"Flag", "Crime flags", "Markers", "Keywords"}},
      {"withdrawn", {"Cancelled reason", "No crime reason"}}};
  return headings;
}

const Headings& OfReferrals() {
  static const auto& headings = *new Headings{
      {"referral_id",
       {"Referral number", "Referral no", "Referral ref", "Referral reference", "Ref", "Ref no",
        "Ref number", "Reference", "Reference number", "Case number", "Case no", "Case ref",
        "Case reference", "Case ID"}},
      {"service_id", {"Service", "Service name", "Referred to", "Service referred to"}},
      {"received",
       {"Date received", "Received date", "Month received", "Referral date", "Date of referral",
        "Date referred"}},
      {"area", Districts()},
      {"status", {"Referral status", "Current status"}},
      {"subject_ref",
       {"Client ID", "Client ref", "Client reference", "Client number", "Person ID", "Person ref",
        "Service user ID"}},
      {"age", {"Age band", "Age group", "Age range", "Age at referral"}},
      {"sex", {"Gender"}},
      {"need",
       {"Needs", "Primary need", "Presenting need", "Reason for referral", "Referral reason"}},
      {"referred_by",
       {"Source of referral", "Referral source", "Referrer", "Referring agency", "Referred from"}},
      {"note", {"Notes", "Comment", "Comments", "Free text"}}};
  return headings;
}

// Of the files of data.police.uk, as offices store them. Not the key: what an office calls a crime
// number has not the form of the site's.
const Headings& OfStreetFiles() {
  static const auto& headings =
      *new Headings{{"Reported by", {"Police force", "Force", "Force name"}},
                    {"Longitude", {"Long", "Lng", "Lon"}},
                    {"Latitude", {"Lat"}},
                    {"Location", {"Street", "Street name"}},
                    {"LSOA code", {"Lsoa", "Lsoa11cd", "Lsoa21cd"}},
                    {"Crime type", {"Crime category", "Offence type"}},
                    {"Last outcome category", {"Outcome", "Last outcome"}}};
  return headings;
}

const Headings& OfPrescribed() {
  static const auto& headings = *new Headings{
      {"category", {"Category", "Incident type", "Incident category", "Type of incident", "Item"}},
      {"date",
       {"Incident date", "Date of incident", "Admission date", "Date of admission", "Call date",
        "Date of call"}},
      {"time",
       {"Incident time", "Time of incident", "Admission time", "Time of admission", "Call time",
        "Time of call"}},
      {"outward_postcode",
       {"Outward code", "Outcode", "Postcode district", "Outward part of postcode"}},
      {"district", Districts()},
      {"lsoa_code", {"Lsoa", "Lsoa11cd", "Lsoa21cd"}},
      {"longitude", {"Long", "Lng", "Lon"}},
      {"latitude", {"Lat"}},
      {"location", {"Street", "Street name"}}};
  return headings;
}

}  // namespace

void AddHeadings(Dataset& dataset) {
  static const auto& all =
      *new std::map<std::string_view, const Headings*>{{"incidents", &OfIncidents()},
                                                       {"referrals", &OfReferrals()},
                                                       {"police-uk-street", &OfStreetFiles()}};
  const auto* prescribed = registry::FindPrescribedDataset(dataset.name);
  const auto found = all.find(dataset.name);
  if (prescribed == nullptr && found == all.end()) return;
  const Headings& headings = prescribed != nullptr ? OfPrescribed() : *found->second;
  for (Column& column : dataset.columns) {
    const bool is_item = prescribed != nullptr && column.name == prescribed->column;
    const auto words = headings.find(is_item ? "category" : std::string_view(column.name));
    if (words != headings.end()) column.headings = words->second;
  }
}

}  // namespace daybook::cli
