#include "projections/store/row_version.h"

#include <cstddef>

namespace daybook::projections {
namespace {

constexpr char kZero = '\0';
constexpr char kEscaped = '\xFF';
constexpr char kEnd = '\x01';
constexpr char kRow = '\x01';
constexpr char kGone = '\x00';
constexpr std::size_t kLabelBytes = 8;
// Versions of one row that are stepped over before a jump pays.
constexpr int kStepsBeforeSeek = 4;

}  // namespace

void AppendClosedKey(std::string_view row, std::string& key) {
  for (const char byte : row) {
    key.push_back(byte);
    if (byte == kZero) key.push_back(kEscaped);
  }
  key.push_back(kZero);
  key.push_back(kEnd);
}

void AppendLabel(std::uint64_t label, std::string& key) {
  const std::uint64_t less = ~label;
  for (std::size_t i = 0; i < kLabelBytes; ++i) {
    key.push_back(static_cast<char>(less >> (8 * (kLabelBytes - 1 - i))));
  }
}

std::optional<RowVersion> ReadRowVersion(std::string_view after_prefix) {
  if (after_prefix.size() < kLabelBytes + 2) return std::nullopt;
  const std::size_t split = after_prefix.size() - kLabelBytes;
  std::uint64_t less = 0;
  for (const char byte : after_prefix.substr(split)) {
    less = less << 8 | static_cast<std::uint8_t>(byte);
  }
  return RowVersion{after_prefix.substr(0, split), ~less};
}

std::optional<std::string> OpenedKey(std::string_view closed_row) {
  if (closed_row.size() < 2 || closed_row.substr(closed_row.size() - 2) != std::string{kZero, kEnd})
    return std::nullopt;
  std::string row;
  const std::string_view body = closed_row.substr(0, closed_row.size() - 2);
  for (std::size_t i = 0; i < body.size(); ++i) {
    row.push_back(body[i]);
    if (body[i] != kZero) continue;
    if (++i == body.size() || body[i] != kEscaped) return std::nullopt;
  }
  return row;
}

std::string RowValue(std::string_view bytes) { return std::string(1, kRow).append(bytes); }

std::string GoneValue() { return std::string(1, kGone); }

std::optional<std::string_view> BytesOf(std::string_view value) {
  if (value.empty() || value.front() != kRow) return std::nullopt;
  return value.substr(1);
}

bool ShownVersions::Shows(const RowVersion& version, std::string_view prefix, std::string& seek) {
  seek.clear();
  if (version.closed_row != row_) {
    row_ = version.closed_row;
    steps_ = 0;
    found_ = false;
  } else {
    ++steps_;
  }
  if (!found_ && (!shown_below_.has_value() || version.label < *shown_below_)) {
    found_ = true;
    return true;
  }
  if (steps_ < kStepsBeforeSeek) return false;
  seek.append(prefix).append(row_);
  if (!found_ && *shown_below_ > 0) {
    AppendLabel(*shown_below_ - 1, seek);  // the first version that is shown
  } else {
    seek.back() = kEnd + 1;  // behind every version of the row
  }
  return false;
}

}  // namespace daybook::projections
