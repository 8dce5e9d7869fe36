// Which partnerships there are and who is a member of them since when. The fold of stream
// "register-partnerships".
//
// Plain value: copyable, safe to read from many threads, not to change.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "daybook/partners/events/v1/events.pb.h"
#include "google/protobuf/message.h"

namespace daybook::partners {

class PartnershipRegister {
 public:
  static constexpr std::string_view kStream = "register-partnerships";

  // One membership from its grant to its end.
  struct Spell {
    events::v1::MembershipGranted granted;
    std::optional<events::v1::MembershipEnded> ended;
  };

  // Folds one event; others than the register's change nothing.
  void Evolve(const google::protobuf::Message& event);

  bool Contains(std::string_view partnership_id) const { return Find(partnership_id) != nullptr; }

  // By id; nullptr when it is not registered. Pointers live as long as the register is not changed.
  const events::v1::PartnershipRegistered* Find(std::string_view partnership_id) const;

  // By name, whatever its case, spacing and punctuation.
  const events::v1::PartnershipRegistered* FindNamed(std::string_view name) const;

  // Every spell of an organisation in a partnership, in the order of their recording; the last one
  // may be open.
  const std::vector<Spell>& Spells(std::string_view partnership_id,
                                   std::string_view organisation_id) const;

 private:
  using MemberKey = std::pair<std::string, std::string>;  // partnership, organisation

  std::map<std::string, events::v1::PartnershipRegistered, std::less<>> partnerships_;
  std::map<std::string, std::string, std::less<>> ids_by_name_;  // by normalised name
  std::map<MemberKey, std::vector<Spell>> members_;
};

}  // namespace daybook::partners
