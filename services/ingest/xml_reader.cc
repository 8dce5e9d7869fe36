#include "services/ingest/xml_reader.h"

#include <expat.h>

#include <string>

namespace daybook::ingest {
namespace {

std::string_view Local(std::string_view name) {
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

}  // namespace

struct XmlReader::Events {
  static XmlReader& Of(void* data) { return *static_cast<XmlReader*>(data); }
  static void Start(void* data, const XML_Char* name, const XML_Char** attributes) {
    Of(data).handler_.Start(Local(name), XmlAttributes(attributes));
    StopAfterError(data);
  }
  static void End(void* data, const XML_Char* name) {
    Of(data).handler_.End(Local(name));
    StopAfterError(data);
  }
  static void Text(void* data, const XML_Char* text, int size) {
    Of(data).handler_.Text({text, static_cast<std::size_t>(size)});
  }
  static void DocumentType(void* data, const XML_Char*, const XML_Char*, const XML_Char*, int) {
    Of(data).has_document_type_ = true;
    XML_StopParser(Of(data).parser_, XML_FALSE);
  }
  static void StopAfterError(void* data) {
    if (!Of(data).handler_.status().ok()) XML_StopParser(Of(data).parser_, XML_FALSE);
  }
};

std::string_view XmlAttributes::operator[](std::string_view name) const {
  for (const char** pair = pairs_; *pair != nullptr; pair += 2) {
    if (Local(pair[0]) == name) return pair[1];
  }
  return {};
}

bool XmlAttributes::Is(std::string_view name) const {
  const std::string_view value = (*this)[name];
  return value == "1" || value == "true";
}

XmlReader::XmlReader(XmlHandler& handler) : handler_(handler), parser_(XML_ParserCreate(nullptr)) {
  XML_SetUserData(parser_, this);
  XML_SetElementHandler(parser_, &Events::Start, &Events::End);
  XML_SetCharacterDataHandler(parser_, &Events::Text);
  XML_SetStartDoctypeDeclHandler(parser_, &Events::DocumentType);
}

XmlReader::~XmlReader() { XML_ParserFree(parser_); }

absl::Status XmlReader::Feed(std::string_view piece) { return Parse(piece, false); }

absl::Status XmlReader::End() { return Parse({}, true); }

absl::Status XmlReader::Parse(std::string_view piece, bool last) {
  const XML_Status parsed =
      XML_Parse(parser_, piece.data(), static_cast<int>(piece.size()), last ? 1 : 0);
  if (absl::Status status = handler_.status(); !status.ok()) return status;
  if (has_document_type_) return absl::InvalidArgumentError("it declares a document type");
  if (parsed == XML_STATUS_OK) return absl::OkStatus();
  return absl::InvalidArgumentError(std::string("it is not XML: ") +
                                    XML_ErrorString(XML_GetErrorCode(parser_)));
}

}  // namespace daybook::ingest
