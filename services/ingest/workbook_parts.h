// The parts of a workbook below its sheets: which there are, shared texts, number formats.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/ingest/xml_reader.h"
#include "services/ingest/zip_archive.h"

namespace daybook::ingest {

// Of one unfolded part: a sheet of 20 million cells has less.
inline constexpr std::size_t kPartBytesMax = std::size_t{1} << 30;

// Reads a part of the archive through a handler.
absl::Status ReadPart(const ZipArchive& archive, const std::string& name, XmlHandler& handler);

struct SheetPart {
  std::string name;
  bool hidden = false;
  std::string part;  // its name in the archive; empty for a sheet that is only a chart
};

struct WorkbookParts {
  bool days_from_1904 = false;
  std::vector<SheetPart> sheets;          // in the order of their tabs
  std::vector<std::string> texts;         // shared, by their number; empty ones, too
  std::vector<std::string> format_codes;  // by the number of a cell's style
};

// INVALID_ARGUMENT without a reason: it is no workbook, or a part does not read.
absl::StatusOr<WorkbookParts> ReadParts(const ZipArchive& archive);

// Of digits only, and below 2^32; nullopt for anything else.
std::optional<std::uint32_t> WholeNumber(std::string_view text);

// A text of the format with its escapes resolved: "_x000D_" is a character.
std::string Unescaped(std::string_view text);

}  // namespace daybook::ingest
