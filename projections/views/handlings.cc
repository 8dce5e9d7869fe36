#include "projections/views/handlings.h"

#include <string>

#include "proto/registry/event_types.h"

namespace daybook::views {

std::vector<projections::TypeHandling> Handlings(
    std::initializer_list<projections::TypeHandling> used,
    std::initializer_list<std::string_view> left) {
  std::vector<projections::TypeHandling> handlings(used);
  for (const std::string_view name : left) {
    if (name.find('.') != std::string_view::npos) {
      handlings.push_back({std::string(name), projections::Handling::kIgnore});
      continue;
    }
    const std::string context = std::string(name) + ".";
    for (const std::string& type : registry::AllEventTypes()) {
      if (type.starts_with(context)) {
        handlings.push_back({type, projections::Handling::kIgnore});
      }
    }
  }
  return handlings;
}

}  // namespace daybook::views
