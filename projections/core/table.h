// Rows of a view: an ordered map from key to protobuf message that remembers what changed since the
// last checkpoint.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "google/protobuf/message_lite.h"

namespace daybook::projections {

// Replaces `bytes` by the message with the entries of its maps in order of their keys, so that
// equal messages give equal bytes.
void SerializeDeterministic(const google::protobuf::MessageLite& message, std::string& bytes);

// What the engine and the store see of a table, and all that does not depend on the type of its
// rows: what is written here is compiled once, what is written in Table in every file that sees a
// view. Not thread-safe.
class TableBase {
 public:
  explicit TableBase(std::string name);
  virtual ~TableBase();
  TableBase(const TableBase&) = delete;
  TableBase& operator=(const TableBase&) = delete;

  const std::string& name() const { return name_; }
  virtual std::uint64_t size() const = 0;
  // Reads a stored row into memory, clean; quickest in order of the keys. DATA_LOSS when the bytes
  // do not parse.
  absl::Status Load(std::string_view key, std::string_view bytes);
  // Calls `put` (with bytes) for every changed row and `erase` for every row that is gone, each in
  // order of the keys, and forgets that they changed.
  void TakeDirty(const std::function<void(std::string_view key, const std::string& bytes)>& put,
                 const std::function<void(std::string_view key)>& erase);
  bool has_dirty() const { return !dirty_.empty() || !erased_.empty(); }
  // Every row in key order with deterministic bytes: what two folds are compared by.
  void ForEachBytes(
      const std::function<void(std::string_view key, const std::string& bytes)>& sink) const;
  void Clear();

 protected:
  using Message = google::protobuf::MessageLite;
  // A row in the map of Table, whose nodes stay where they are.
  struct RowRef {
    const std::string* key = nullptr;
    Message* message = nullptr;
  };

  // As Table's Mutable and Erase.
  Message& MutableMessage(std::string_view key);
  void EraseMessage(std::string_view key);

 private:
  static constexpr std::size_t kClean = SIZE_MAX;
  struct Place {
    RowRef row;
    std::size_t dirty_at = kClean;  // in dirty_
  };

  // The map of Table. Emplace gives the row that is there, or a new one: at once when its key
  // comes after all others.
  virtual RowRef Emplace(std::string_view key) = 0;
  virtual void Remove(std::string_view key) = 0;
  virtual void RemoveAll() = 0;
  virtual void ForEach(absl::FunctionRef<void(RowRef row)> use) const = 0;

  // Of every row: those that were loaded get theirs when the first one is wanted for a change.
  absl::flat_hash_map<std::string_view, Place>& Places();
  Place& MakePlace(std::string_view key);

  std::string name_;
  // Where a row is in the map: a fold looks a row up for every event, and to go down a tree of
  // 100,000 long keys costs more than all else that is done to the row.
  absl::flat_hash_map<std::string_view, Place> places_;
  std::vector<RowRef> dirty_;
  std::set<std::string, std::less<>> erased_;
};

// Row is a generated protobuf message.
template <class Row>
class Table final : public TableBase {
 public:
  using TableBase::TableBase;
  using Rows = std::map<std::string, Row, std::less<>>;

  // The row, made if it is missing; counts as changed.
  Row& Mutable(std::string_view key) { return static_cast<Row&>(MutableMessage(key)); }
  // Takes the row away; nothing when there is none.
  void Erase(std::string_view key) { EraseMessage(key); }
  // nullptr when there is none.
  const Row* Find(std::string_view key) const {
    const auto it = rows_.find(key);
    return it == rows_.end() ? nullptr : &it->second;
  }
  const Rows& rows() const { return rows_; }
  std::uint64_t size() const override { return rows_.size(); }

 private:
  RowRef Emplace(std::string_view key) override {
    const auto it = rows_.try_emplace(rows_.end(), std::string(key));
    return {&it->first, &it->second};
  }
  void Remove(std::string_view key) override { rows_.erase(rows_.find(key)); }
  void RemoveAll() override { rows_.clear(); }
  void ForEach(absl::FunctionRef<void(RowRef)> use) const override {
    // TableBase changes rows through references that Emplace gave; here it only reads.
    for (const auto& [key, row] : rows_) use({&key, const_cast<Row*>(&row)});
  }

  Rows rows_;
};

}  // namespace daybook::projections
