// Depersonalised information that responsible authorities share for every three months, by the end
// of the three months that follow: section 17A of the Crime and Disorder Act 1998, and the Crime
// and Disorder (Prescribed Descriptions of Information) Regulations 2007 (SI 2007/1831). Which
// items there are, in which dataset they come, and who holds them.
//
// A code, once used, never changes its meaning. Pure and thread-safe; views returned point to
// static storage.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "proto/values/civil.h"

namespace daybook::registry {

// How a record of the item says where it was.
enum class PrescribedPlace : std::uint8_t {
  kLocation,         // district, and street, LSOA code or coordinates
  kOutwardPostcode,  // the outward part of a postcode alone, for example CO1
};

struct PrescribedDataset {
  std::string_view name;    // "prescribed-fire"
  std::string_view column;  // of its items in a file, by which the file is known: "fire_category"
  std::string_view holder;  // who holds it, in words
  PrescribedPlace place = PrescribedPlace::kLocation;
};

struct PrescribedItem {
  std::string_view code;     // stored
  std::string_view name;     // as tables print it
  std::string_view dataset;  // PrescribedDataset::name
  // False: the item is asked for by partnerships, and its wording is to be checked against the
  // Schedule of the Regulations.
  bool is_confirmed = false;
};

std::span<const PrescribedDataset> PrescribedDatasets();
// nullptr where the dataset is another one.
const PrescribedDataset* FindPrescribedDataset(std::string_view name);
inline bool IsPrescribed(std::string_view dataset) {
  return FindPrescribedDataset(dataset) != nullptr;
}

// By dataset, in the order of the tables.
std::span<const PrescribedItem> PrescribedItems();
// By code only; nullptr where there is none.
const PrescribedItem* PrescribedItemOf(std::string_view code);
// The item of a dataset given as code or name, whatever its case, spacing and punctuation.
const PrescribedItem* FindPrescribedItem(std::string_view dataset, std::string_view wording);
// The name of an item of the dataset that is most like a wording.
std::string NearestPrescribedItem(std::string_view dataset, std::string_view wording);

// The three months (from January, April, July or October) in which a day lies, as first and last
// day, and the day by which they are to be shared: the last of the next three months.
struct PrescribedPeriod {
  values::CivilDay first;
  values::CivilDay last;
  values::CivilDay due;
};
PrescribedPeriod PrescribedPeriodOf(values::CivilDay day);

}  // namespace daybook::registry
