#include "eventstore/rocksdb/identity.h"

#include <sodium.h>

#include <charconv>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "eventstore/core/error.h"
#include "eventstore/rocksdb/crc32c.h"
#include "eventstore/rocksdb/damage.h"
#include "fmt/format.h"

namespace daybook::eventstore::rocks {
namespace {

constexpr std::string_view kName = "IDENTITY";
constexpr std::string_view kTitle = "Daybook data directory\n";
constexpr std::uint64_t kBytesMax = 4096;  // of every format

std::string ChecksumLine(std::string_view body) {
  return fmt::format("checksum: {:08x}\n", Crc32c(body));
}

bool EndsWithChecksum(std::string_view content) {
  const std::size_t size = ChecksumLine("").size();
  if (content.size() < size) return false;
  const std::string_view body = content.substr(0, content.size() - size);
  return content.substr(body.size()) == ChecksumLine(body);
}

std::string Render(const DirectoryIdentity& identity) {
  std::string body =
      fmt::format("{}format: {}\nlog: {}\nincarnation: {}\n", kTitle, ToText(identity.format),
                  identity.log.log_id, identity.log.incarnation);
  if (identity.fork) {
    body += fmt::format("parent: {}\nfork: {}\n", identity.fork->parent_incarnation,
                        identity.fork->size);
  }
  return body + ChecksumLine(body);
}

std::map<std::string, std::string> Lines(std::string_view content) {
  std::map<std::string, std::string> lines;
  while (!content.empty()) {
    const std::size_t end = content.find('\n');
    const std::string_view line = content.substr(0, end);
    if (const std::size_t colon = line.find(": "); colon != std::string_view::npos) {
      lines.emplace(line.substr(0, colon), line.substr(colon + 2));
    }
    if (end == std::string_view::npos) break;
    content.remove_prefix(end + 1);
  }
  return lines;
}

template <class T>
std::optional<T> Number(const std::string& text) {
  T value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// The whole file, with its checksum looked at. Every format ends with one, and it comes first: a
// flipped bit must not pass for another format.
absl::StatusOr<std::optional<std::string>> ReadChecked(const Files& files,
                                                       const std::filesystem::path& directory) {
  const std::filesystem::path path = directory / kName;
  DAYBOOK_ASSIGN_OR_RETURN(const bool there, files.Exists(path));
  if (!there) return std::optional<std::string>();
  // Before anything opens it: opening a pipe, whose size is 0, would wait for its other end.
  DAYBOOK_ASSIGN_OR_RETURN(const std::uint64_t size, files.Size(path));
  if (size == 0 || size > kBytesMax) {
    return Damage(
        {.file = path, .what = fmt::format("it has {} bytes, not 1 to {}", size, kBytesMax)});
  }
  DAYBOOK_ASSIGN_OR_RETURN(const bool is_directory, files.IsDirectory(path));
  if (is_directory) return Damage({.file = path, .what = "it is a directory"});
  DAYBOOK_ASSIGN_OR_RETURN(std::string content, files.ReadWhole(path));
  if (!EndsWithChecksum(content)) {
    return Damage({.file = path, .what = "the file does not match its checksum"});
  }
  return std::optional<std::string>(std::move(content));
}

absl::StatusOr<std::string> FormatIn(std::string_view content,
                                     const std::filesystem::path& directory) {
  std::map<std::string, std::string> lines = Lines(content);
  if (!content.starts_with(kTitle) || !IsFormatText(lines["format"])) {
    return Damage({.file = directory / kName,
                   .what = "the file does not say what a file of its format does"});
  }
  return lines["format"];
}

}  // namespace

LogIdentity NewLogIdentity() {
  std::string id(16, '\0');
  randombytes_buf(id.data(), id.size());
  return {.log_id = ToHex(id), .incarnation = 1};
}

absl::StatusOr<std::optional<std::string>> ReadFormat(const Files& files,
                                                      const std::filesystem::path& directory) {
  DAYBOOK_ASSIGN_OR_RETURN(const std::optional<std::string> content, ReadChecked(files, directory));
  if (!content) return std::optional<std::string>();
  return FormatIn(*content, directory);
}

absl::StatusOr<std::optional<DirectoryIdentity>> ReadIdentity(
    const Files& files, const std::filesystem::path& directory, const FormatSupport& formats) {
  DAYBOOK_ASSIGN_OR_RETURN(const std::optional<std::string> content, ReadChecked(files, directory));
  if (!content) return std::optional<DirectoryIdentity>();
  DAYBOOK_ASSIGN_OR_RETURN(const std::string format, FormatIn(*content, directory));
  const FormatDecision decision = Decide(format, formats);
  if (decision.action != FormatAction::kOpen && decision.action != FormatAction::kUpgrade) {
    return FormatRefusal(decision.action, directory.string(), format, formats.current);
  }
  std::map<std::string, std::string> lines = Lines(*content);
  const std::optional<std::uint32_t> incarnation = Number<std::uint32_t>(lines["incarnation"]);
  DirectoryIdentity identity{
      .log = {.log_id = lines["log"], .incarnation = incarnation.value_or(0)},
      .format = ParseLedgerFormat(format).value_or(formats.current)};
  const std::optional<std::uint32_t> parent = Number<std::uint32_t>(lines["parent"]);
  const std::optional<std::uint64_t> fork = Number<std::uint64_t>(lines["fork"]);
  if (parent && fork) identity.fork = Fork{.parent_incarnation = *parent, .size = *fork};
  if (!incarnation || identity.log.log_id.size() != 32 || Render(identity) != *content) {
    return Damage({.file = directory / kName,
                   .what = "the file does not say what a file of its format does"});
  }
  return std::optional<DirectoryIdentity>(identity);
}

absl::Status WriteIdentity(const Files& files, const std::filesystem::path& directory,
                           const DirectoryIdentity& identity) {
  return files.WriteWholeDurably(directory / kName, Render(identity));
}

}  // namespace daybook::eventstore::rocks
