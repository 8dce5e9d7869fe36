// Reading a decoded event as the fact that it may be. Pure.
#pragma once

#include "google/protobuf/message.h"

namespace daybook::commands {

// The event as an Event; nullptr when it is another one.
template <class Event>
const Event* EventAs(const google::protobuf::Message& event) {
  return event.GetDescriptor() == Event::descriptor() ? static_cast<const Event*>(&event) : nullptr;
}

}  // namespace daybook::commands
