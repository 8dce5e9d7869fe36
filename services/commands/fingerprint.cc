#include "services/commands/fingerprint.h"

#include <algorithm>
#include <cassert>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <unordered_map>
#include <utility>

#include "daybook/types/v1/types.pb.h"
#include "eventstore/merkle/hash.h"
#include "google/protobuf/descriptor.h"
#include "services/commands/row_session.h"
#include "services/commands/sealed_fields.h"

namespace daybook::commands {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

// Part of the encoding, which is stored for ever as its hash.
constexpr char kVersion = 2;
enum class Kind : char { kInteger = 1, kBytes = 2, kMessage = 3, kSealed = 4 };
constexpr std::size_t kMonthBytes = 7;  // "YYYY-MM"

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
    case FieldDescriptor::CPPTYPE_ENUM:
      return Kind::kBytes;
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return Kind::kMessage;
    default:
      return Kind::kInteger;
  }
}

// A defect of a contract, found by its first test: never caused by what a caller sends.
[[noreturn]] void RefuseContract() {
  assert(false && "a field of this kind has no canonical encoding");
  std::abort();
}

bool NamesTheRequest(const FieldDescriptor& field) {
  using Head = types::v1::CommandHead;
  return field.containing_type() == Head::descriptor() &&
         (field.number() == Head::kRequestIdFieldNumber ||
          field.number() == Head::kCorrelationIdFieldNumber);
}

// "daybook.referrals.v1.ReferralRow" -> "referrals.ReferralRow".
std::string StableName(const Descriptor& message) {
  constexpr std::string_view kRoot = "daybook.";
  std::string_view name = message.full_name();
  if (name.starts_with(kRoot)) name.remove_prefix(kRoot.size());
  const std::size_t dot = name.find('.');
  std::string stable(name.substr(0, dot));
  stable.push_back('.');
  stable += message.name();
  return stable;
}

// How a message of one type is encoded.
struct Plan {
  struct Field {
    const FieldDescriptor* field = nullptr;
    std::string name;  // with its length
    FieldSealing sealing = FieldSealing::kClear;
  };
  std::string name;
  std::vector<Field> fields;  // in the order of their names
};

Plan MakePlan(const Descriptor& message) {
  Plan plan;
  plan.name = StableName(message);
  for (int i = 0; i < message.field_count(); ++i) {
    const FieldDescriptor& field = *message.field(i);
    if (NamesTheRequest(field)) continue;
    if (field.is_map()) RefuseContract();
    Plan::Field& planned = plan.fields.emplace_back();
    planned.field = &field;
    AppendBytes(field.name(), planned.name);
    planned.sealing = SealingOf(field);
  }
  std::ranges::sort(plan.fields, {}, [](const Plan::Field& field) -> std::string_view {
    return field.field->name();
  });
  return plan;
}

const Plan& PlanOf(const Descriptor& message) {
  thread_local std::unordered_map<const Descriptor*, std::unique_ptr<const Plan>> plans;
  std::unique_ptr<const Plan>& plan = plans[&message];
  if (plan == nullptr) plan = std::make_unique<const Plan>(MakePlan(message));
  return *plan;
}

// Encodes one message; what is sealed goes to the end of `sealed`, where there is one.
class Encoder {
 public:
  explicit Encoder(SealedContent* sealed) : sealed_(sealed) {}

  void Append(const Message& message, std::string& out) {
    const Reflection& r = *message.GetReflection();
    for (const Plan::Field& field : PlanOf(*message.GetDescriptor()).fields) {
      const FieldDescriptor& f = *field.field;
      if (f.is_repeated() ? r.FieldSize(message, &f) == 0 : !r.HasField(message, &f)) continue;
      out += field.name;
      if (sealed_ != nullptr && field.sealing != FieldSealing::kClear) {
        AppendSealed(message, field, out);
        continue;
      }
      out.push_back(static_cast<char>(KindOf(f)));
      if (f.is_repeated()) {
        AppendRepeated(message, f, out);
      } else {
        AppendValue(message, f, -1, out);
      }
    }
  }

