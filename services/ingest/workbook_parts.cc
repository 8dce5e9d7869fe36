#include "services/ingest/workbook_parts.h"

#include <charconv>
#include <optional>
#include <utility>

#include "absl/strings/numbers.h"
#include "eventstore/core/error.h"
#include "services/ingest/number_format.h"

namespace daybook::ingest {
namespace {

// Who refers to which part, by the end of the kind's address, which Strict and Transitional share.
class Relations final : public XmlHandler {
 public:
  // `folder` of the part that refers, with its slash.
  explicit Relations(std::string folder) : folder_(std::move(folder)) {}

  void Start(std::string_view element, const XmlAttributes& attributes) override {
    if (element != "Relationship" || attributes["TargetMode"] == "External") return;
    const std::string_view type = attributes["Type"];
    const std::string_view kind = type.substr(type.rfind('/') + 1);
    const std::string part = PartOf(attributes["Target"]);
    by_kind_.emplace(kind, part);
    by_id_.emplace(attributes["Id"], std::pair(std::string(kind), part));
  }
  void End(std::string_view) override {}

  std::string OfKind(const std::string& kind) const {
    const auto it = by_kind_.find(kind);
    return it == by_kind_.end() ? "" : it->second;
  }
  // Empty where the id is that of another kind.
  std::string OfId(const std::string& id, std::string_view kind) const {
    const auto it = by_id_.find(id);
    return it == by_id_.end() || it->second.first != kind ? "" : it->second.second;
  }

 private:
  std::string PartOf(std::string_view target) const {
    if (target.starts_with('/')) return std::string(target.substr(1));
    std::string folder = folder_;
    while (target.starts_with("../")) {
      target.remove_prefix(3);
      if (!folder.empty()) folder.pop_back();
      folder.resize(folder.rfind('/') == std::string::npos ? 0 : folder.rfind('/') + 1);
    }
    return folder + std::string(target);
  }

  std::string folder_;
  std::map<std::string, std::string> by_kind_;
  std::map<std::string, std::pair<std::string, std::string>> by_id_;
};

class SheetList final : public XmlHandler {
 public:
  SheetList(const Relations& relations, WorkbookParts& parts)
      : relations_(relations), parts_(parts) {}

  void Start(std::string_view element, const XmlAttributes& attributes) override {
    if (element == "workbookPr") parts_.days_from_1904 = attributes.Is("date1904");
    if (element != "sheet") return;
    const std::string_view state = attributes["state"];
    parts_.sheets.push_back({.name = std::string(attributes["name"]),
                             .hidden = state == "hidden" || state == "veryHidden",
                             .part = relations_.OfId(std::string(attributes["id"]), "worksheet")});
  }
  void End(std::string_view) override {}

 private:
  const Relations& relations_;
  WorkbookParts& parts_;
};

// A text is the pieces of its runs, without how the characters are spoken (rPh).
class SharedTexts final : public XmlHandler {
 public:
  explicit SharedTexts(std::vector<std::string>& texts) : texts_(texts) {}

  void Start(std::string_view element, const XmlAttributes&) override {
    if (element == "si") texts_.emplace_back();
    if (element == "rPh") spoken_ = true;
    in_text_ = element == "t" && !spoken_;
  }
  void End(std::string_view element) override {
    if (element == "rPh") spoken_ = false;
    if (element == "t") in_text_ = false;
    if (element == "si") texts_.back() = Unescaped(texts_.back());
  }
  void Text(std::string_view piece) override {
    if (in_text_ && !texts_.empty()) texts_.back() += piece;
  }

 private:
  std::vector<std::string>& texts_;
  bool spoken_ = false;
  bool in_text_ = false;
};

class Styles final : public XmlHandler {
 public:
  explicit Styles(std::vector<std::string>& codes) : codes_(codes) {}

