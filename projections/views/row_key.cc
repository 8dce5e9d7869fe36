#include "projections/views/row_key.h"

namespace daybook::views {
namespace {

constexpr char kSeparator = '\x1f';
constexpr char kEscape = '\x1e';

}  // namespace

void MakeRowKey(std::initializer_list<std::string_view> parts, std::string& key) {
  key.clear();
  for (const std::string_view part : parts) {
    for (const char c : part) {
      if (c == kSeparator || c == kEscape) {
        key.push_back(kEscape);
        key.push_back(c == kSeparator ? 's' : 'e');
      } else {
        key.push_back(c);
      }
    }
    key.push_back(kSeparator);
  }
}

std::string RowKey(std::initializer_list<std::string_view> parts) {
  std::string key;
  MakeRowKey(parts, key);
  return key;
}

std::string CategoriesPart(
    const google::protobuf::RepeatedPtrField<measures::events::v1::DimensionValue>& dimensions) {
  std::string part;
  for (const auto& value : dimensions) {
    if (!part.empty()) part += '/';
    part += value.dimension_id() + '=' + value.category_id();
  }
  return part;
}

std::string PeriodPart(const types::v1::Period& period) {
  return std::to_string(static_cast<int>(period.kind())) + '/' + period.start_date() + '/' +
         period.end_date();
}

}  // namespace daybook::views
