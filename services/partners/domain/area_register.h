// Which areas there are. The fold of stream "register-areas".
//
// One name may stand for several areas: "Essex" is a county, a police force's area and the area of
// a partnership. Within one kind a name stands for one area. Plain value: copyable, safe to read
// from many threads, not to change.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "daybook/partners/events/v1/events.pb.h"
#include "google/protobuf/message.h"

namespace daybook::partners {

class AreaRegister {
 public:
  static constexpr std::string_view kStream = "register-areas";
  using Area = events::v1::AreaRegistered;

  struct Resolution {
    const Area* area = nullptr;  // nullptr: unknown or ambiguous
    bool ambiguous = false;      // several areas have this name
  };

  struct NearMatch {
    std::string name;
    std::string area_id;
  };

  // Folds one event; others than the register's change nothing.
  void Evolve(const google::protobuf::Message& event);

  // By id only; nullptr when it is not registered. Pointers live as long as the register is not
  // changed.
  const Area* Find(std::string_view area_id) const;

  // By id, official code or name, whatever the case of code and name, and the name's spacing and
  // punctuation. Where areas of
  // several kinds have the name, the one of `preferred_kind` ("district", …) is meant; of several
  // boundary sets the latest is.
  Resolution Resolve(std::string_view id_code_or_name, std::string_view preferred_kind = {}) const;

  // The area of this kind and boundary set with this name; nullptr when there is none.
  const Area* FindNamed(std::string_view kind, std::string_view name,
                        std::uint32_t boundary_vintage) const;
  // The areas with this official code: one a boundary set.
  std::vector<const Area*> FindCoded(std::string_view code) const;

  // True when `area_id` lies in `container_id`, directly or through others. An area lies in itself.
  bool IsWithin(std::string_view area_id, std::string_view container_id) const;

  // Of this kind, where one is named. nullopt only when nothing of it is registered. Ties go to the
  // id that sorts first.
  std::optional<NearMatch> Nearest(std::string_view name, std::string_view kind = {}) const;
  // The same, where it is so like the name that the name may well be a misspelling of it.
  std::optional<NearMatch> MisspeltOf(std::string_view name, std::string_view kind) const;

  std::size_t size() const { return areas_.size(); }

 private:
  Resolution Choose(const std::vector<std::string>& ids, std::string_view preferred_kind) const;

  std::map<std::string, Area, std::less<>> areas_;                            // by id
  std::map<std::string, std::vector<std::string>, std::less<>> ids_by_name_;  // normalised
  std::map<std::string, std::vector<std::string>, std::less<>> ids_by_code_;
};

}  // namespace daybook::partners
