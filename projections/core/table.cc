#include "projections/core/table.h"

#include <algorithm>

#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"

namespace daybook::projections {

void SerializeDeterministic(const google::protobuf::MessageLite& message, std::string& bytes) {
  bytes.clear();
  google::protobuf::io::StringOutputStream stream(&bytes);
  google::protobuf::io::CodedOutputStream coded(&stream);
  coded.SetSerializationDeterministic(true);
  // Fails only for a required field without value, which proto3 does not have.
  message.SerializeToCodedStream(&coded);
}

TableBase::TableBase(std::string name) : name_(std::move(name)) {}
TableBase::~TableBase() = default;

absl::Status TableBase::Load(std::string_view key, std::string_view bytes) {
  const RowRef row = Emplace(key);
  if (!row.message->ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    Remove(key);
    return absl::DataLossError("a stored row of table " + name_ + " does not parse");
  }
  return absl::OkStatus();
}

void TableBase::TakeDirty(
    const std::function<void(std::string_view key, const std::string& bytes)>& put,
    const std::function<void(std::string_view key)>& erase) {
  // An erased row may have been made again since: then it is only changed.
  for (const std::string& key : erased_) {
    if (!Places().contains(key)) erase(key);
  }
  std::string bytes;
  // In order of the keys: a sorted run is what an ordered store takes best.
  std::ranges::sort(dirty_, {}, [](const RowRef& row) -> const std::string& { return *row.key; });
  for (const RowRef& row : dirty_) {
    SerializeDeterministic(*row.message, bytes);
    put(*row.key, bytes);
    places_.find(*row.key)->second.dirty_at = kClean;
  }
  dirty_.clear();
  erased_.clear();
}

void TableBase::ForEachBytes(
    const std::function<void(std::string_view key, const std::string& bytes)>& sink) const {
  std::string bytes;
  ForEach([&](const RowRef& row) {
    SerializeDeterministic(*row.message, bytes);
    sink(*row.key, bytes);
  });
}

void TableBase::Clear() {
  dirty_.clear();
  erased_.clear();
  places_.clear();
  RemoveAll();
}

TableBase::Message& TableBase::MutableMessage(std::string_view key) {
  Place& place = MakePlace(key);
  if (place.dirty_at == kClean) {
    place.dirty_at = dirty_.size();
    dirty_.push_back(place.row);
  }
  return *place.row.message;
}

void TableBase::EraseMessage(std::string_view key) {
  const auto found = Places().find(key);
  if (found == places_.end()) return;
  if (const std::size_t at = found->second.dirty_at; at != kClean) {
    dirty_[at] = dirty_.back();
    places_.find(*dirty_[at].key)->second.dirty_at = at;
    dirty_.pop_back();
  }
  erased_.emplace(key);
  places_.erase(found);  // before the row, whose key it looks at
  Remove(key);
}

absl::flat_hash_map<std::string_view, TableBase::Place>& TableBase::Places() {
  if (places_.size() == size()) return places_;
  places_.reserve(size());
  ForEach([this](const RowRef& row) { places_.try_emplace(*row.key, Place{row}); });
  return places_;
}

TableBase::Place& TableBase::MakePlace(std::string_view key) {
  if (const auto found = Places().find(key); found != places_.end()) return found->second;
  const RowRef row = Emplace(key);
  return places_.try_emplace(*row.key, Place{row}).first->second;
}

}  // namespace daybook::projections
