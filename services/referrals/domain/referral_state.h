// What the rules of a referral look at: what was received, and what became of it.
//
// One stream a referral, "referral-<agency>/<opaque id>": the id that the agency gave is sealed,
// and stands for the same opaque id for ever (services/commands/opaque_ids.h). Plain values; not
// thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "daybook/referrals/events/v1/events.pb.h"
#include "eventstore/core/event.h"
#include "google/protobuf/message.h"
#include "services/commands/sealed_row.h"

namespace daybook::referrals {

struct ReferralState {
  std::uint64_t event_count = 0;
  std::optional<events::v1::ReferralReceived> received;  // as it stands; nullopt when voided
  commands::SealedRow sealed;                            // of what stands, or stood last
  std::optional<events::v1::ReferralStatusChanged> last_change;

  // The present status; empty for a referral that is not known.
  std::string status() const {
    if (last_change.has_value()) return last_change->status();
    return received.has_value() ? received->status() : std::string();
  }
  // Month of the present status, "YYYY-MM".
  std::string status_month() const {
    if (last_change.has_value()) return last_change->month();
    return received.has_value() ? received->month() : std::string();
  }
};

std::string ReferralStream(std::string_view agency, std::string_view opaque_id);
// Within which an agency's ids are its own.
std::string ReferralIdSpace(std::string_view agency);

// Folds one event; an event of another context counts and changes nothing else. Never fails.
void Evolve(ReferralState& state, const google::protobuf::Message& event,
            const eventstore::RecordedEvent& recorded);

}  // namespace daybook::referrals
