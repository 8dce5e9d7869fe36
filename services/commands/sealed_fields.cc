#include "services/commands/sealed_fields.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "proto/registry/prescribed_items.h"

namespace daybook::commands {
namespace {

struct Entry {
  std::string_view field;  // full name
  FieldSealing sealing = FieldSealing::kSealed;
  bool is_personal = false;
};

constexpr Entry Personal(std::string_view field) {
  return {.field = field, .sealing = FieldSealing::kSealed, .is_personal = true};
}

constexpr std::array kFields = {
    Entry{"daybook.referrals.v1.ReferralRow.received", FieldSealing::kDayOfMonth},
    Entry{"daybook.referrals.v1.ChangeReferralStatusRequest.referral_id"},
    Entry{"daybook.referrals.v1.ReferralRow.referral_id"},
    Personal("daybook.referrals.v1.ReferralRow.subject_ref"),
    Personal("daybook.referrals.v1.ReferralRow.age"),
    Personal("daybook.referrals.v1.ReferralRow.sex"),
    Personal("daybook.referrals.v1.ReferralRow.need"),
    Personal("daybook.referrals.v1.ReferralRow.referred_by"),
    Personal("daybook.referrals.v1.ReferralRow.place"),
    Personal("daybook.referrals.v1.ReferralRow.note"),
    Personal("daybook.incidents.v1.IncidentRow.longitude"),
    Personal("daybook.incidents.v1.IncidentRow.latitude"),
    Personal("daybook.incidents.v1.IncidentRow.location"),
    Entry{"daybook.incidents.v1.IncidentRow.lsoa_code"},
    Entry{"daybook.incidents.v1.IncidentRow.happened_from"},
    Entry{"daybook.incidents.v1.IncidentRow.happened_to"},
    Entry{"daybook.incidents.v1.IncidentRow.recorded"},
    Personal("daybook.enforcement.v1.RecordBreachRequest.subject"),
    Personal("daybook.enforcement.v1.TakeStepRequest.subject"),
    Entry{"daybook.actions.v1.SubmitUpdateRequest.narrative"},
    // A file of one row is guessed from its hash as its row is, whoever's keys are left.
    Entry{"daybook.submissions.v1.OpenSubmissionRequest.sha256", FieldSealing::kNowhere},
    Entry{"daybook.submissions.v1.OpenSubmissionRequest.scope"},
    Entry{"daybook.submissions.v1.OpenSubmissionRequest.reason"},
};

constexpr std::string_view kOpensFile = "daybook.submissions.v1.OpenSubmissionRequest";
// Their sources publish them record by record.
constexpr std::array<std::string_view, 2> kPublished = {"police-uk-street", "police-uk-api"};
constexpr std::array<std::string_view, 5> kSealedFiles = {"breach-steps", "breaches", "incidents",
                                                          "referrals", "updates"};

template <std::size_t kSize>
bool IsOneOf(const std::array<std::string_view, kSize>& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

// nullopt for a request that has no such field.
std::optional<std::string> DatasetOf(const google::protobuf::Message& request) {
  const auto* dataset = request.GetDescriptor()->FindFieldByName("dataset");
  if (dataset == nullptr ||
      dataset->cpp_type() != google::protobuf::FieldDescriptor::CPPTYPE_STRING) {
    return std::nullopt;
  }
  return request.GetReflection()->GetString(request, dataset);
}

}  // namespace

FieldSealing SealingOf(const google::protobuf::FieldDescriptor& field) {
  const auto it = std::ranges::find(kFields, std::string_view(field.full_name()), &Entry::field);
  return it == kFields.end() ? FieldSealing::kClear : it->sealing;
}

bool IsPublished(std::string_view dataset) { return IsOneOf(kPublished, dataset); }

bool HasSealedCells(std::string_view dataset) {
  return IsOneOf(kSealedFiles, dataset) || registry::IsPrescribed(dataset);
}

std::string PersonalFieldOf(const google::protobuf::Message& request) {
  if (const std::string dataset = DatasetOf(request).value_or("");
      IsPublished(dataset) || registry::IsPrescribed(dataset)) {
    return {};
  }
  std::vector<const google::protobuf::FieldDescriptor*> given;
  const auto& reflection = *request.GetReflection();
  reflection.ListFields(request, &given);
  for (const auto* field : given) {
    const auto it = std::ranges::find(kFields, std::string_view(field->full_name()), &Entry::field);
    if (it != kFields.end() && it->is_personal) return field->name();
    if (field->cpp_type() != google::protobuf::FieldDescriptor::CPPTYPE_MESSAGE) continue;
    const int count = field->is_repeated() ? reflection.FieldSize(request, field) : 1;
    for (int i = 0; i < count; ++i) {
      std::string found =
          PersonalFieldOf(field->is_repeated() ? reflection.GetRepeatedMessage(request, field, i)
                                               : reflection.GetMessage(request, field));
      if (!found.empty()) return found;
    }
  }
  return {};
}

bool SealsAnything(const google::protobuf::Message& request) {
  const auto dataset = DatasetOf(request);
  if (!dataset) return true;
  if (request.GetDescriptor()->full_name() == kOpensFile) return HasSealedCells(*dataset);
  return !IsPublished(*dataset);
}

}  // namespace daybook::commands
