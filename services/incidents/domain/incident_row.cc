#include "services/incidents/domain/incident_row.h"

#include <algorithm>
#include <utility>

#include "fmt/format.h"
#include "proto/registry/crime_types.h"
#include "proto/registry/prescribed_items.h"
#include "proto/values/civil.h"
#include "proto/values/decimal.h"
#include "proto/values/plausible_year.h"
#include "services/commands/personal_key.h"
#include "services/incidents/domain/incident_details.h"
#include "services/incidents/domain/incident_state.h"
#include "services/partners/domain/refusals.h"

namespace daybook::incidents {
namespace {

namespace ev = events::v1;
using commands::InvalidField;
using commands::Problems;

constexpr std::size_t kSourceKeyBytesMax = 64;
constexpr std::size_t kLocationBytesMax = 200;

// The British Isles with their waters, so that swapped coordinates are seen.
struct Degrees {
  values::Decimal low;
  values::Decimal high;
};
const Degrees& Longitudes() {
  static const auto& degrees = *new Degrees{values::Decimal(-9), values::Decimal(3)};
  return degrees;
}
const Degrees& Latitudes() {
  static const auto& degrees = *new Degrees{values::Decimal(49), values::Decimal(62)};
  return degrees;
}

bool IsVisibleAscii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

bool IsLsoaCode(std::string_view code) {
  return code.size() == 9 && (code[0] == 'E' || code[0] == 'W') &&
         std::all_of(code.begin() + 1, code.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool HasLetter(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '@';
  });
}

// Rows of a file are told apart by their content and how many are alike; a single incident of
// another type without a key could never be corrected.
void CheckSourceKey(const v1::IncidentRow& row, std::string_view type, bool may_lack_key,
                    bool published, Problems& problems) {
  if (row.source_key().empty()) {
    if (may_lack_key || type.empty() || type == registry::kAntiSocialBehaviour) return;
    values::Problem missing = commands::MissingField("source_key");
    missing.remedy =
        "Give the incident's key in its source; outside a file only anti-social behaviour may lack "
        "one.";
    problems.push_back(std::move(missing));
  } else if (row.source_key().size() > kSourceKeyBytesMax || !IsVisibleAscii(row.source_key())) {
    problems.push_back(InvalidField("source_key", "not a key of 1 to 64 visible characters",
                                    "Give the key as the source prints it."));
  } else if (!published && HasLetter(row.source_key())) {
    // Digits alone are a crime number, whatever else they may look like.
    commands::RefusePersonalKey("source_key", row.source_key(), problems);
  }
}

std::string ReadOutcome(const v1::IncidentRow& row, Problems& problems) {
  if (const auto code = registry::OutcomeCode(row.outcome())) return std::string(*code);
  problems.push_back(commands::UnknownValue(
      "outcome", "an outcome of data.police.uk, as code or in the wording of its files",
      registry::NearestOutcome(row.outcome())));
  return {};
}

void CheckCoordinate(std::string_view field, std::string_view text, const Degrees& bounds,
                     Problems& problems) {
  if (text.empty()) return;
  const auto value = values::Decimal::Parse(text);
  if (!value.has_value()) {
    problems.push_back(InvalidField(field, "not a decimal number of degrees",
                                    "Write it like 0.901681, at most 6 digits after the point."));
  } else if (*value < bounds.low || *value > bounds.high) {
    problems.push_back(InvalidField(field, "lies outside the British Isles",
                                    "Give degrees (WGS 84); see that the two are not swapped."));
  }
}

void CheckPlace(const v1::IncidentRow& row, Problems& problems) {
  if (row.longitude().empty() != row.latitude().empty()) {
    problems.push_back(InvalidField(row.longitude().empty() ? "longitude" : "latitude",
                                    "one coordinate is given without the other",
                                    "Give both coordinates, or neither."));
  }
  CheckCoordinate("longitude", row.longitude(), Longitudes(), problems);
  CheckCoordinate("latitude", row.latitude(), Latitudes(), problems);
  commands::CheckText("location", row.location(), kLocationBytesMax, problems);
  commands::CheckText("district", row.district(), commands::kNameBytesMax, problems);
  if (!row.lsoa_code().empty() && !IsLsoaCode(row.lsoa_code())) {
    problems.push_back(InvalidField("lsoa_code", "not an LSOA code",
                                    "Write E or W and 8 digits, or leave it empty."));
  }
}

ev::Place PlaceOf(const v1::IncidentRow& row) {
  ev::Place place;
  place.set_longitude(row.longitude());
  place.set_latitude(row.latitude());
  place.set_location(row.location());
  place.set_lsoa_code(row.lsoa_code());
  place.set_happened_from(row.happened_from());
  place.set_happened_to(row.happened_to());
  place.set_recorded(row.recorded());
  return place;
}

std::string StreamOf(const RowContext& context, const ev::IncidentRecorded& incident,
                     std::uint32_t row_number) {
  if (!incident.source_key().empty()) {
    return KeyedIncidentStream(incident);
  }
  if (!context.submission_id.empty()) return {};  // which of its content it is, the version says
  return SingleIncidentStream(context.agency, context.request_id, row_number);
}

}  // namespace

std::string RowReader::ResolveForce(const v1::IncidentRow& row, Problems& problems) {
  if (row.force().empty()) {
    problems.push_back(commands::MissingField("force"));
    return {};
  }
  if (row.force() == last_force_name_) return last_force_id_;
  const auto* organisation = context_.organisations.Resolve(row.force());
  if (organisation == nullptr) {
    problems.push_back(partners::UnknownOrganisation("force", row.force(), context_.organisations));
    return {};
  }
  last_force_name_ = row.force();
  last_force_id_ = organisation->id();
  return last_force_id_;
}

std::string RowReader::ReadDistrict(const v1::IncidentRow& row, Problems& problems,
                                    Problems& asks) {
  if (!row.outward_postcode().empty()) return ReadOutwardPostcode(row.outward_postcode(), problems);
  const bool from_publisher = IsPublished(context_.dataset) && !row.lsoa_code().empty();
  return districts_.Read(row.district(), from_publisher, problems, asks).value_or("");
}

std::optional<ReadRow> RowReader::Read(const v1::IncidentRow& row, std::uint32_t row_number,
                                       Problems& problems) {
  const std::size_t problems_before = problems.size();
  ReadRow read;
  ev::IncidentRecorded& incident = read.incident;
  CheckFieldsOfDataset(row, context_.dataset, problems);
  const RowDays days = ReadDays(row, context_.today, problems);
  const auto month = ReadMonth(row, days, context_.today, problems);
  incident.set_type(ReadType(row, month ? month->text : "", context_.dataset, problems, read.asks));
  ReadOffence(row, incident, problems);
  incident.set_force_id(ResolveForce(row, problems));
  incident.set_outcome(ReadOutcome(row, problems));
  const bool may_lack_key =
      !context_.submission_id.empty() || registry::IsPrescribed(context_.dataset);
  CheckSourceKey(row, incident.type(), may_lack_key, IsPublished(context_.dataset), problems);
  CheckPlace(row, problems);
  incident.set_district(ReadDistrict(row, problems, read.asks));
  if (problems.size() != problems_before) return std::nullopt;

  incident.set_source_key(row.source_key());
  incident.set_dataset(std::string(context_.dataset));
  incident.set_month(month->text);
  incident.set_submission_id(std::string(context_.submission_id));
  incident.set_row(row.row());
  incident.set_register_version(registry::kCrimeRegisterVersion);
  ev::Place place = PlaceOf(row);
  if (!IsPublished(context_.dataset)) {
    read.sealed_place = std::move(place);
  } else if (place.ByteSizeLong() > 0) {
    *incident.mutable_published_place() = std::move(place);
  }
  read.effective = month->days;
  read.stream = StreamOf(context_, incident, row_number);
  return read;
}

std::vector<commands::DraftPart> SealedOf(const ReadRow& row) {
  std::vector<commands::DraftPart> parts;
  if (row.sealed_place.ByteSizeLong() > 0) {
    parts.push_back({.name = std::string(kPlacePart),
                     .plaintext = row.sealed_place.SerializeAsString(),
                     .subject_ref = ""});
  }
  return parts;
}

void TakeErased(const std::vector<std::string>& parts, ReadRow& row) {
  row.sealed_place.Clear();
  for (const std::string& part : parts) row.incident.add_erased(part);
}

commands::DraftEvent WithPlace(commands::DraftEvent draft, const ReadRow& row) {
  if (IsPublished(row.incident.dataset())) draft.basis = "public-source";
  draft.parts = SealedOf(row);
  if (!draft.parts.empty()) draft.retention_dataset = row.incident.dataset();
  return draft;
}

commands::DraftEvent DraftIncident(const ReadRow& row) {
  return WithPlace(commands::MakeDraft(row.stream, row.incident, row.effective), row);
}

commands::DraftEvent DraftRevision(const ReadRow& row,
                                   const std::optional<ev::IncidentRecorded>& before) {
  ev::IncidentRevised event;
  *event.mutable_incident() = row.incident;
  if (before) *event.mutable_before() = *before;
  return WithPlace(commands::MakeDraft(row.stream, event, row.effective), row);
}

std::string ToStaged(ReadRow row) {
  if (!IsPublished(row.incident.dataset())) {
    *row.incident.mutable_published_place() = std::move(row.sealed_place);
  }
  return row.incident.SerializeAsString();
}

ReadRow FromStaged(std::string_view staged) {
  ReadRow row;
  row.incident.ParseFromArray(staged.data(), static_cast<int>(staged.size()));
  if (!IsPublished(row.incident.dataset()) && row.incident.has_published_place()) {
    row.sealed_place = std::move(*row.incident.mutable_published_place());
    row.incident.clear_published_place();
  }
  row.effective = MonthOf(row.incident);
  return row;
}

eventstore::Effective MonthOf(const ev::IncidentRecorded& incident) {
  const auto first = values::ParseMonth(incident.month());
  if (!first) return {};
  return {*first, values::AddMonths(*first, 1)};
}

}  // namespace daybook::incidents
