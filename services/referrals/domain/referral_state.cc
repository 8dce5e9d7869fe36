#include "services/referrals/domain/referral_state.h"

#include "services/commands/stream_name.h"

namespace daybook::referrals {

namespace ev = events::v1;

std::string ReferralStream(std::string_view agency, std::string_view referral_id) {
  return commands::StreamName("referral", {agency, referral_id});
}

void Evolve(ReferralState& state, const google::protobuf::Message& event) {
  ++state.event_count;
  if (event.GetDescriptor() == ev::ReferralReceived::descriptor()) {
    state.received = static_cast<const ev::ReferralReceived&>(event);
  } else if (event.GetDescriptor() == ev::ReferralRevised::descriptor()) {
    state.received = static_cast<const ev::ReferralRevised&>(event).referral();
    state.last_change.reset();
  } else if (event.GetDescriptor() == ev::ReferralVoided::descriptor()) {
    state.received.reset();
    state.last_change.reset();
  } else if (event.GetDescriptor() == ev::ReferralStatusChanged::descriptor()) {
    state.last_change = static_cast<const ev::ReferralStatusChanged&>(event);
  }
}

}  // namespace daybook::referrals
