// Rows of a view: an ordered map from key to protobuf message that remembers what changed since the
// last checkpoint.
#pragma once

#include <algorithm>
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
#include "absl/status/status.h"
#include "google/protobuf/message_lite.h"

namespace daybook::projections {

// Replaces `bytes` by the message with the entries of its maps in order of their keys, so that
// equal messages give equal bytes.
void SerializeDeterministic(const google::protobuf::MessageLite& message, std::string& bytes);

// What the engine and the store see of a table. Not thread-safe.
class TableBase {
 public:
  explicit TableBase(std::string name) : name_(std::move(name)) {}
  virtual ~TableBase() = default;
  TableBase(const TableBase&) = delete;
  TableBase& operator=(const TableBase&) = delete;

  const std::string& name() const { return name_; }
  virtual std::uint64_t size() const = 0;
  // Reads a stored row into memory, clean; quickest in order of the keys. DATA_LOSS when the bytes
  // do not parse.
  virtual absl::Status Load(std::string_view key, std::string_view bytes) = 0;
  // Calls `put` (with bytes) for every changed row and `erase` for every row that is gone, each in
  // order of the keys, and forgets that they changed.
  virtual void TakeDirty(
      const std::function<void(std::string_view key, const std::string& bytes)>& put,
      const std::function<void(std::string_view key)>& erase) = 0;
  virtual bool has_dirty() const = 0;
  // Every row in key order with deterministic bytes: what two folds are compared by.
  virtual void ForEachBytes(
      const std::function<void(std::string_view key, const std::string& bytes)>& sink) const = 0;
  virtual void Clear() = 0;

 private:
  std::string name_;
};

// Row is a generated protobuf message.
template <class Row>
class Table final : public TableBase {
 public:
  using TableBase::TableBase;
  using Rows = std::map<std::string, Row, std::less<>>;

  // The row, made if it is missing; counts as changed.
  Row& Mutable(std::string_view key) {
    Place& place = MakePlace(key);
    if (place.dirty_at == kClean) {
      place.dirty_at = dirty_.size();
      dirty_.push_back(place.row);
    }
    return place.row->second;
  }
  // Takes the row away; nothing when there is none.
  void Erase(std::string_view key) {
    const auto found = Places().find(key);
    if (found == places_.end()) return;
    if (const std::size_t at = found->second.dirty_at; at != kClean) {
      dirty_[at] = dirty_.back();
      places_.find(dirty_[at]->first)->second.dirty_at = at;
      dirty_.pop_back();
    }
    erased_.emplace(key);
    places_.erase(found);  // before the row, whose key it looks at
    rows_.erase(rows_.find(key));
  }
  // nullptr when there is none.
  const Row* Find(std::string_view key) const {
    const auto it = rows_.find(key);
    return it == rows_.end() ? nullptr : &it->second;
  }
  const Rows& rows() const { return rows_; }

  std::uint64_t size() const override { return rows_.size(); }
  bool has_dirty() const override { return !dirty_.empty() || !erased_.empty(); }
  void Clear() override {
    dirty_.clear();
    erased_.clear();
    places_.clear();
    rows_.clear();
  }
  absl::Status Load(std::string_view key, std::string_view bytes) override {
    // Stored rows come in order of their keys: the end is where the next one belongs.
    const auto it = rows_.emplace_hint(rows_.end(), std::string(key), Row());
    if (!it->second.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
      rows_.erase(it);
      return absl::DataLossError("a stored row of table " + name() + " does not parse");
    }
    return absl::OkStatus();
  }
  void TakeDirty(const std::function<void(std::string_view, const std::string&)>& put,
                 const std::function<void(std::string_view)>& erase) override {
    // An erased row may have been made again since: then it is only changed.
    for (const std::string& key : erased_) {
      if (!rows_.contains(key)) erase(key);
    }
    std::string bytes;
    // In order of the keys: a sorted run is what an ordered store takes best.
    std::sort(dirty_.begin(), dirty_.end(),
              [](const Node* a, const Node* b) { return a->first < b->first; });
    for (const Node* row : dirty_) {
      SerializeDeterministic(row->second, bytes);
      put(row->first, bytes);
      places_.find(row->first)->second.dirty_at = kClean;
    }
    dirty_.clear();
    erased_.clear();
  }
  void ForEachBytes(
      const std::function<void(std::string_view, const std::string&)>& sink) const override {
    std::string bytes;
    for (const auto& [key, row] : rows_) {
      SerializeDeterministic(row, bytes);
      sink(key, bytes);
    }
  }

 private:
  using Node = typename Rows::value_type;
  static constexpr std::size_t kClean = SIZE_MAX;
  struct Place {
    Node* row = nullptr;
    std::size_t dirty_at = kClean;  // in dirty_
  };

  // Of every row: those that were loaded get theirs when the first one is wanted for a change.
  absl::flat_hash_map<std::string_view, Place>& Places() {
    if (places_.size() == rows_.size()) return places_;
    places_.reserve(rows_.size());
    for (Node& row : rows_) places_.try_emplace(row.first, Place{&row});
    return places_;
  }
  Place& MakePlace(std::string_view key) {
    if (const auto found = Places().find(key); found != places_.end()) return found->second;
    Node& row = *rows_.emplace(std::string(key), Row()).first;
    return places_.try_emplace(row.first, Place{&row}).first->second;
  }

  Rows rows_;
  // Where a row is in rows_, whose nodes stay put: a fold looks a row up for every event, and to
  // go down a tree of 100,000 long keys costs more than all else that is done to the row.
  absl::flat_hash_map<std::string_view, Place> places_;
  std::vector<const Node*> dirty_;
  std::set<std::string, std::less<>> erased_;
};

}  // namespace daybook::projections
