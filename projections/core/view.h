// A view: events -> changed rows, nothing else. It reads no clock and does no I/O and never fails.
//
// Rows are protobuf messages (daybook/views/v1) held decoded in memory; the engine stores the dirty
// ones and the common checkpoint in one batch. A view is a pure function of the events it is given,
// in their order: incremental = full fold, which tests assert at every prefix.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "eventstore/core/event.h"
#include "google/protobuf/message.h"
#include "projections/core/table.h"

namespace daybook::projections {

// An event, decoded once for all views. Pointers live for the call only.
struct ViewEvent {
  const eventstore::RecordedEvent* recorded = nullptr;  // metadata and sealed parts
  const google::protobuf::Message* message = nullptr;   // decoded payload
  bool back_loaded = false;  // known on an earlier day than it was recorded
  // Set in a fold "as known on": the day. What an older extract said, that was loaded after a later
  // one, counts only there.
  std::optional<eventstore::CivilDay> known_on = std::nullopt;
};

// What a view does with a type.
enum class Handling : std::uint8_t {
  kApply,      // changes rows
  kReference,  // changes rows, and is applied whatever "as known on" asks: names, definitions,
               // areas
  kIgnore,     // known and of no interest here
};

struct TypeHandling {
  std::string type;
  Handling handling;
};

// Not thread-safe; the engine serialises Apply and lets readers in between batches only.
class View {
 public:
  virtual ~View() = default;

  // Stable name, for example "incident-trend".
  virtual std::string_view name() const = 0;
  // Raise it whenever the meaning of rows or the handling of an event changes: the view is then
  // folded again from the start of the log.
  virtual std::uint32_t version() const = 0;
  // One entry for every registered event type; a test asserts that none is missing.
  virtual const std::vector<TypeHandling>& types() const = 0;
  // Called for types handled as kApply or kReference only.
  virtual void Apply(const ViewEvent& event) = 0;
  // Its tables, always the same ones in the same order.
  virtual std::vector<TableBase*> tables() = 0;
};

}  // namespace daybook::projections
