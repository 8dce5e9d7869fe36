// Incidents in the versions of a file: how a row is known again, and the events of a difference.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "daybook/incidents/events/v1/events.pb.h"
#include "services/commands/fact_versions.h"
#include "services/incidents/domain/incident_row.h"
#include "services/incidents/domain/incident_state.h"

namespace daybook::incidents {

// Datasets police-uk-street and police-uk-api (published), incidents and those of prescribed
// information (place and time sealed).
struct IncidentTraits {
  using Fact = events::v1::IncidentRecorded;
  using Revised = events::v1::IncidentRevised;
  using Voided = events::v1::IncidentVoided;
  using Earlier = events::v1::IncidentStatedEarlier;
  static constexpr std::string_view kContext = "incidents";
  // Several offences may be recorded under one crime number.
  static constexpr bool kKeysMayRepeat = true;
  static constexpr std::span<const std::string_view> kParts = incidents::kParts;

  static bool Has(std::string_view dataset);
  static bool IsPublished(std::string_view dataset) { return incidents::IsPublished(dataset); }
  static const Fact& Now(const Revised& revised) { return revised.incident(); }
  static ReadRow FromStaged(std::string_view staged) { return incidents::FromStaged(staged); }
  static const Fact& FactOf(const ReadRow& row) { return row.incident; }
  static std::vector<commands::DraftPart> SealedOf(const ReadRow& row) {
    return incidents::SealedOf(row);
  }
  static void TakeErased(const std::vector<std::string>& parts, ReadRow& row) {
    incidents::TakeErased(parts, row);
  }
  // Rows without a key are the same ones only within their agency and dataset; of published records
  // whatever the name of their file, of others, whose places are sealed, within their scope.
  static commands::RowHash ContentIn(const commands::ScopeName& scope, const Fact& incident);
  static std::string KeyedStream(const commands::ScopeName& scope, const Fact& incident);
  static std::string AlikeStream(const commands::RowHash& content, std::uint32_t copy);
  static commands::DraftEvent Draft(const std::string& stream, ReadRow row);
  static commands::DraftEvent DraftRevision(const std::string& stream, ReadRow row,
                                            const std::optional<Fact>& before);
  static commands::RowPlace PlaceOf(const Fact& incident) {
    return {incident.month(), incident.district()};
  }
  static eventstore::Effective EffectiveOf(const Fact& incident) { return MonthOf(incident); }
  static commands::DraftEvent WithSealed(commands::DraftEvent draft, const ReadRow& row) {
    return WithPlace(std::move(draft), row);
  }
  static void Amend(const google::protobuf::Message&, Fact&) {}
};

using IncidentVersions = commands::FactVersions<IncidentTraits>;

}  // namespace daybook::incidents
