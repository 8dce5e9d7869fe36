// Which fields of requests are sealed before anything of them is stored, so that no hash of a
// request may cover them without a key. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

namespace daybook::commands {

enum class FieldSealing : std::uint8_t {
  kClear,
  kSealed,
  kDayOfMonth,  // a day or a month: the month stands in clear
  kNowhere,     // covered by nothing that is kept: its service compares it in a way of its own
};

FieldSealing SealingOf(const google::protobuf::FieldDescriptor& field);

// Datasets whose sources publish them record by record.
bool IsPublished(std::string_view dataset);

// Datasets of files with cells that are sealed: no hash of such a file stands anywhere without a
// key.
bool HasSealedCells(std::string_view dataset);

// The name of a field that says something of a person ("age"), the first one that is given; empty
// where there is none. Records that their source publishes, or that are depersonalised by law, have
// none. Keys are none: an opaque id takes their place.
std::string PersonalFieldOf(const google::protobuf::Message& request);

// False for a request of a dataset of which nothing is sealed, whatever its fields.
bool SealsAnything(const google::protobuf::Message& request);

}  // namespace daybook::commands
