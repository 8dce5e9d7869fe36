// Append sessions under load: several streams, each with so many messages in flight.
#pragma once

#include <cstdint>
#include <functional>

#include "daybook/incidents/v1/incidents_service.grpc.pb.h"
#include "services/cli/bench_load.h"
#include "services/cli/connection.h"

namespace daybook::cli {

struct SessionShape {
  int in_flight = 64;  // messages, over all streams
  int rows = 1;        // of a message
  absl::Duration time;
};

// Fills a message of so many new rows. Called on several threads.
using FillMessage = std::function<void(int rows, incidents::v1::SubmitIncidentsRequest*)>;

// Events per second; latencies are from a message's writing to its answer.
LoadResult RunSessions(incidents::v1::IncidentService::Stub& stub, const Connection& connection,
                       const SessionShape& shape, const FillMessage& fill);

}  // namespace daybook::cli
