// Rows of a view: an ordered map from key to protobuf message that remembers what changed since the
// last checkpoint.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

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
    auto it = rows_.find(key);
    if (it == rows_.end()) it = rows_.emplace(std::string(key), Row()).first;
    dirty_.insert(&*it);
    return it->second;
  }
  // Takes the row away; nothing when there is none.
  void Erase(std::string_view key) {
    const auto it = rows_.find(key);
    if (it == rows_.end()) return;
    dirty_.erase(&*it);
    erased_.emplace(key);
    rows_.erase(it);
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
      if (rows_.find(key) == rows_.end()) erase(key);
    }
    std::string bytes;
    // In order of the keys: a sorted run is what an ordered store takes best.
    std::vector<const typename Rows::value_type*> changed(dirty_.begin(), dirty_.end());
    std::sort(changed.begin(), changed.end(),
              [](const auto* a, const auto* b) { return a->first < b->first; });
    for (const typename Rows::value_type* row : changed) {
      SerializeDeterministic(row->second, bytes);
      put(row->first, bytes);
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
  Rows rows_;
  std::unordered_set<const typename Rows::value_type*> dirty_;  // into rows_, whose nodes stay put
  std::set<std::string, std::less<>> erased_;
};

}  // namespace daybook::projections
