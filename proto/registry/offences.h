// What police systems say of an offence beside its category: the Home Office's sub-group, flags,
// and why a record is withdrawn.
//
// The sub-groups are those of the Home Office's tables of police recorded crime and outcomes; each
// lies in one category of data.police.uk. A code, once used, never changes its meaning. Pure and
// thread-safe; views returned point to static storage.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace daybook::registry {

struct OffenceSubGroup {
  std::string_view code;
  std::string_view name;
  std::string_view crime_type;  // code of the category of data.police.uk in which it lies
};

struct IncidentFlag {
  std::string_view code;
  std::string_view name;
};

struct Withdrawal {
  std::string_view code;
  std::string_view name;
};

std::span<const OffenceSubGroup> OffenceSubGroups();
// By code or name, whatever its case, spacing and punctuation; nullptr where there is none.
const OffenceSubGroup* FindOffenceSubGroup(std::string_view wording);
std::string NearestOffenceSubGroup(std::string_view wording);

std::span<const IncidentFlag> IncidentFlags();
const IncidentFlag* FindIncidentFlag(std::string_view wording);
std::string NearestIncidentFlag(std::string_view wording);

// Why a police force withdraws a record: cancelled (no crime), transferred to another force, or
// reclassified under another key.
std::span<const Withdrawal> Withdrawals();
const Withdrawal* FindWithdrawal(std::string_view wording);
std::string NearestWithdrawal(std::string_view wording);

}  // namespace daybook::registry
