// The register of crime types and outcomes: which codes there are and how sources word them.
//
// Codes are those of the data.police.uk API ("violent-crime"); its CSV files word the same things
// differently ("Violence and sexual offences"). The version stands in every recorded event, so that
// a reader knows by which register a wording was read. A code, once used, never changes its
// meaning.
//
// Pure and thread-safe; views returned point to static storage.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace daybook::incidents {

inline constexpr std::uint32_t kRegisterVersion = 1;

inline constexpr std::string_view kAntiSocialBehaviour = "anti-social-behaviour";

struct RegisterEntry {
  std::string_view code;  // stored
  std::string_view name;  // as the CSV files print it
};

// Crime types in the order of their names, outcomes in that of the API's list.
std::span<const RegisterEntry> CrimeTypes();
std::span<const RegisterEntry> Outcomes();

// The code of a crime type given as code or in the wording of CSV or API, whatever its case and
// spacing; nullopt when it is not registered.
std::optional<std::string_view> CrimeTypeCode(std::string_view wording);

// Likewise for outcomes. "" for an empty wording and for "NA", which extracts of the API print
// where there is no outcome.
std::optional<std::string_view> OutcomeCode(std::string_view wording);

}  // namespace daybook::incidents
