// XML as a stream of elements (expat). Names come without their prefix, because the same parts are
// written under other namespaces: an office document is "Transitional" or "Strict".
#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"

struct XML_ParserStruct;

namespace daybook::ingest {

// The attributes of one element, during its Start.
class XmlAttributes {
 public:
  explicit XmlAttributes(const char** pairs) : pairs_(pairs) {}
  // By the name without its prefix; empty where there is none.
  std::string_view operator[](std::string_view name) const;
  // "1" or "true".
  bool Is(std::string_view name) const;

 private:
  const char** pairs_;
};

class XmlHandler {
 public:
  virtual ~XmlHandler() = default;
  virtual void Start(std::string_view element, const XmlAttributes& attributes) = 0;
  virtual void End(std::string_view element) = 0;
  // One text may come in several pieces.
  virtual void Text(std::string_view) {}
  // Not OK: the reading ends with it after the present event.
  virtual absl::Status status() const { return absl::OkStatus(); }
};

// Feeds pieces of a document to a handler. Not thread-safe.
class XmlReader {
 public:
  // `handler` must outlive it.
  explicit XmlReader(XmlHandler& handler);
  ~XmlReader();
  XmlReader(const XmlReader&) = delete;
  XmlReader& operator=(const XmlReader&) = delete;

  // INVALID_ARGUMENT when it is no XML or has a document type, whose entities may unfold without
  // end; the handler's status.
  absl::Status Feed(std::string_view piece);
  absl::Status End();

 private:
  struct Events;  // what expat calls
  absl::Status Parse(std::string_view piece, bool last);

  XmlHandler& handler_;
  XML_ParserStruct* const parser_;
  bool has_document_type_ = false;
};

}  // namespace daybook::ingest
