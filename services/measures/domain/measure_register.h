// Which measures are defined, by what they are broken down, where their series break and what they
// weigh in indices of harm. The fold of stream "register-measures".
//
// Plain value: copyable, safe to read from many threads, not to change.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "daybook/measures/events/v1/events.pb.h"
#include "google/protobuf/message.h"

namespace daybook::measures {

class MeasureRegister {
 public:
  static constexpr std::string_view kStream = "register-measures";

  struct Measure {
    events::v1::MeasureDefined defined;               // the latest version
    std::vector<events::v1::MeasureDefined> earlier;  // the versions before it, oldest first
    std::vector<events::v1::SeriesBreakDeclared> breaks;
    const std::string& id() const { return defined.measure_id(); }
    // The version that a figure of a period which ends on `end_date` (ISO 8601) is of: the last one
    // that had begun by then.
    std::uint32_t VersionAt(std::string_view end_date) const;
  };

  struct NearMatch {
    std::string label;
    std::string measure_id;
  };

  // Folds one event; others than the register's change nothing.
  void Evolve(const google::protobuf::Message& event);

  // By id; nullptr when it is not defined. Pointers live as long as the register is not changed.
  const Measure* Find(std::string_view measure_id) const;

  struct Resolution {
    const Measure* measure = nullptr;
    bool is_ambiguous = false;  // the label of several measures
  };
  // By id, else by id or label as names are compared (proto/values/names.h).
  Resolution Resolve(std::string_view id_or_label) const;

  // Likewise a dimension, and one of its categories.
  const events::v1::DimensionDefined* FindDimension(std::string_view dimension_id) const;
  // By id, else by id or label as names are compared; nullptr also where several have that label.
  static const events::v1::DimensionDefined::Category* FindCategory(
      const events::v1::DimensionDefined& dimension, std::string_view id_or_label);

  // The weight that was set from just that day on ("" = from the beginning); nullptr where none
  // was.
  const events::v1::HarmWeightSet* FindWeight(const std::string& index_id,
                                              const std::string& measure_id,
                                              const std::string& from_date) const;

  // The measure most like an id or label; nullopt only when none is defined.
  std::optional<NearMatch> Nearest(std::string_view id_or_label) const;

  // Ids of the services whose referrals a measure counts.
  const std::set<std::string, std::less<>>& services() const { return services_; }

  std::size_t size() const { return measures_.size(); }

 private:
  std::map<std::string, Measure, std::less<>> measures_;
  std::map<std::string, std::set<std::string>, std::less<>> ids_by_name_;  // of ids and labels
  std::map<std::string, events::v1::DimensionDefined, std::less<>> dimensions_;
  std::set<std::string, std::less<>> services_;
  using WeightKey = std::tuple<std::string, std::string, std::string>;  // index, measure, from
  std::map<WeightKey, events::v1::HarmWeightSet> weights_;
};

}  // namespace daybook::measures
