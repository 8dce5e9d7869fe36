// Bends requests as messages, not as bytes: lengths stay right, so that what is behind the parser
// is reached. Texts are taken from each other as often as they are made up, so that ids meet.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "tests/fuzz/call_script.h"
#include "tests/fuzz/request_seeds.h"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size);
extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t max_size, unsigned seed);

namespace daybook::fuzz {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using Random = std::mt19937;

constexpr const char* kWords[] = {"",
                                  "castle",
                                  "castle-2017-18",
                                  "a1",
                                  "p1",
                                  "t1",
                                  "x1",
                                  "castle-police",
                                  "CP",
                                  "moat-council",
                                  "all-crime",
                                  "housing",
                                  "2017-04-01",
                                  "2018-03-31",
                                  "2024-02-29",
                                  "2023-02-29",
                                  "2024-01",
                                  "0001-01-01",
                                  "9999-12-31",
                                  "2017-18 Q1",
                                  "12m to 2024-01",
                                  "actual",
                                  "planned",
                                  "0",
                                  "-0",
                                  "-1",
                                  "100",
                                  "100.000001",
                                  "0.000001",
                                  "999999999999999999",
                                  "received",
                                  "closed",
                                  "unknown",
                                  "Zq7 canary",
                                  "\n",
                                  "\xC3\xA9",
                                  "request-1",
                                  "request-20",
                                  "statutory",
                                  "burglary",
                                  "definition",
                                  "other-asb"};

std::string SomeText(const std::string& now, const std::vector<std::string>& others,
                     Random& random) {
  switch (random() % 4) {
    case 0:
      return kWords[random() % std::size(kWords)];
    case 1:
      if (!others.empty()) return others[random() % others.size()];
      return now;
    case 2:
      return now + now;
    default: {
      std::string text = now;
      text.resize(now.size() + 8);
      text.resize(
          LLVMFuzzerMutate(reinterpret_cast<std::uint8_t*>(text.data()), now.size(), text.size()));
      for (char& c : text) c = static_cast<char>(c & 0x7f);  // must stay UTF-8
      return text;
    }
  }
}

// All messages within `message`, itself first, and all their texts.
void Collect(Message& message, std::vector<Message*>& messages, std::vector<std::string>& texts) {
  messages.push_back(&message);
  const auto& reflection = *message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection.ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    const bool is_text = field->type() == FieldDescriptor::TYPE_STRING;
    const bool is_message = field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
    const int count = field->is_repeated() ? reflection.FieldSize(message, field) : 1;
    for (int i = 0; i < count; ++i) {
      if (is_text) {
        texts.push_back(field->is_repeated() ? reflection.GetRepeatedString(message, field, i)
                                             : reflection.GetString(message, field));
      } else if (is_message) {
        Collect(field->is_repeated() ? *reflection.MutableRepeatedMessage(&message, field, i)
                                     : *reflection.MutableMessage(&message, field),
                messages, texts);
      }
    }
  }
}

std::uint64_t SomeNumber(std::uint64_t now, Random& random) {
  switch (random() % 4) {
    case 0:
      return now + 1;
    case 1:
      return now - 1;
    case 2:
      return random() % 64;
    default:
      return std::uint64_t{1} << (random() % 64);
  }
}

void SetScalar(Message& message, const FieldDescriptor* field,
               const std::vector<std::string>& texts, Random& random) {
  const auto& reflection = *message.GetReflection();
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return reflection.SetString(&message, field,
                                  SomeText(reflection.GetString(message, field), texts, random));
    case FieldDescriptor::CPPTYPE_BOOL:
      return reflection.SetBool(&message, field, random() % 2 == 0);
    case FieldDescriptor::CPPTYPE_ENUM:
      return reflection.SetEnumValue(&message, field, static_cast<int>(random() % 12) - 1);
    case FieldDescriptor::CPPTYPE_UINT32:
      return reflection.SetUInt32(
          &message, field,
          static_cast<std::uint32_t>(SomeNumber(reflection.GetUInt32(message, field), random)));
    case FieldDescriptor::CPPTYPE_UINT64:
      return reflection.SetUInt64(&message, field,
                                  SomeNumber(reflection.GetUInt64(message, field), random));
    default:
      return reflection.ClearField(&message, field);
  }
}