  void Start(std::string_view element, const XmlAttributes& attributes) override {
    if (element == "numFmt") {
      own_[WholeNumber(attributes["numFmtId"]).value_or(0)] = attributes["formatCode"];
    }
    if (element == "cellXfs") in_cells_ = true;
    if (element != "xf" || !in_cells_) return;
    const std::uint32_t id = WholeNumber(attributes["numFmtId"]).value_or(0);
    const auto own = own_.find(id);
    codes_.emplace_back(own == own_.end() ? BuiltInCode(id) : own->second);
  }
  void End(std::string_view element) override {
    if (element == "cellXfs") in_cells_ = false;
  }

 private:
  std::vector<std::string>& codes_;
  std::map<std::uint32_t, std::string> own_;
  bool in_cells_ = false;
};

std::string FolderOf(const std::string& part) { return part.substr(0, part.rfind('/') + 1); }

std::string RelationsOf(const std::string& part) {
  return FolderOf(part) + "_rels/" + part.substr(part.rfind('/') + 1) + ".rels";
}

// Only digits of a code in lower or upper case: "_x000D_".
std::optional<char32_t> EscapeAt(std::string_view text) {
  if (text.size() < 7 || !text.starts_with("_x") || text[6] != '_') return std::nullopt;
  unsigned value = 0;
  const auto [end, error] = std::from_chars(text.data() + 2, text.data() + 6, value, 16);
  if (error != std::errc() || end != text.data() + 6) return std::nullopt;
  return value;
}

void AppendUtf8(char32_t c, std::string& out) {
  if (c < 0x80) {
    out.push_back(static_cast<char>(c));
  } else if (c < 0x800) {
    out.push_back(static_cast<char>(0xC0 | c >> 6));
    out.push_back(static_cast<char>(0x80 | (c & 0x3F)));
  } else {
    out.push_back(static_cast<char>(0xE0 | c >> 12));
    out.push_back(static_cast<char>(0x80 | (c >> 6 & 0x3F)));
    out.push_back(static_cast<char>(0x80 | (c & 0x3F)));
  }
}

}  // namespace

absl::Status ReadPart(const ZipArchive& archive, const std::string& name, XmlHandler& handler) {
  XmlReader reader(handler);
  DAYBOOK_RETURN_IF_ERROR(archive.Read(
      name, kPartBytesMax, [&reader](std::string_view piece) { return reader.Feed(piece); }));
  return reader.End();
}

absl::StatusOr<WorkbookParts> ReadParts(const ZipArchive& archive) {
  Relations top("");
  DAYBOOK_RETURN_IF_ERROR(ReadPart(archive, "_rels/.rels", top));
  const std::string book = top.OfKind("officeDocument");
  if (book.empty()) return absl::InvalidArgumentError("it names no document");
  Relations relations(FolderOf(book));
  DAYBOOK_RETURN_IF_ERROR(ReadPart(archive, RelationsOf(book), relations));
  WorkbookParts parts;
  SheetList list(relations, parts);
  DAYBOOK_RETURN_IF_ERROR(ReadPart(archive, book, list));
  if (const std::string texts = relations.OfKind("sharedStrings"); !texts.empty()) {
    SharedTexts handler(parts.texts);
    DAYBOOK_RETURN_IF_ERROR(ReadPart(archive, texts, handler));
  }
  if (const std::string styles = relations.OfKind("styles"); !styles.empty()) {
    Styles handler(parts.format_codes);
    DAYBOOK_RETURN_IF_ERROR(ReadPart(archive, styles, handler));
  }
  return parts;
}

std::optional<std::uint32_t> WholeNumber(std::string_view text) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::string Unescaped(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t next = std::min(text.find("_x"), text.size());
    out += text.substr(0, next);
    text.remove_prefix(next);
    if (text.empty()) break;
    const std::optional<char32_t> escape = EscapeAt(text);
    if (escape && (*escape < 0xD800 || *escape > 0xDFFF)) {
      AppendUtf8(*escape, out);
      text.remove_prefix(7);
    } else {
      out.push_back('_');
      text.remove_prefix(1);
    }
  }
  return out;
}

}  // namespace daybook::ingest
