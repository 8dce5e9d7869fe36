#include "services/ingest/text_decoding.h"

#include <iconv.h>

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "eventstore/core/error.h"
#include "eventstore/core/utf8.h"
#include "fmt/format.h"
#include "proto/values/text.h"

namespace daybook::ingest {
namespace {

constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";
constexpr std::string_view kUtf16LittleMark = "\xFF\xFE";
constexpr std::string_view kUtf16BigMark = "\xFE\xFF";
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

struct CloseIconv {
  void operator()(void* handle) const { iconv_close(handle); }
};

class Converter {
 public:
  explicit Converter(const char* encoding) : handle_(iconv_open("UTF-8", encoding)) {}

  // Appends what it is in UTF-8; returns how many bytes were converted, fewer than all where the
  // next is no character.
  std::size_t Convert(std::string_view bytes, std::string& utf8) const {
    const std::size_t before = utf8.size();
    utf8.resize(before + bytes.size() * 3 + 4);  // no character of these takes more
    char* in = const_cast<char*>(bytes.data());  // iconv does not write through it
    std::size_t in_left = bytes.size();
    char* out = utf8.data() + before;
    std::size_t out_left = utf8.size() - before;
    iconv(handle_.get(), &in, &in_left, &out, &out_left);
    utf8.resize(utf8.size() - out_left);
    return bytes.size() - in_left;
  }

 private:
  std::unique_ptr<void, CloseIconv> handle_;
};

absl::StatusOr<DecodedText> FromUtf16(std::string_view bytes, const char* encoding) {
  DecodedText text{.utf8 = {}, .encoding = encoding};
  const std::size_t converted = Converter(encoding).Convert(bytes, text.utf8);
  if (converted == bytes.size()) return text;
  return eventstore::MakeError(absl::StatusCode::kInvalidArgument,
                               fmt::format("byte {} of the file is no {}", converted + 1, encoding),
                               {.reason = "INVALID_FIELD",
                                .remedy = "Save it as \"CSV UTF-8\" and import it again.",
                                .fields = {},
                                .metadata = {}});
}

std::vector<std::string_view> LinesOf(std::string_view text) {
  std::vector<std::string_view> lines;
  for (std::size_t at = 0; at < text.size(); at += lines.back().size()) {
    lines.push_back(LineAt(text, at));
  }
  return lines;
}

// Appends it; what it says of the first byte that is none, else "".
std::string AddWindows1252(const Converter& converter, std::string_view line, std::string& utf8) {
  std::string fault;
  for (std::string_view rest = line; !rest.empty();) {
    rest.remove_prefix(converter.Convert(rest, utf8));
    if (rest.empty()) break;
    if (fault.empty()) {
      fault = fmt::format("byte {} of the row, 0x{:02X}, is no character of UTF-8 or Windows-1252",
                          rest.data() - line.data() + 1, static_cast<unsigned char>(rest.front()));
    }
    utf8 += kReplacement;
    rest.remove_prefix(1);
  }
  return fault;
}

DecodedText FromSingleBytes(std::string_view bytes) {
  const bool is_marked = bytes.starts_with(kUtf8Mark);
  if (is_marked) bytes.remove_prefix(kUtf8Mark.size());
  const std::vector<std::string_view> lines = LinesOf(bytes);
  const auto is_utf8 = [](std::string_view line) {
    return !values::IsAscii(line) && eventstore::IsUtf8(line);
  };
  const auto is_other = [](std::string_view line) { return !eventstore::IsUtf8(line); };
  const auto utf8_lines = std::ranges::count_if(lines, is_utf8);
  // The encoding of most lines is that of the file.
  const bool utf8 = is_marked || utf8_lines >= std::ranges::count_if(lines, is_other);
  DecodedText text{.utf8 = {}, .encoding = utf8 ? "UTF-8" : "Windows-1252"};
  const Converter converter("CP1252");
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::string fault;
    if (is_other(lines[i])) {
      fault = AddWindows1252(converter, lines[i], text.utf8);
      if (fault.empty() && utf8) fault = "has bytes that are no UTF-8 while other rows are UTF-8";
    } else {
      text.utf8 += lines[i];
      if (is_utf8(lines[i]) && !utf8) {
        fault = "has letters in UTF-8 while more rows are Windows-1252";
      }
    }
    if (!fault.empty()) text.faults.emplace(i, std::move(fault));
  }
  return text;
}

// Of a beginning in Latin letters, as every header is.
bool HasZeroAt(std::string_view bytes, std::size_t odd) {
  const std::size_t look = std::min<std::size_t>(bytes.size(), 512);
  if (look < 4) return false;
  std::size_t zeros = 0;
  for (std::size_t i = odd; i < look; i += 2) zeros += bytes[i] == '\0' ? 1 : 0;
  return zeros * 10 >= look / 2 * 9;
}

}  // namespace

std::string_view LineAt(std::string_view text, std::size_t at) {
  // Piece by piece, so that neither end is looked for far behind the other.
  constexpr std::size_t kPieceBytes = 256;
  for (std::size_t from = at; from < text.size(); from += kPieceBytes) {
    const std::string_view piece = text.substr(from, kPieceBytes);
    const std::size_t feed = piece.find('\n');
    const std::size_t end = std::min(piece.substr(0, feed).find('\r'), feed);
    if (end == std::string_view::npos) continue;
    const std::size_t size = text.substr(from + end).starts_with("\r\n") ? 2 : 1;
    return text.substr(at, from + end + size - at);
  }
  return text.substr(at);
}

absl::StatusOr<DecodedText> DecodeText(std::string bytes) {
  const std::string_view view = bytes;
  if (view.starts_with(kUtf16LittleMark)) return FromUtf16(view.substr(2), "UTF-16LE");
  if (view.starts_with(kUtf16BigMark)) return FromUtf16(view.substr(2), "UTF-16BE");
  if (HasZeroAt(view, 1)) return FromUtf16(view, "UTF-16LE");
  if (HasZeroAt(view, 0)) return FromUtf16(view, "UTF-16BE");
  if (!eventstore::IsUtf8(view)) return FromSingleBytes(view);
  if (view.starts_with(kUtf8Mark)) bytes.erase(0, kUtf8Mark.size());
  return DecodedText{.utf8 = std::move(bytes)};
}

}  // namespace daybook::ingest
