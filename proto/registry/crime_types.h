// The register of crime types and outcomes of data.police.uk: which codes there are, how sources
// word them, and in which months a type was in use.
//
// Codes are those of the data.police.uk API ("violent-crime"); its CSV files word the same things
// differently ("Violence and sexual offences"). The categories changed in September 2011 and in May
// 2013 (https://data.police.uk/changelog/); types that ended have codes of their own. The version
// stands in every recorded event, so that a reader knows by which register a wording was read. A
// code, once used, never changes its meaning.
//
// Pure and thread-safe; views returned point to static storage.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace daybook::registry {

inline constexpr std::uint32_t kCrimeRegisterVersion = 2;

// The type that is an incident and not a crime: totals are given with it and without it.
inline constexpr std::string_view kAntiSocialBehaviour = "anti-social-behaviour";

struct CrimeType {
  std::string_view code;  // stored
  std::string_view name;  // as the CSV files print it
  // "2013-05": the first and the last month in which it was in use; empty: since the first file
  // (December 2010), and still.
  std::string_view first_month = {};
  std::string_view last_month = {};
  // Months from which on it counts something else than before, each seven bytes.
  std::string_view redefined = {};
  std::string_view successors = {};  // names of the types that took its place

  bool IsInUse(std::string_view month) const {
    return first_month <= month && (last_month.empty() || month <= last_month);
  }
};

struct Outcome {
  std::string_view code;
  std::string_view name;
};

// Crime types in the order of their names, outcomes in that of the API's list.
std::span<const CrimeType> CrimeTypes();
std::span<const Outcome> Outcomes();

// The crime type given as code or in the wording of CSV or API, whatever its case, spacing and
// punctuation; nullptr when it is not registered. "violent-crime" is the code of today's type,
// "Violent crime" the name of the one that ended in April 2013.
const CrimeType* FindCrimeType(std::string_view wording);
// The same; of a wording that is the name of one type and the code of another ("violent crime") the
// one is meant that was in use in the month ("2014-05").
const CrimeType* FindCrimeType(std::string_view wording, std::string_view month);
// By code only.
const CrimeType* CrimeTypeOf(std::string_view code);
// Names of the types whose place it took, "" where it took that of none.
std::string PredecessorsOf(const CrimeType& type);
// The name of a type that is most like a wording.
std::string NearestCrimeType(std::string_view wording);

// Whether counts of a type in the months from..to (both "YYYY-MM", both included) cannot be
// compared with each other: it began, ended or was redefined after `from` and not after `to`. false
// for a type that is not registered.
bool ChangesBetween(std::string_view code, std::string_view from, std::string_view to);

// The code of an outcome; "" for an empty wording and for "NA", which extracts of the API print
// where there is no outcome; nullopt when it is not registered.
std::optional<std::string_view> OutcomeCode(std::string_view wording);
std::string NearestOutcome(std::string_view wording);

}  // namespace daybook::registry