void BendRepeated(Message& message, const FieldDescriptor* field,
                  const std::vector<std::string>& texts, Random& random) {
  const auto& reflection = *message.GetReflection();
  const int size = reflection.FieldSize(message, field);
  if (size > 0 && random() % 3 == 0) return reflection.RemoveLast(&message, field);
  if (size > 1 && random() % 3 == 0) return reflection.SwapElements(&message, field, 0, size - 1);
  if (field->is_map() && size > 0) {
    Message& entry = *reflection.MutableRepeatedMessage(
        &message, field, static_cast<int>(random() % static_cast<unsigned>(size)));
    return SetScalar(entry, field->message_type()->field(static_cast<int>(random() % 2)), texts,
                     random);
  }
  if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
    Message* added = reflection.AddMessage(&message, field);
    if (size > 0) added->CopyFrom(reflection.GetRepeatedMessage(message, field, 0));
  } else if (field->type() == FieldDescriptor::TYPE_STRING) {
    reflection.AddString(&message, field, SomeText("", texts, random));
  }
}

void BendOnce(Message& request, Random& random) {
  std::vector<Message*> messages;
  std::vector<std::string> texts;
  Collect(request, messages, texts);
  Message& message = *messages[random() % messages.size()];
  const auto* type = message.GetDescriptor();
  if (type->field_count() == 0) return;
  const FieldDescriptor* field =
      type->field(static_cast<int>(random() % static_cast<unsigned>(type->field_count())));
  const auto& reflection = *message.GetReflection();
  if (field->is_repeated()) return BendRepeated(message, field, texts, random);
  if (random() % 8 == 0) return reflection.ClearField(&message, field);
  if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
    reflection.MutableMessage(&message, field);
    return;
  }
  SetScalar(message, field, texts, random);
}

void BendScript(CallScript& script, Random& random) {
  static const std::vector<Call> seeds = SeedCalls();
  const auto count = script.calls.size();
  const unsigned what = static_cast<unsigned>(random() % 10);
  if (count == 0 || (what == 0 && count < kCallsMax)) {
    script.calls.insert(script.calls.begin() + static_cast<std::ptrdiff_t>(random() % (count + 1)),
                        seeds[random() % seeds.size()]);
  } else if (what == 1 && count > 1) {
    script.calls.erase(script.calls.begin() + static_cast<std::ptrdiff_t>(random() % count));
  } else if (what == 2 && count > 1) {
    std::swap(script.calls[random() % count], script.calls[random() % count]);
  } else if (what == 3 && random() % 4 == 0) {
    script.founded = !script.founded;
  } else {
    Call& call = script.calls[random() % count];
    const std::unique_ptr<Message> request(call.rpc->prototype->New());
    if (!request->ParseFromString(call.request)) request->Clear();
    for (auto times = random() % 3 + 1; times > 0; --times) BendOnce(*request, random);
    call.request = request->SerializeAsString();
  }
}

}  // namespace
}  // namespace daybook::fuzz

std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t max_size,
                                    unsigned seed) {
  daybook::fuzz::Random random(seed);
  if (random() % 16 == 0) return LLVMFuzzerMutate(data, size, max_size);
  auto script = daybook::fuzz::ReadScript({reinterpret_cast<const char*>(data), size});
  daybook::fuzz::BendScript(script, random);
  const std::string bytes = daybook::fuzz::WriteScript(script);
  if (bytes.size() > max_size) return LLVMFuzzerMutate(data, size, max_size);
  std::memcpy(data, bytes.data(), bytes.size());
  return bytes.size();
}
