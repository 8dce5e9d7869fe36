#include "services/referrals/application/referral_versions.h"

#include "services/referrals/domain/referral_state.h"

namespace daybook::referrals {

commands::RowHash ReferralTraits::ContentIn(const commands::ScopeName&, const Fact& referral) {
  return commands::HashRow({referral.referral_id(), referral.service_id(), referral.month(),
                            referral.area_id(), referral.status()});
}

std::string ReferralTraits::KeyedStream(const commands::ScopeName& scope, const Fact& referral) {
  return ReferralStream(scope.agency, referral.referral_id());
}

// Never used: every referral has a key.
std::string ReferralTraits::AlikeStream(const commands::RowHash& content, std::uint32_t copy) {
  return "referral-alike-" + ToHex(content) + "-" + std::to_string(copy);
}

void ReferralTraits::Amend(const google::protobuf::Message& event, Fact& stands) {
  if (event.GetDescriptor() != events::v1::ReferralStatusChanged::descriptor()) return;
  stands.set_status(static_cast<const events::v1::ReferralStatusChanged&>(event).status());
}

}  // namespace daybook::referrals