 private:
  // `index` is -1 for a field that is not repeated.
  static std::uint64_t IntegerOf(const Message& message, const FieldDescriptor& field, int index) {
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
      default:
        RefuseContract();
    }
  }

  static void AppendEnum(const Message& message, const FieldDescriptor& field, int index,
                         std::string& out) {
    const Reflection& r = *message.GetReflection();
    const int number = index < 0 ? r.GetEnumValue(message, &field)
                                 : r.GetRepeatedEnumValue(message, &field, index);
    const auto* value = field.enum_type()->FindValueByNumber(number);
    AppendBytes(value != nullptr ? value->name() : std::to_string(number), out);
  }

  static const std::string& TextOf(const Message& message, const FieldDescriptor& field, int index,
                                   std::string& scratch) {
    const Reflection& r = *message.GetReflection();
    return index < 0 ? r.GetStringReference(message, &field, &scratch)
                     : r.GetRepeatedStringReference(message, &field, index, &scratch);
  }

  void AppendValue(const Message& message, const FieldDescriptor& field, int index,
                   std::string& out) {
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_ENUM) {
      return AppendEnum(message, field, index, out);
    }
    const Reflection& r = *message.GetReflection();
    if (KindOf(field) == Kind::kBytes) {
      std::string scratch;
      AppendBytes(TextOf(message, field, index, scratch), out);
    } else if (KindOf(field) == Kind::kMessage) {
      std::string nested;
      Append(
          index < 0 ? r.GetMessage(message, &field) : r.GetRepeatedMessage(message, &field, index),
          nested);
      AppendBytes(nested, out);
    } else {
      AppendInteger(IntegerOf(message, field, index), out);
    }
  }

  void AppendRepeated(const Message& message, const FieldDescriptor& field, std::string& out) {
    const int count = message.GetReflection()->FieldSize(message, &field);
    const bool rows = sealed_ != nullptr && sealed_->by_row && field.name() == "rows";
    AppendInteger(static_cast<std::uint64_t>(count), out);
    for (int i = 0; i < count; ++i) {
      if (rows) sealed_->items.emplace_back();
      AppendValue(message, field, i, out);
    }
  }

  // Texts only; nothing else is sealed.
  void AppendSealed(const Message& message, const Plan::Field& field, std::string& out) {
    if (sealed_->items.empty()) RefuseContract();  // beside the rows of a message of rows
    std::string scratch;
    const std::string& text = TextOf(message, *field.field, -1, scratch);
    if (field.sealing == FieldSealing::kDayOfMonth && text.size() <= kMonthBytes) {
      out.push_back(static_cast<char>(Kind::kBytes));
      return AppendBytes(text, out);
    }
    out.push_back(static_cast<char>(Kind::kSealed));
    if (field.sealing == FieldSealing::kNowhere) return;
    if (field.sealing == FieldSealing::kDayOfMonth) AppendBytes(text.substr(0, kMonthBytes), out);
    sealed_->items.back() += field.name;
    AppendBytes(text, sealed_->items.back());
  }

  SealedContent* sealed_;
};

std::string Encode(const Message& message, SealedContent* sealed) {
  std::string bytes(1, kVersion);
  AppendBytes(PlanOf(*message.GetDescriptor()).name, bytes);
  Encoder(sealed).Append(message, bytes);
  return bytes;
}

bool WasSealed(const types::v1::RowResult& result) {
  return result.outcome() == types::v1::RowResult::OUTCOME_RECORDED &&
         std::ranges::none_of(result.findings(), [](const types::v1::Finding& finding) {
           return finding.reason() == "PART_ERASED";
         });
}

}  // namespace

std::string CanonicalBytes(const Message& message) { return Encode(message, nullptr); }

bool SaysTheSame(const google::protobuf::Message& a, const google::protobuf::Message& b) {
  return CanonicalBytes(a) == CanonicalBytes(b);
}

bool SealedContent::empty() const {
  return std::ranges::all_of(items, [](const std::string& item) { return item.empty(); });
}

std::string SealedContent::Recorded(std::string_view answer) const {
  if (!by_row) return items.empty() ? std::string() : items.front();
  const types::v1::RowResults results = RowResultsOf(answer);
  std::string recorded;
  for (int i = 0; i < results.results_size() && i < static_cast<int>(items.size()); ++i) {
    const std::string& item = items[static_cast<std::size_t>(i)];
    if (item.empty() || !WasSealed(results.results(i))) continue;
    AppendInteger(static_cast<std::uint64_t>(i), recorded);
    AppendBytes(item, recorded);
  }
  return recorded;
}

RequestContent ContentOf(const Message& request) {
  RequestContent content;
  if (!SealsAnything(request)) {
    content.fingerprint = merkle::Sha256(CanonicalBytes(request));
    return content;
  }
  const auto* rows = request.GetDescriptor()->FindFieldByName("rows");
  content.sealed.by_row = rows != nullptr && rows->is_repeated();
  if (!content.sealed.by_row) content.sealed.items.emplace_back();
  content.fingerprint = merkle::Sha256(Encode(request, &content.sealed));
  return content;
}

}  // namespace daybook::commands
