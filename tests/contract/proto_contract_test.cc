// Holds the wire and storage contracts against the baseline that is checked in: a name, number or
// type that others rely on never changes or disappears; what is new is written down with the
// change. Rows of views are no such promise, but equal rows must have equal bytes.
//
// To record additions: DAYBOOK_UPDATE_BASELINE=1 contract_proto, then look at the diff.
#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/descriptor.pb.h"
#include "gtest/gtest.h"

namespace {

using google::protobuf::Descriptor;
using google::protobuf::DescriptorPool;
using google::protobuf::EnumDescriptor;
using google::protobuf::FileDescriptor;
using google::protobuf::FileDescriptorSet;
using google::protobuf::ServiceDescriptor;

class Contract {
 public:
  Contract() {
    FileDescriptorSet set;
    std::ifstream in(DAYBOOK_DESCRIPTOR_SET, std::ios::binary);
    if (!set.ParseFromIstream(&in)) return;
    for (const auto& file : set.file()) {
      if (pool_.BuildFile(file) == nullptr) return;
      names_.push_back(file.name());
    }
    for (const std::string& name : names_) Add(pool_.FindFileByName(name));
  }

  const std::set<std::string>& lines() const { return lines_; }
  const std::vector<std::string>& uncommented() const { return uncommented_; }
  // Every message of daybook.views.v1, whichever file it is in.
  const std::vector<const Descriptor*>& rows() const { return rows_; }

 private:
  template <class D>
  void Comment(const D* element) {
    google::protobuf::SourceLocation where;
    if (!element->GetSourceLocation(&where) ||
        (where.leading_comments.empty() && where.trailing_comments.empty())) {
      uncommented_.push_back(element->full_name());
    }
  }

  void Add(const FileDescriptor* file) {
    const std::string& package = file->package();
    if (package == "daybook.views.v1") {
      for (int i = 0; i < file->message_type_count(); ++i) rows_.push_back(file->message_type(i));
    }
    // views.v1 is droppable and google.* belongs to others: neither is a promise.
    const bool promise = package.rfind("daybook.", 0) == 0 && package != "daybook.views.v1";
    if (!promise) return;
    for (int i = 0; i < file->message_type_count(); ++i) Add(file->message_type(i));
    for (int i = 0; i < file->enum_type_count(); ++i) Add(file->enum_type(i));
    for (int i = 0; i < file->service_count(); ++i) Add(file->service(i));
  }

  void Add(const Descriptor* message) {
    if (message->options().map_entry()) return;
    Comment(message);
    lines_.insert("message " + message->full_name());
    for (int i = 0; i < message->field_count(); ++i) {
      const auto* field = message->field(i);
      Comment(field);
      std::string type = field->type_name();
      if (field->message_type() != nullptr) type = field->message_type()->full_name();
      if (field->enum_type() != nullptr) type = field->enum_type()->full_name();
      if (field->is_repeated()) type = "repeated " + type;
      lines_.insert("field " + message->full_name() + " " + std::to_string(field->number()) + " " +
                    field->name() + " " + type);
    }
    for (int i = 0; i < message->nested_type_count(); ++i) Add(message->nested_type(i));
    for (int i = 0; i < message->enum_type_count(); ++i) Add(message->enum_type(i));
  }

  void Add(const EnumDescriptor* type) {
    Comment(type);
    for (int i = 0; i < type->value_count(); ++i) {
      Comment(type->value(i));
      lines_.insert("value " + type->full_name() + " " + std::to_string(type->value(i)->number()) +
                    " " + type->value(i)->name());
    }
  }

  void Add(const ServiceDescriptor* service) {
    Comment(service);
    for (int i = 0; i < service->method_count(); ++i) {
      const auto* method = service->method(i);
      Comment(method);
      lines_.insert("rpc " + method->full_name() + " " + method->input_type()->full_name() + " " +
                    method->output_type()->full_name() +
                    (method->client_streaming() ? " client-streaming" : "") +
                    (method->server_streaming() ? " server-streaming" : ""));
    }
  }

  DescriptorPool pool_;
  std::vector<std::string> names_;
  std::set<std::string> lines_;
  std::vector<std::string> uncommented_;
  std::vector<const Descriptor*> rows_;
};

const Contract& Current() {
  static const auto& contract = *new Contract;
  return contract;
}

std::set<std::string> Baseline() {
  std::ifstream in(DAYBOOK_PROTO_BASELINE);
  std::set<std::string> lines;
  for (std::string line; std::getline(in, line);) {
    if (!line.empty() && line.front() != '#') lines.insert(line);
  }
  return lines;
}

TEST(ProtoContract, HoldsEverythingThatTheBaselinePromises) {
  ASSERT_FALSE(Current().lines().empty());
  if (std::getenv("DAYBOOK_UPDATE_BASELINE") != nullptr) {
    std::ofstream out(DAYBOOK_PROTO_BASELINE);
    out << "# Every name, number and type that others rely on. Lines are added, never removed.\n";
    for (const std::string& line : Current().lines()) out << line << '\n';
  }
  std::vector<std::string> broken;
  for (const std::string& line : Baseline()) {
    if (Current().lines().count(line) == 0) broken.push_back(line);
  }
  EXPECT_THAT(broken, testing::IsEmpty()) << "these promises were changed or removed";
}

TEST(ProtoContract, AdditionsAreWrittenIntoTheBaseline) {
  std::vector<std::string> fresh;
  const auto baseline = Baseline();
  for (const std::string& line : Current().lines()) {
    if (baseline.count(line) == 0) fresh.push_back(line);
  }
  EXPECT_THAT(fresh, testing::IsEmpty())
      << "run this program with DAYBOOK_UPDATE_BASELINE=1 and look at the diff of the baseline";
}

TEST(ProtoContract, EveryElementIsCommented) {
  EXPECT_THAT(Current().uncommented(), testing::IsEmpty());
}

bool HasMap(const Descriptor& message, std::set<std::string>& seen) {
  if (!seen.insert(message.full_name()).second) return false;
  for (int i = 0; i < message.field_count(); ++i) {
    const auto& field = *message.field(i);
    if (field.is_map()) return true;
    if (field.message_type() != nullptr && HasMap(*field.message_type(), seen)) return true;
  }
  return false;
}

TEST(Rows, HoldNoMapsSoThatEqualRowsHaveEqualBytes) {
  std::set<std::string> files;
  for (const Descriptor* row : Current().rows()) {
    files.insert(row->file()->name());
    std::set<std::string> seen;
    EXPECT_FALSE(HasMap(*row, seen)) << row->full_name();
  }
  EXPECT_GT(files.size(), 1U) << "rows of more than one file were looked at";
}

}  // namespace
