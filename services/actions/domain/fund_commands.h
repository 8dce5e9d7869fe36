// The rules of money: a pot of one plan year, what was taken from it before the partnership had it,
// and what became of it.
//
// One stream a pot, "fund-<fund_id>". Pure, as plan_commands.h; amounts are pounds in requests and
// pence in facts.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "daybook/actions/events/v1/events.pb.h"
#include "daybook/actions/v1/actions_service.pb.h"
#include "eventstore/core/ids.h"
#include "google/protobuf/message.h"
#include "services/commands/decision.h"
#include "services/partners/domain/partnership_register.h"

namespace daybook::actions {

struct FundState {
  std::optional<events::v1::GrantAllocated> allocated;
  std::optional<events::v1::TopSliceApplied> top_slice;
  std::map<std::string, events::v1::FundsMoved> entries;  // by entry id
};

std::string FundStream(std::string_view fund_id);

// Folds one event; others change nothing.
void Evolve(FundState& state, const google::protobuf::Message& event);

commands::Outcome Decide(const FundState& fund, const partners::PartnershipRegister& partnerships,
                         const v1::AllocateGrantRequest& request);

// A pot has one top slice at most.
commands::Outcome Decide(const FundState& fund, const v1::ApplyTopSliceRequest& request);

// `to`: the pot that takes what is carried forward; empty where none is named.
commands::Outcome Decide(const FundState& fund, const FundState& to, eventstore::CivilDay today,
                         const v1::MoveFundsRequest& request);

}  // namespace daybook::actions
