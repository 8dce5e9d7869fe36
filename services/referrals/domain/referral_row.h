// One referral as a service gives it: what stands in clear, what is sealed, or everything that is
// wrong with it.
//
// In clear stand service, month, district, status and an opaque id in the place of the agency's
// own. That one, the exact day and all else about the person is the part "person" under the
// subject's key, free text the part "note" under a key of its own. Pure: today and the register of
// areas are arguments. Problems never repeat a value. For services/referrals/domain and its tests.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "daybook/referrals/events/v1/events.pb.h"
#include "daybook/referrals/v1/referrals_service.pb.h"
#include "eventstore/core/event.h"
#include "eventstore/core/ids.h"
#include "services/commands/decision.h"
#include "services/commands/door.h"
#include "services/partners/domain/area_register.h"
#include "services/referrals/domain/service_check.h"

namespace daybook::referrals {

inline constexpr std::string_view kPersonPart = "person";
inline constexpr std::string_view kNotePart = "note";
// Where the person is erased, the note is too.
inline constexpr std::array<std::string_view, 2> kParts = {kPersonPart, kNotePart};
// Keys of sealed parts are grouped by it.
inline constexpr std::string_view kRetentionDataset = "referrals";

// What a row is read with. Refers to what it is given; all of it must outlive the reading.
struct RowContext {
  std::string_view agency;
  std::string_view submission_id;  // checked; may be empty
  eventstore::CivilDay today;      // Europe/London
  const partners::AreaRegister& areas;
  const Services& services;
};

// A referral that can be recorded, once it has its opaque id.
struct ReadRow {
  events::v1::ReferralReceived referral;
  events::v1::Person person;  // empty where it was erased
  std::string note;
  eventstore::Effective effective;  // the month
};

// nullopt exactly when it added a problem. Reasons: MISSING_FIELD, INVALID_FIELD, TOO_LARGE,
// UNKNOWN_VALUE (status), UNKNOWN_AREA, UNKNOWN_SERVICE.
std::optional<ReadRow> ReadReferral(const RowContext& context, const v1::ReferralRow& row,
                                    commands::Problems& problems);

// 1 to 64 letters, digits and "-_./" that do not look personal. MISSING_FIELD or INVALID_FIELD.
void RequireReferralId(std::string_view field, std::string_view id, commands::Problems& problems);

// "YYYY-MM", not after the month of `today`; its days. MISSING_FIELD or INVALID_FIELD.
std::optional<eventstore::Effective> RequireMonth(std::string_view field, std::string_view month,
                                                  eventstore::CivilDay today,
                                                  commands::Problems& problems);

// The person and the note, where there are any.
std::vector<commands::DraftPart> SealedOf(const ReadRow& row);
// Takes parts out of the row that were erased and are not stored again; the fact names them.
void TakeErased(const std::vector<std::string>& parts, ReadRow& row);
// The event of this row, with the person and the note that are sealed.
commands::DraftEvent WithParts(commands::DraftEvent draft, const ReadRow& row);
// The event of a referral that shall be recorded; that of one which stood otherwise, or (nullopt)
// had been voided.
commands::DraftEvent DraftReferral(const std::string& stream, const ReadRow& row);
commands::DraftEvent DraftRevision(const std::string& stream, const ReadRow& row,
                                   const std::optional<events::v1::ReferralReceived>& before);

// A row on its way through the stage, which seals it as a whole.
std::string ToStaged(const ReadRow& row);
ReadRow FromStaged(std::string_view staged);

eventstore::Effective MonthOf(const events::v1::ReferralReceived& referral);

}  // namespace daybook::referrals
