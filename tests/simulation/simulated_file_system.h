// RocksDB's environment on a SimulatedDisk; the store's own files go through it, too. Nothing
// sleeps in it: RocksDB waits a second after a failed flush, which would be most of a campaign.
#pragma once

#include <memory>

#include "rocksdb/env.h"
#include "tests/simulation/simulated_disk.h"

namespace daybook::simulation {

// Thread-safe. `disk` must outlive it and every file opened through it.
std::unique_ptr<rocksdb::Env> MakeEnv(SimulatedDisk& disk);

}  // namespace daybook::simulation
