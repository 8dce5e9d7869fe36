#include "eventstore/rocksdb/record_view.h"

#include <algorithm>

#include "daybook/storage/v1/storage.pb.h"
#include "eventstore/core/civil_day.h"
#include "eventstore/rocksdb/codec.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/wire_format_lite.h"

namespace daybook::eventstore::rocks {
namespace {

using google::protobuf::internal::WireFormatLite;
namespace storage = daybook::storage::v1;

// Reads tag after tag of one message; lengths are checked against what is left.
class Fields {
 public:
  explicit Fields(std::string_view bytes)
      : begin_(bytes.data()),
        input_(reinterpret_cast<const std::uint8_t*>(bytes.data()),
               static_cast<int>(bytes.size())) {}

  // False at the end and after something unreadable; ok() tells them apart.
  bool Next() {
    tag_ = input_.ReadTag();
    return tag_ != 0;
  }
  bool ok() { return !failed_ && input_.ConsumedEntireMessage(); }
  int field() const { return WireFormatLite::GetTagFieldNumber(tag_); }

  std::string_view Bytes() {
    std::uint32_t length = 0;
    if (WireFormatLite::GetTagWireType(tag_) != WireFormatLite::WIRETYPE_LENGTH_DELIMITED ||
        !input_.ReadVarint32(&length)) {
      return Fail();
    }
    const std::string_view bytes(begin_ + input_.CurrentPosition(), length);
    if (!input_.Skip(static_cast<int>(length))) return Fail();
    return bytes;
  }
  std::uint64_t Fixed64() {
    std::uint64_t value = 0;
    if (WireFormatLite::GetTagWireType(tag_) != WireFormatLite::WIRETYPE_FIXED64 ||
        !input_.ReadLittleEndian64(&value)) {
      Fail();
    }
    return value;
  }
  std::uint64_t Varint() {
    std::uint64_t value = 0;
    if (WireFormatLite::GetTagWireType(tag_) != WireFormatLite::WIRETYPE_VARINT ||
        !input_.ReadVarint64(&value)) {
      Fail();
    }
    return value;
  }
  void Skip() {
    if (!WireFormatLite::SkipField(&input_, tag_)) Fail();
  }

 private:
  std::string_view Fail() {
    failed_ = true;
    input_.Skip(input_.BytesUntilLimit());
    return {};
  }

