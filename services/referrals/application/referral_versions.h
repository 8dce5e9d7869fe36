// Referrals in the versions of a file: how a row is known again, and the events of a difference.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "daybook/referrals/events/v1/events.pb.h"
#include "services/commands/fact_versions.h"
#include "services/referrals/domain/referral_row.h"

namespace daybook::referrals {

// Dataset referrals. Every row has a key.
struct ReferralTraits {
  using Fact = events::v1::ReferralReceived;
  using Revised = events::v1::ReferralRevised;
  using Voided = events::v1::ReferralVoided;
  using Earlier = events::v1::ReferralStatedEarlier;
  static constexpr std::string_view kContext = "referrals";
  static constexpr bool kKeysMayRepeat = false;
  static constexpr std::span<const std::string_view> kParts = referrals::kParts;

  static bool Has(std::string_view dataset) { return dataset == "referrals"; }
  static bool IsPublished(std::string_view) { return false; }
  static const Fact& Now(const Revised& revised) { return revised.referral(); }
  static ReadRow FromStaged(std::string_view staged) { return referrals::FromStaged(staged); }
  static const Fact& FactOf(const ReadRow& row) { return row.referral; }
  static std::vector<commands::DraftPart> SealedOf(const ReadRow& row) {
    return referrals::SealedOf(row);
  }
  static void TakeErased(const std::vector<std::string>& parts, ReadRow& row) {
    referrals::TakeErased(parts, row);
  }
  static commands::RowHash ContentIn(const commands::ScopeName& scope, const Fact& referral);
  static std::string KeyedStream(const commands::ScopeName& scope, const Fact& referral);
  static std::string AlikeStream(const commands::RowHash& content, std::uint32_t copy);
  static commands::DraftEvent Draft(const std::string& stream, const ReadRow& row) {
    return DraftReferral(stream, row);
  }
  static commands::DraftEvent DraftRevision(const std::string& stream, const ReadRow& row,
                                            const std::optional<Fact>& before) {
    return referrals::DraftRevision(stream, row, before);
  }
  static commands::RowPlace PlaceOf(const Fact& referral) {
    return {referral.month(), referral.area_id()};
  }
  static eventstore::Effective EffectiveOf(const Fact& referral) { return MonthOf(referral); }
  static commands::DraftEvent WithSealed(commands::DraftEvent draft, const ReadRow& row) {
    return WithParts(std::move(draft), row);
  }
  // A status that was changed by a command stands until a file says another.
  static void Amend(const google::protobuf::Message& event, Fact& stands);
};

using ReferralVersions = commands::FactVersions<ReferralTraits>;

}  // namespace daybook::referrals
