#include "proto/values/problem.h"

#include <utility>

namespace daybook::values {

std::string FieldPath(std::string_view parent, std::string_view child) {
  if (parent.empty()) return std::string(child);
  return std::string(parent) + "." + std::string(child);
}

void AddProblem(Problems& problems, std::string_view reason, std::string field,
                std::string_view description, std::string_view remedy) {
  problems.push_back(Problem{.field = std::move(field),
                             .reason = std::string(reason),
                             .description = std::string(description),
                             .remedy = std::string(remedy)});
}

}  // namespace daybook::values
