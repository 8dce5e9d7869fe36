// The commands of ReferralService: one referral, what became of it, or the rows of one message of
// an append session.
//
// The rules are pure functions of the request, the register of areas, today and the streams that
// the loader folds. `head` and caller are checked at the door (services/commands/door.h) before. A
// referral that is known with the same content, in clear and sealed, is unchanged, with another one
// refused (ALREADY_EXISTS). What was erased of it cannot be compared: the rest decides, and a row
// of a message is told so (PART_ERASED). Status:
//
//   received -> accepted | declined | closed        accepted -> declined | closed
//
// "declined" and "closed" are ends. Months do not go back.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "absl/status/statusor.h"
#include "daybook/referrals/v1/referrals_service.pb.h"
#include "eventstore/core/event_store.h"
#include "eventstore/core/ids.h"
#include "services/commands/decision.h"
#include "services/commands/opaque_ids.h"
#include "services/commands/rows_read.h"
#include "services/commands/stream_loader.h"
#include "services/partners/domain/area_register.h"
#include "services/referrals/domain/referral_state.h"
#include "services/referrals/domain/service_check.h"

namespace daybook::referrals {

// Who asks, when, and what is registered. Refers to what it is given.
struct Circumstances {
  std::string_view agency;
  eventstore::CivilDay today;  // Europe/London
  const partners::AreaRegister& areas;
  Services services;
  commands::PartMatcher& parts;
  commands::OpaqueIds& ids;
};

// Rules on one referral's state; `opaque_id` stands for the id in the request, and is empty where
// that one cannot be taken, or (of a change) is not known. A status is a failure of the key store.
absl::StatusOr<commands::Outcome> Decide(const ReferralState& referral,
                                         const Circumstances& circumstances,
                                         const std::string& opaque_id,
                                         const v1::SubmitReferralRequest& request);
commands::Outcome Decide(const ReferralState& referral, const Circumstances& circumstances,
                         const std::string& opaque_id,
                         const v1::ChangeReferralStatusRequest& request);

// The same with the stream loaded. Rejections: MISSING_FIELD, INVALID_FIELD, TOO_LARGE,
// UNKNOWN_VALUE, UNKNOWN_AREA, UNKNOWN_SERVICE, ALREADY_EXISTS; UNKNOWN_REFERRAL, WRONG_STATE. A
// status is a failure of the store.
absl::StatusOr<commands::Outcome> DecideReferral(commands::StreamLoader& loader,
                                                 const Circumstances& circumstances,
                                                 const v1::SubmitReferralRequest& request);
absl::StatusOr<commands::Outcome> DecideStatusChange(
    commands::StreamLoader& loader, const Circumstances& circumstances,
    const v1::ChangeReferralStatusRequest& request);

// The answer of the Decision holds a result for every row (commands::RowResultsOf). Rejected as a
// whole only for its number of rows or its size. Rows see the rows before them.
absl::StatusOr<commands::Outcome> DecideReferrals(commands::StreamLoader& loader,
                                                  const Circumstances& circumstances,
                                                  const v1::SubmitReferralsRequest& request);

// Rows of a submission: read only, and judged when the file is complete. A status is a failure of
// the key store.
absl::StatusOr<std::variant<commands::RowsRead, commands::Rejection>> ReadReferrals(
    const Circumstances& circumstances, const v1::SubmitReferralsRequest& request);

// Whether a change that was answered before is of the referral that the request names, as long as
// its id is known. REQUEST_ID_REUSED.
absl::Status CheckSameReferral(const Circumstances& circumstances,
                               const v1::ChangeReferralStatusRequest& request,
                               const eventstore::AppendResult& known);

}  // namespace daybook::referrals
