// The district of an incident as the ledger names it. Pure.
//
// A registered district is meant by its id, its official code or its name, whatever the name's
// case, spacing and punctuation, and stands under its registered name, so that every spelling of it
// is one place in the reports. Words such as "unknown" are no place; "out of area" is a place
// outside every registered district. What else there is must not be guessed: a misspelt district
// would silently be counted as out of the force's area.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "proto/values/problem.h"
#include "services/partners/domain/area_register.h"

namespace daybook::incidents {

// How a place outside every registered district is written.
inline constexpr std::string_view kOutOfArea = "out of area";

// Reads the districts of one message's rows. Not thread-safe: it remembers those that it has read.
// The register must outlive it.
class DistrictReader {
 public:
  explicit DistrictReader(const partners::AreaRegister& areas) : areas_(areas) {}

  // "" for no place. `from_publisher`: the row has the LSOA code that the publisher of a national
  // dataset gave it, so that a district which is not registered is a real one elsewhere, and one
  // that is nearly a registered one is asked about (`asks`). nullopt
  // with UNKNOWN_AREA, and the nearest registered district, for any other; while no district is
  // registered every name stands as it is written.
  std::optional<std::string> Read(std::string_view district, bool from_publisher,
                                  values::Problems& problems, values::Problems& asks);

 private:
  // What is asked about a district of a publisher; nullptr where it is nothing.
  const values::Problem* Misspelt(std::string_view district);

  const partners::AreaRegister& areas_;
  std::map<std::string, std::string, std::less<>> known_;  // registered names by what was written
  std::map<std::string, std::optional<values::Problem>, std::less<>> misspelt_;
};

}  // namespace daybook::incidents
