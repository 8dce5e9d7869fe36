// Incidents in the versions of a file: how a row is known again, and the events of a difference.
#pragma once

#include "services/commands/versioned_rows.h"

namespace daybook::incidents {

// Datasets police-uk-street (published) and incidents (places sealed; a sealed place is not
// compared). Thread-safe, without state.
class IncidentVersions final : public commands::VersionedRows {
 public:
  bool Has(std::string_view dataset) const override;
  std::string_view context() const override { return "incidents"; }

  commands::RowIdentity Identify(const commands::ScopeName& scope,
                                 std::string_view staged) const override;
  std::string AlikeStream(const commands::RowHash& content, std::uint32_t copy) const override;
  std::optional<commands::RowStatement> Read(const commands::ScopeName& scope,
                                             const google::protobuf::Message& event) const override;
  absl::StatusOr<std::optional<commands::RowStanding>> LookUp(
      commands::StreamLoader& loader, std::string_view stream) const override;
  absl::StatusOr<std::optional<commands::DraftEvent>> Put(commands::StreamLoader& loader,
                                                          const std::string& stream,
                                                          std::string_view staged) const override;
  absl::StatusOr<std::optional<commands::DraftEvent>> Void(
      commands::StreamLoader& loader, const std::string& stream, const std::string& submission_id,
      const std::function<bool(std::string_view submission_id)>& ours) const override;
  absl::StatusOr<std::optional<commands::DraftEvent>> StateEarlier(
      commands::StreamLoader& loader, const std::string& stream, std::string_view staged,
      const std::string& submission_id, const commands::OlderExtract& extract) const override;
};

}  // namespace daybook::incidents
