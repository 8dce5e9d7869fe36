// Which event types there are, and which message each one's payload is.
//
// The name is "<context>.<Fact>" for message daybook.<context>.events.v1.<Fact>. A name, once
// persisted, is never used for another message. Thread-safe; pointers live for ever.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "google/protobuf/message.h"

namespace daybook::registry {

// Every registered type name, sorted.
const std::vector<std::string>& AllEventTypes();

// Default instance of the payload's message; nullptr for a name that is not registered.
const google::protobuf::Message* PrototypeOf(std::string_view type);

// The registered name of an event message. The message must be a registered one.
std::string TypeNameOf(const google::protobuf::Message& event);

// Parses a payload; nullptr when the type is not registered or the bytes do not parse.
std::unique_ptr<google::protobuf::Message> DecodeEvent(std::string_view type,
                                                       std::string_view payload);

}  // namespace daybook::registry
