// Prints events: one line of JSON each, or a short line for people.
#pragma once

#include <string>

#include "daybook/eventlog/v1/eventlog_service.pb.h"

namespace daybook::cli {

// Metadata, the decoded clear payload under "data", and the sealed parts without their content.
// Field names are those of the contracts. An event of a type that this program does not know has
// "payload_base64" instead of "data".
std::string ToJsonLine(const eventlog::v1::Event& event);

std::string ToTableLine(const eventlog::v1::Event& event);

}  // namespace daybook::cli