  const char* begin_;
  google::protobuf::io::CodedInputStream input_;
  std::uint32_t tag_ = 0;
  bool failed_ = false;
};

}  // namespace

absl::Status RecordView::Reset(std::string_view record) {
  first_ = {};
  record_time_ = {};
  agency_ = actor_ = request_id_ = correlation_id_ = causation_id_ = {};
  fingerprint_ = answer_ = sealed_digest_ = leaves_ = {};
  revisions_.clear();
  writes_.clear();
  events_.clear();
  write_of_.clear();
  return Walk(record);
}

absl::Status RecordView::Walk(std::string_view record) {
  Fields fields(record);
  std::uint64_t version = 0;
  bool good = true;
  while (good && fields.Next()) {
    switch (fields.field()) {
      case storage::Record::kVersionFieldNumber:
        version = fields.Varint();
        break;
      case storage::Record::kStampFieldNumber:
        good = WalkStamp(fields.Bytes());
        break;
      case storage::Record::kRequestFieldNumber:
        good = WalkRequest(fields.Bytes());
        break;
      default:
        fields.Skip();
    }
  }
  if (version > kRecordVersion) {
    return absl::DataLossError("a record of a newer version than this program knows");
  }
  if (!good || !fields.ok() || version == 0 || events_.empty() ||
      revisions_.size() != writes_.size() || leaves_.size() != events_.size() * sizeof(Hash) ||
      fingerprint_.size() != sizeof(Hash)) {
    return absl::DataLossError("a record that cannot be decoded");
  }
  record_day_ = LondonDay(record_time_);
  for (std::size_t i = 0; i < writes_.size(); ++i) writes_[i].first_revision.value = revisions_[i];
  return absl::OkStatus();
}

bool RecordView::WalkStamp(std::string_view bytes) {
  Fields fields(bytes);
  while (fields.Next()) {
    switch (fields.field()) {
      case storage::Stamp::kFirstPositionFieldNumber:
        first_.value = fields.Fixed64();
        break;
      case storage::Stamp::kRecordMicrosFieldNumber:
        record_time_.micros = static_cast<std::int64_t>(fields.Fixed64());
        break;
      case storage::Stamp::kFirstRevisionsFieldNumber: {
        const std::string_view packed = fields.Bytes();
        google::protobuf::io::CodedInputStream input(
            reinterpret_cast<const std::uint8_t*>(packed.data()), static_cast<int>(packed.size()));
        std::uint64_t revision = 0;
        while (input.CurrentPosition() < static_cast<int>(packed.size())) {
          if (!input.ReadVarint64(&revision)) return false;
          revisions_.push_back(revision);
        }
        break;
      }
      case storage::Stamp::kLeavesFieldNumber:
        leaves_ = fields.Bytes();
        break;
      default:
        fields.Skip();
    }
  }
  return fields.ok();
}

bool RecordView::WalkRequest(std::string_view bytes) {
  Fields fields(bytes);
  bool good = true;
  while (good && fields.Next()) {
    switch (fields.field()) {
      case storage::Request::kAgencyFieldNumber:
        agency_ = fields.Bytes();
        break;
      case storage::Request::kActorFieldNumber:
        actor_ = fields.Bytes();
        break;
      case storage::Request::kRequestIdFieldNumber:
        request_id_ = fields.Bytes();
        break;
      case storage::Request::kFingerprintFieldNumber:
        fingerprint_ = fields.Bytes();
        break;
      case storage::Request::kCorrelationIdFieldNumber:
        correlation_id_ = fields.Bytes();
        break;
      case storage::Request::kCausationIdFieldNumber:
        causation_id_ = fields.Bytes();
        break;
      case storage::Request::kAnswerFieldNumber:
        answer_ = fields.Bytes();
        break;
      case storage::Request::kSealedDigestFieldNumber:
        sealed_digest_ = fields.Bytes();
        break;
      case storage::Request::kWritesFieldNumber:
        good = WalkWrite(fields.Bytes());
        break;
      default:
        fields.Skip();
    }
  }
  return good && fields.ok();
}

bool RecordView::WalkWrite(std::string_view bytes) {
  Fields fields(bytes);
  Write write{.stream = {}, .first_revision = {}, .first_index = events_.size(), .count = 0};
  while (fields.Next()) {
    switch (fields.field()) {
      case storage::Write::kStreamFieldNumber:
        write.stream = fields.Bytes();
        break;
      case storage::Write::kEventsFieldNumber:
        events_.push_back(fields.Bytes());
        write_of_.push_back(static_cast<std::uint32_t>(writes_.size()));
        break;
      default:
        fields.Skip();
    }
  }
  write.count = events_.size() - write.first_index;
  writes_.push_back(write);
  return fields.ok() && write.count > 0;
}

Hash RecordView::fingerprint() const {
  Hash hash{};
  std::copy(fingerprint_.begin(), fingerprint_.end(), hash.begin());
  return hash;
}

Hash RecordView::leaf(std::size_t index) const {
  Hash hash{};
  const std::string_view bytes = leaves_.substr(index * sizeof(Hash), sizeof(Hash));
  std::copy(bytes.begin(), bytes.end(), hash.begin());
  return hash;
}

std::string_view RecordView::type(std::size_t index) const {
  Fields fields(events_[index]);
  while (fields.Next()) {
    if (fields.field() == storage::Event::kTypeFieldNumber) return fields.Bytes();
    fields.Skip();
  }
  return {};
}

absl::Status RecordView::Decode(std::size_t index, RecordedEvent& event) const {
  const Write& write = writes_[write_of_[index]];
  event.agency = agency_;
  event.actor = actor_;
  event.request_id = request_id_;
  event.correlation_id = correlation_id_;
  event.causation_id = causation_id_;
  event.record_time = record_time_;
  event.position = {first_.value + index};
  event.stream = write.stream;
  event.revision = {write.first_revision.value + (index - write.first_index)};
  event.leaf = leaf(index);
  return DecodeEvent(events_[index], record_day_, event.event, event.salt);
}

AppendResult RecordView::Result() const {
  AppendResult result{.first = first_,
                      .last = {first_.value + events_.size() - 1},
                      .streams = {},
                      .record_time = record_time_,
                      .answer = std::string(answer_),
                      .sealed_digest = std::string(sealed_digest_),
                      .duplicate = false};
  for (const Write& write : writes_) {
    result.streams.push_back({.stream = std::string(write.stream),
                              .last_revision = {write.first_revision.value + write.count - 1}});
  }
  return result;
}

}  // namespace daybook::eventstore::rocks
