// Random facts of every registered type, from a seed. The ids are few, so that facts meet: the same
// entity is named again, figures replace figures, ends come before beginnings.
#pragma once

#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "eventstore/core/event.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "proto/registry/event_types.h"

namespace daybook::testing {

// Not thread-safe. Fields are filled by reflection, so a new event type or field is covered from
// the day it is registered.
class RandomEvents {
 public:
  explicit RandomEvents(std::uint32_t seed) : random_(seed) {}

  // A fact of a random type, ready to be appended; `id` becomes its event id.
  eventstore::NewEvent Next(const std::string& id) {
    const std::vector<std::string>& types = registry::AllEventTypes();
    return OfType(types[static_cast<std::size_t>(Below(static_cast<int>(types.size())))], id);
  }

  eventstore::NewEvent OfType(const std::string& type, const std::string& id) {
    std::unique_ptr<google::protobuf::Message> fact(registry::PrototypeOf(type)->New());
    Fill(*fact);
    eventstore::NewEvent event;
    event.id = id;
    event.type = type;
    event.payload = fact->SerializeAsString();
    event.known = RandomKnown();
    if (Below(4) == 0) {
      eventstore::SealedPart& part = event.parts.emplace_back();
      part.name = "narrative";
      part.key_id = "key";
      part.nonce = std::string(24, 'n');
      part.ciphertext = "sealed by somebody";
    }
    return event;
  }

 private:
  using Field = google::protobuf::FieldDescriptor;
  using Message = google::protobuf::Message;

  int Below(int end) { return std::uniform_int_distribution<int>(0, end - 1)(random_); }

  template <class Choices>
  std::string OneOf(const Choices& choices) {
    return choices[static_cast<std::size_t>(Below(static_cast<int>(std::size(choices))))];
  }

  // Mostly received when recorded; else on one of a few days of 2024, or on nobody knows which.
  eventstore::Known RandomKnown() {
    constexpr int kDayOf2024 = 19800;
    switch (Below(6)) {
      case 0:
        return {eventstore::KnownPrecision::kDay, {kDayOf2024 + Below(4)}};
      case 1:
        return {eventstore::KnownPrecision::kMonth, {kDayOf2024 + 30 * Below(2)}};
      case 2:
        return {eventstore::KnownPrecision::kUnknown, {}};
      default:
        return {};
    }
  }

  std::string RandomText(const Field& field) {
    static constexpr const char* kIds[] = {"a", "b", "c", "d-e"};
    static constexpr const char* kDays[] = {"2023-04-01", "2023-06-30", "2023-07-01", "2024-03-31"};
    static constexpr const char* kMonths[] = {"2023-04", "2023-05", "2024-01"};
    static constexpr const char* kNumbers[] = {"0", "1", "7", "12.5"};
    const std::string& name = field.name();
    if (name == "month") return OneOf(kMonths);
    if (name.ends_with("date") || name == "deadline") return OneOf(kDays);
    if (name == "value" || name == "threshold" || name == "percent" || name == "numerator") {
      return OneOf(kNumbers);
    }
    if (name == "denominator") return "40";
    if (name == "district" && Below(4) == 0) return "";
    return OneOf(kIds);
  }

  void Fill(Message& message) {
    const auto* descriptor = message.GetDescriptor();
    for (int i = 0; i < descriptor->field_count(); ++i) {
      const Field& field = *descriptor->field(i);
      // Of a oneof the last field set holds, so each of them has its turn.
      if (field.containing_oneof() != nullptr && Below(2) == 0) continue;
      if (!field.is_repeated()) {
        Set(message, field);
        continue;
      }
      for (int left = Below(3); left > 0; --left) Add(message, field);
    }
  }

  void Set(Message& message, const Field& field) {
    const auto* reflection = message.GetReflection();
    switch (field.cpp_type()) {
      case Field::CPPTYPE_STRING:
        reflection->SetString(&message, &field, RandomText(field));
        break;
      case Field::CPPTYPE_MESSAGE:
        Fill(*reflection->MutableMessage(&message, &field));
        break;
      case Field::CPPTYPE_ENUM:
        reflection->SetEnum(&message, &field,
                            field.enum_type()->value(Below(field.enum_type()->value_count())));
        break;
      case Field::CPPTYPE_BOOL:
        reflection->SetBool(&message, &field, Below(2) == 0);
        break;
      case Field::CPPTYPE_UINT32:
        reflection->SetUInt32(&message, &field, static_cast<std::uint32_t>(Below(3)));
        break;
      case Field::CPPTYPE_UINT64:
        reflection->SetUInt64(&message, &field, static_cast<std::uint64_t>(Below(3)));
        break;
      default:
        break;  // no event has others
    }
  }

  void Add(Message& message, const Field& field) {
    const auto* reflection = message.GetReflection();
    if (field.cpp_type() == Field::CPPTYPE_MESSAGE) {
      Fill(*reflection->AddMessage(&message, &field));
    } else if (field.cpp_type() == Field::CPPTYPE_STRING) {
      reflection->AddString(&message, &field, RandomText(field));
    }
  }

  std::mt19937 random_;
};

}  // namespace daybook::testing
