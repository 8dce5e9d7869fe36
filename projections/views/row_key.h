// Keys of rows: the parts of a key joined so that different parts never give the same key and rows
// come in the order of their parts.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "daybook/measures/events/v1/events.pb.h"
#include "daybook/types/v1/types.pb.h"

namespace daybook::views {

// Parts are closed by a unit separator; the separator and the escape character themselves are
// escaped, so any text may be a part.
std::string RowKey(std::initializer_list<std::string_view> parts);

// Replaces `key` by the same; spares the allocation where keys are made in a row. The key of the
// first parts is a prefix of the key of all parts.
void MakeRowKey(std::initializer_list<std::string_view> parts, std::string& key);

// Where a figure lies in its dimensions as a part of a key; "" for one that is not broken down.
std::string CategoriesPart(
    const google::protobuf::RepeatedPtrField<measures::events::v1::DimensionValue>& dimensions);

// A period as a part of a key: its kind and both days.
std::string PeriodPart(const types::v1::Period& period);

}  // namespace daybook::views
