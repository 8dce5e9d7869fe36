#include "eventstore/core/ledger_format.h"

#include <algorithm>
#include <charconv>
#include <deque>
#include <map>

#include "absl/strings/ascii.h"
#include "eventstore/core/error.h"

namespace daybook::eventstore {
namespace {

constexpr std::string_view kDraftMark = "-draft.";

std::optional<std::uint32_t> Number(std::string_view text) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// The fewest steps from one to the other, in order; nullopt when none lead there.
std::optional<std::vector<std::size_t>> ShortestWay(const LedgerFormat& from,
                                                    const LedgerFormat& to,
                                                    std::span<const FormatStep> steps) {
  std::map<LedgerFormat, std::vector<std::size_t>> ways = {{from, {}}};
  std::deque<LedgerFormat> next = {from};
  while (!next.empty()) {
    const LedgerFormat at = next.front();
    next.pop_front();
    if (at == to) return ways[at];
    for (std::size_t i = 0; i < steps.size(); ++i) {
      if (steps[i].from != at || ways.contains(steps[i].to)) continue;
      std::vector<std::size_t> way = ways[at];
      way.push_back(i);
      ways.emplace(steps[i].to, std::move(way));
      next.push_back(steps[i].to);
    }
  }
  return std::nullopt;
}

// A program that still reads it, for a sentence.
std::string ReaderOf(std::string_view stored) {
  return stored == "1" ? "A build of Daybook from before format 2" : "The version that wrote it";
}

std::string OlderRemedy(std::string_view stored) {
  const std::optional<LedgerFormat> format = ParseLedgerFormat(stored);
  if (format && *format < kFirstKeptFormat) {
    return "Nothing was released in this format, so it is not upgraded: start with an empty "
           "directory and send the files again. " +
           ReaderOf(stored) + " still reads it.";
  }
  return "Open it with a version of Daybook that reads format " + std::string(stored) +
         ", and report this as a defect: released formats are kept.";
}

}  // namespace

std::string ToText(const LedgerFormat& format) {
  std::string text = std::to_string(format.number);
  if (format.is_draft()) text.append(kDraftMark).append(std::to_string(format.draft));
  return text;
}

bool IsFormatText(std::string_view text) {
  constexpr std::size_t kCharactersMax = 32;
  const auto may_be_in = [](char c) {
    return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '.' || c == '-';
  };
  return !text.empty() && text.size() <= kCharactersMax && text[0] >= '0' && text[0] <= '9' &&
         std::all_of(text.begin(), text.end(), may_be_in);
}

std::optional<LedgerFormat> ParseLedgerFormat(std::string_view text) {
  const std::size_t mark = text.find(kDraftMark);
  const std::optional<std::uint32_t> number = Number(text.substr(0, mark));
  const std::optional<std::uint32_t> draft =
      mark == std::string_view::npos ? 0 : Number(text.substr(mark + kDraftMark.size()));
  if (!number || !draft) return std::nullopt;
  const LedgerFormat format{.number = *number, .draft = *draft};
  if (ToText(format) != text) return std::nullopt;
  return format;
}

FormatDecision DecideFormat(std::string_view stored, const LedgerFormat& current,
                            std::span<const FormatStep> steps) {
  const std::optional<LedgerFormat> format = ParseLedgerFormat(stored);
  if (!format) return {.action = FormatAction::kRefuseNewer, .steps = {}};
  if (*format == current) return {.action = FormatAction::kOpen, .steps = {}};
  if (auto way = ShortestWay(*format, current, steps)) {
    return {.action = FormatAction::kUpgrade, .steps = *std::move(way)};
  }
  if (format->is_draft()) return {.action = FormatAction::kRefuseDraft, .steps = {}};
  return {
      .action = *format > current ? FormatAction::kRefuseNewer : FormatAction::kRefuseOlder,
      .steps = {},
  };
}

absl::Status FormatRefusal(FormatAction action, std::string_view place, std::string_view stored,
                           const LedgerFormat& current) {
  std::string message(place);
  const std::string formats =
      "(format " + std::string(stored) + ", this one reads " + ToText(current) + ")";
  ErrorDetail detail{
      .reason = std::string(reason::kDirectoryUnusable),
      .remedy = "",
      .fields = {},
      .metadata = {{"format", std::string(stored)}, {"program_format", ToText(current)}}};
  if (action == FormatAction::kRefuseNewer) {
    message += " was written by a newer version " + formats;
    detail.remedy = "Use the version of Daybook that wrote the directory, or a newer one.";
    detail.metadata["refused"] = "newer";
  } else if (action == FormatAction::kRefuseOlder) {
    message += " was written by an older version " + formats;
    detail.remedy = OlderRemedy(stored);
    detail.metadata["refused"] = "older";
  } else {
    message += " was written by a version under development " + formats;
    detail.remedy =
        "A draft is read only by the program that wrote it, and nothing was released in it: use "
        "that program, or start with an empty directory and send the files again.";
    detail.metadata["refused"] = "draft";
  }
  return MakeError(absl::StatusCode::kFailedPrecondition, message, detail);
}

}  // namespace daybook::eventstore
