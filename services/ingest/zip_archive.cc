#include "services/ingest/zip_archive.h"

#include <zip.h>

#include <array>
#include <utility>

#include "eventstore/core/error.h"

namespace daybook::ingest {
namespace {

constexpr std::size_t kPieceBytes = 64U << 10;

struct CloseFile {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};

}  // namespace

void ZipArchive::Close::operator()(zip* archive) const { zip_discard(archive); }

absl::StatusOr<ZipArchive> ZipArchive::Open(std::string_view bytes) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* const source =
      zip_source_buffer_create(bytes.data(), bytes.size(), /*freep=*/0, &error);
  zip_t* const archive =
      source == nullptr ? nullptr : zip_open_from_source(source, ZIP_RDONLY, &error);
  std::string why = archive == nullptr ? zip_error_strerror(&error) : "";
  zip_error_fini(&error);
  if (archive != nullptr) return ZipArchive(archive);
  if (source != nullptr) zip_source_free(source);
  return absl::InvalidArgumentError("the archive does not open: " + why);
}

bool ZipArchive::Has(const std::string& name) const {
  return zip_name_locate(archive_.get(), name.c_str(), 0) >= 0;
}

absl::Status ZipArchive::Read(
    const std::string& name, std::size_t bytes_max,
    const std::function<absl::Status(std::string_view piece)>& sink) const {
  const std::unique_ptr<zip_file_t, CloseFile> file(zip_fopen(archive_.get(), name.c_str(), 0));
  if (file == nullptr) {
    return absl::InvalidArgumentError("its part " + name +
                                      " does not open: " + zip_strerror(archive_.get()));
  }
  std::array<char, kPieceBytes> piece;
  std::size_t total = 0;
  while (true) {
    const zip_int64_t size = zip_fread(file.get(), piece.data(), piece.size());
    if (size < 0) {
      return absl::InvalidArgumentError("its part " + name +
                                        " is damaged: " + zip_file_strerror(file.get()));
    }
    if (size == 0) return absl::OkStatus();
    total += static_cast<std::size_t>(size);
    if (total > bytes_max) return absl::InvalidArgumentError("its part " + name + " is too long");
    DAYBOOK_RETURN_IF_ERROR(sink({piece.data(), static_cast<std::size_t>(size)}));
  }
}

}  // namespace daybook::ingest
