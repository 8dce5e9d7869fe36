#include "services/commands/fingerprint.h"

#include <algorithm>
#include <cassert>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "daybook/types/v1/types.pb.h"
#include "eventstore/merkle/hash.h"
#include "google/protobuf/descriptor.h"

namespace daybook::commands {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

// Part of the format of a fingerprint, which is stored for ever: never renumber.
enum class Kind : char { kInteger = 1, kBytes = 2, kMessage = 3 };

void AppendInteger(std::uint64_t value, std::string& out) {
  for (int shift = 56; shift >= 0; shift -= 8) out.push_back(static_cast<char>(value >> shift));
}

void AppendBytes(std::string_view bytes, std::string& out) {
  AppendInteger(bytes.size(), out);
  out += bytes;
}

Kind KindOf(const FieldDescriptor& field) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return Kind::kBytes;
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return Kind::kMessage;
    default:
      return Kind::kInteger;
  }
}

// A defect of a contract, found by its first test: never caused by what a caller sends.
[[noreturn]] void RefuseContract() {
  assert(false && "floating point and maps have no canonical encoding");
  std::abort();
}

// `index` is -1 for a field that is not repeated.
std::uint64_t IntegerOf(const Message& message, const FieldDescriptor& field, int index) {
  const Reflection& r = *message.GetReflection();
  const FieldDescriptor* f = &field;
  const bool one = index < 0;
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return static_cast<std::uint64_t>(
          std::int64_t{one ? r.GetInt32(message, f) : r.GetRepeatedInt32(message, f, index)});
    case FieldDescriptor::CPPTYPE_INT64:
      return static_cast<std::uint64_t>(one ? r.GetInt64(message, f)
                                            : r.GetRepeatedInt64(message, f, index));
    case FieldDescriptor::CPPTYPE_UINT32:
      return one ? r.GetUInt32(message, f) : r.GetRepeatedUInt32(message, f, index);
    case FieldDescriptor::CPPTYPE_UINT64:
      return one ? r.GetUInt64(message, f) : r.GetRepeatedUInt64(message, f, index);
    case FieldDescriptor::CPPTYPE_BOOL:
      return (one ? r.GetBool(message, f) : r.GetRepeatedBool(message, f, index)) ? 1 : 0;
    case FieldDescriptor::CPPTYPE_ENUM:
      return static_cast<std::uint64_t>(std::int64_t{
          one ? r.GetEnumValue(message, f) : r.GetRepeatedEnumValue(message, f, index)});
    default:
      RefuseContract();
  }
}

bool NamesTheRequest(const FieldDescriptor& field) {
  using Head = types::v1::CommandHead;
  return field.containing_type() == Head::descriptor() &&
         (field.number() == Head::kRequestIdFieldNumber ||
          field.number() == Head::kCorrelationIdFieldNumber);
}

void AppendMessage(const Message& message, std::string& out);

void AppendValue(const Message& message, const FieldDescriptor& field, int index,
                 std::string& out) {
  const Reflection& r = *message.GetReflection();
  const bool one = index < 0;
  switch (KindOf(field)) {
    case Kind::kBytes: {
      std::string scratch;
      AppendBytes(one ? r.GetStringReference(message, &field, &scratch)
                      : r.GetRepeatedStringReference(message, &field, index, &scratch),
                  out);
      return;
    }
    case Kind::kMessage: {
      std::string nested;
      AppendMessage(
          one ? r.GetMessage(message, &field) : r.GetRepeatedMessage(message, &field, index),
          nested);
      AppendBytes(nested, out);
      return;
    }
    case Kind::kInteger:
      AppendInteger(IntegerOf(message, field, index), out);
      return;
  }
}

void AppendMessage(const Message& message, std::string& out) {
  const Reflection& r = *message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  r.ListFields(message, &fields);  // ascending by number, without defaults
  for (const FieldDescriptor* field : fields) {
    if (NamesTheRequest(*field)) continue;
    if (field->is_map()) RefuseContract();
    AppendInteger(static_cast<std::uint64_t>(field->number()), out);
    out.push_back(static_cast<char>(KindOf(*field)));
    if (!field->is_repeated()) {
      AppendValue(message, *field, -1, out);
      continue;
    }
    const int count = r.FieldSize(message, field);
    AppendInteger(static_cast<std::uint64_t>(count), out);
    for (int i = 0; i < count; ++i) AppendValue(message, *field, i, out);
  }
}

}  // namespace

std::string CanonicalBytes(const Message& request) {
  std::string bytes;
  AppendBytes(request.GetDescriptor()->full_name(), bytes);
  AppendMessage(request, bytes);
  return bytes;
}

bool SaysTheSame(const google::protobuf::Message& a, const google::protobuf::Message& b) {
  return CanonicalBytes(a) == CanonicalBytes(b);
}

eventstore::Hash Fingerprint(const Message& request) {
  return merkle::Sha256(CanonicalBytes(request));
}

}  // namespace daybook::commands
