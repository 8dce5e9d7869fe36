#include "services/referrals/domain/referral_state.h"

#include "services/commands/stream_name.h"
#include "services/referrals/domain/referral_row.h"

namespace daybook::referrals {

namespace ev = events::v1;

std::string ReferralStream(std::string_view agency, std::string_view opaque_id) {
  return commands::StreamName("referral", {agency, opaque_id});
}

std::string ReferralIdSpace(std::string_view agency) {
  return std::string("referrals/").append(agency);
}

namespace {

void Receive(ReferralState& state, const ev::ReferralReceived& referral,
             const eventstore::RecordedEvent& recorded) {
  state.received = referral;
  state.sealed = commands::SealedRowOf(kParts, recorded.event.parts, referral.erased());
}

}  // namespace

void Evolve(ReferralState& state, const google::protobuf::Message& event,
            const eventstore::RecordedEvent& recorded) {
  ++state.event_count;
  if (event.GetDescriptor() == ev::ReferralReceived::descriptor()) {
    Receive(state, static_cast<const ev::ReferralReceived&>(event), recorded);
  } else if (event.GetDescriptor() == ev::ReferralRevised::descriptor()) {
    Receive(state, static_cast<const ev::ReferralRevised&>(event).referral(), recorded);
    state.last_change.reset();
  } else if (event.GetDescriptor() == ev::ReferralVoided::descriptor()) {
    state.received.reset();
    state.last_change.reset();
  } else if (event.GetDescriptor() == ev::ReferralStatusChanged::descriptor()) {
    state.last_change = static_cast<const ev::ReferralStatusChanged&>(event);
  }
}

}  // namespace daybook::referrals
