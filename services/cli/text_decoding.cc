#include "services/cli/text_decoding.h"

#include <iconv.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "eventstore/core/error.h"
#include "eventstore/core/utf8.h"
#include "fmt/format.h"

namespace daybook::cli {
namespace {

constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";
constexpr std::string_view kUtf16LittleMark = "\xFF\xFE";
constexpr std::string_view kUtf16BigMark = "\xFE\xFF";

absl::Status Undecodable(const std::string& encoding, std::size_t byte) {
  return eventstore::MakeError(absl::StatusCode::kInvalidArgument,
                               fmt::format("byte {} of the file is no {}", byte + 1, encoding),
                               {.reason = "INVALID_FIELD",
                                .remedy = "Save it as \"CSV UTF-8\" and import it again.",
                                .fields = {},
                                .metadata = {}});
}

struct CloseIconv {
  void operator()(void* handle) const { iconv_close(handle); }
};

absl::StatusOr<DecodedText> Convert(std::string_view bytes, const char* encoding) {
  const std::unique_ptr<void, CloseIconv> handle(iconv_open("UTF-8", encoding));
  std::string utf8(bytes.size() * 3 + 4, '\0');  // no character of these takes more
  char* in = const_cast<char*>(bytes.data());    // iconv does not write through it
  std::size_t in_left = bytes.size();
  char* out = utf8.data();
  std::size_t out_left = utf8.size();
  if (iconv(handle.get(), &in, &in_left, &out, &out_left) == static_cast<std::size_t>(-1)) {
    return Undecodable(encoding, bytes.size() - in_left);
  }
  utf8.resize(utf8.size() - out_left);
  return DecodedText{std::move(utf8),
                     std::string(encoding) == "CP1252" ? "Windows-1252" : encoding};
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

absl::StatusOr<DecodedText> DecodeText(std::string bytes) {
  const std::string_view view = bytes;
  if (view.starts_with(kUtf16LittleMark)) return Convert(view.substr(2), "UTF-16LE");
  if (view.starts_with(kUtf16BigMark)) return Convert(view.substr(2), "UTF-16BE");
  if (HasZeroAt(view, 1)) return Convert(view, "UTF-16LE");
  if (HasZeroAt(view, 0)) return Convert(view, "UTF-16BE");
  if (!eventstore::IsUtf8(view)) return Convert(view, "CP1252");
  if (view.starts_with(kUtf8Mark)) bytes.erase(0, kUtf8Mark.size());
  return DecodedText{std::move(bytes), "UTF-8"};
}

}  // namespace daybook::cli
