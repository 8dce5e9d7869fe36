#include "services/incidents/application/incident_versions.h"

#include "proto/registry/prescribed_items.h"
#include "services/incidents/domain/incident_state.h"

namespace daybook::incidents {

using commands::RowHash;
using commands::ScopeName;

bool IncidentTraits::Has(std::string_view dataset) {
  return IsPublished(dataset) || dataset == "incidents" || registry::IsPrescribed(dataset);
}

RowHash IncidentTraits::ContentIn(const ScopeName& scope, const Fact& incident) {
  const RowHash content = ContentOf(incident);
  if (!incident.source_key().empty()) return content;
  const std::string_view within = IsPublished(scope.dataset) ? "" : std::string_view(scope.scope);
  return commands::HashRow({scope.agency, scope.dataset, within, ToHex(content)});
}

std::string IncidentTraits::KeyedStream(const ScopeName&, const Fact& incident) {
  return incident.source_key().empty() ? std::string() : KeyedIncidentStream(incident);
}

std::string IncidentTraits::AlikeStream(const RowHash& content, std::uint32_t copy) {
  return AlikeIncidentStream(ToHex(content), copy);
}

commands::DraftEvent IncidentTraits::Draft(const std::string& stream, ReadRow row) {
  row.stream = stream;
  return DraftIncident(row);
}

commands::DraftEvent IncidentTraits::DraftRevision(const std::string& stream, ReadRow row,
                                                   const std::optional<Fact>& before) {
  row.stream = stream;
  return incidents::DraftRevision(row, before);
}

}  // namespace daybook::incidents
