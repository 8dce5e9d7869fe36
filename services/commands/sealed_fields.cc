#include "services/commands/sealed_fields.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace daybook::commands {
namespace {

struct Entry {
  std::string_view field;  // full name
  FieldSealing sealing = FieldSealing::kSealed;
};

constexpr std::array kFields = {
    Entry{"daybook.referrals.v1.ReferralRow.received", FieldSealing::kDayOfMonth},
    Entry{"daybook.referrals.v1.ChangeReferralStatusRequest.referral_id"},
    Entry{"daybook.referrals.v1.ReferralRow.referral_id"},
    Entry{"daybook.referrals.v1.ReferralRow.subject_ref"},
    Entry{"daybook.referrals.v1.ReferralRow.age"},
    Entry{"daybook.referrals.v1.ReferralRow.sex"},
    Entry{"daybook.referrals.v1.ReferralRow.need"},
    Entry{"daybook.referrals.v1.ReferralRow.referred_by"},
    Entry{"daybook.referrals.v1.ReferralRow.place"},
    Entry{"daybook.referrals.v1.ReferralRow.note"},
    Entry{"daybook.incidents.v1.IncidentRow.longitude"},
    Entry{"daybook.incidents.v1.IncidentRow.latitude"},
    Entry{"daybook.incidents.v1.IncidentRow.location"},
    Entry{"daybook.incidents.v1.IncidentRow.lsoa_code"},
    Entry{"daybook.enforcement.v1.RecordBreachRequest.subject"},
    Entry{"daybook.enforcement.v1.TakeStepRequest.subject"},
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

}  // namespace

FieldSealing SealingOf(const google::protobuf::FieldDescriptor& field) {
  const auto it = std::ranges::find(kFields, std::string_view(field.full_name()), &Entry::field);
  return it == kFields.end() ? FieldSealing::kClear : it->sealing;
}

bool HasSealedCells(std::string_view dataset) { return IsOneOf(kSealedFiles, dataset); }

bool SealsAnything(const google::protobuf::Message& request) {
  const auto* dataset = request.GetDescriptor()->FindFieldByName("dataset");
  if (dataset == nullptr ||
      dataset->cpp_type() != google::protobuf::FieldDescriptor::CPPTYPE_STRING) {
    return true;
  }
  std::string scratch;
  const std::string& name = request.GetReflection()->GetStringReference(request, dataset, &scratch);
  if (request.GetDescriptor()->full_name() == kOpensFile) return HasSealedCells(name);
  return !IsOneOf(kPublished, name);
}

}  // namespace daybook::commands
