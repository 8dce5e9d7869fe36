#include "projections/core/table.h"

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

}  // namespace daybook::projections
