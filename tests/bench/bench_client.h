// What the benchmarks share that drive a daemon over gRPC. Errors end the program: a figure beside
// a failed call would be worth nothing.
#pragma once

#include <sys/types.h>

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "daybook/incidents/v1/incidents_service.grpc.pb.h"
#include "grpcpp/channel.h"
#include "grpcpp/client_context.h"

namespace daybook::bench {

// Who the benchmarks are.
void Identify(grpc::ClientContext& context);

// A connection of its own, shared with nobody.
std::shared_ptr<grpc::Channel> Open(const std::string& address);

// The organisation that every incident here belongs to.
void RegisterForce(const std::string& address);

// Ends the program with the status, unless it is OK.
void MustBeOk(const grpc::Status& status, const std::string& what);

// Incident number `number`, an event and a stream of its own.
void FillRow(std::uint64_t number, incidents::v1::IncidentRow& row);

// Appends incidents `first` to `first + count` in messages of 500 over up to 8 sessions.
void AppendMany(const std::string& address, std::uint64_t first, std::uint64_t count);

std::uint64_t LogSize(const std::string& address);

double ResidentMiB(pid_t pid);

// Of a sorted list; 0 of an empty one.
double Percentile(const std::vector<double>& sorted, double share);

}  // namespace daybook::bench
