// The Merkle tree over everything applied, read node by node.
#pragma once

#include <cstdint>
#include <optional>

#include "absl/status/statusor.h"
#include "eventstore/merkle/nodes.h"
#include "eventstore/rocksdb/database.h"

namespace daybook::eventstore::rocks {

// Thread-safe. A node costs at most 255 reads of neighbouring keys, or of the records that hold its
// leaves.
class TreeReader final : public merkle::NodeSource {
 public:
  // `database` must outlive it.
  explicit TreeReader(Database& database) : database_(database) {}

  std::optional<Hash> Node(unsigned level, std::uint64_t index) const override;

  // LOG_DAMAGED when a node that must be there is not.
  absl::StatusOr<Hash> RootAt(std::uint64_t size) const;

 private:
  std::optional<Hash> FromLeaves(std::uint64_t begin, std::uint64_t count) const;
  std::optional<Hash> FromNodes(unsigned level, std::uint64_t begin, std::uint64_t count) const;

  Database& database_;
};

}  // namespace daybook::eventstore::rocks
