// Which organisations there are, and by which spellings files name them.
//
// The fold of stream "register-organisations". A spelling (id, name or alias, normalised) names one
// organisation only. Plain value: copyable, safe to read from many threads, not to change.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "daybook/partners/events/v1/events.pb.h"
#include "google/protobuf/message.h"

namespace daybook::partners {

class OrganisationRegister {
 public:
  static constexpr std::string_view kStream = "register-organisations";

  struct Organisation {
    events::v1::OrganisationRegistered registered;
    std::vector<std::string> added_aliases;  // as printed, in the order of their arrival
    const std::string& id() const { return registered.organisation_id(); }
    const std::string& name() const { return registered.name(); }
  };

  // The registered spelling that is most like a name, and whose it is.
  struct NearMatch {
    std::string spelling;
    std::string organisation_id;
  };

  // Folds one event; others than the register's change nothing.
  void Evolve(const google::protobuf::Message& event);

  // By id only; nullptr when it is not registered. Pointers live as long as the register is not
  // changed.
  const Organisation* Find(std::string_view organisation_id) const;

  // By id, name or alias, whatever its case, spacing and punctuation; nullptr when none has it.
  const Organisation* Resolve(std::string_view id_or_name) const;

  // nullopt only when nothing is registered. Ties go to the spelling that sorts first.
  std::optional<NearMatch> Nearest(std::string_view name) const;

  // True when `organisation_id` went over, directly or through others, into `successor_id`.
  bool LeadsTo(std::string_view organisation_id, std::string_view successor_id) const;

  const std::vector<events::v1::OrganisationSucceeded>& successions() const { return successions_; }
  std::size_t size() const { return organisations_.size(); }

 private:
  struct Spelling {
    std::string printed;
    std::string organisation_id;
  };

  void AddSpelling(const std::string& printed, const std::string& organisation_id);

  std::map<std::string, Organisation, std::less<>> organisations_;  // by id
  std::map<std::string, Spelling, std::less<>> spellings_;          // by normalised spelling
  std::vector<events::v1::OrganisationSucceeded> successions_;
};

}  // namespace daybook::partners
