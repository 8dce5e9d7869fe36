#include "tests/simulation/disk_faults.h"

namespace daybook::simulation {
namespace {

std::string_view BaseName(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

std::string_view KindOfName(std::string_view path) {
  const std::string_view name = BaseName(path);
  if (path.find("/journal") != std::string_view::npos) return "journal";
  if (name.starts_with("IDENTITY") || name == "LOCK") return "identity";
  if (name.ends_with(".sst")) return "table";
  if (name.starts_with("MANIFEST")) return "manifest";
  if (name.starts_with("CURRENT") || name.ends_with(".dbtmp")) return "current";
  if (name.starts_with("OPTIONS")) return "options";
  if (name.ends_with(".log")) return "wal";
  if (name.find('.') == std::string_view::npos) return "directory";
  return "other";
}

}  // namespace

std::string_view NameOf(DiskOperation operation) {
  static constexpr std::string_view kNames[] = {"open", "create", "read",  "write",
                                                "sync", "rename", "remove"};
  return kNames[static_cast<std::size_t>(operation)];
}

std::string ClassOf(std::string_view path) {
  const bool views = path.find("/views") != std::string_view::npos;
  return std::string(views ? "views/" : "log/") + std::string(KindOfName(path));
}

void DiskFaults::Arm(FaultPoint point, DiskError error, bool from_then_on) {
  armed_ = Armed{.point = std::move(point), .error = error, .from_then_on = from_then_on};
}

DiskError DiskFaults::On(DiskOperation operation, std::string_view path) {
  const std::string file_class = ClassOf(path);
  ++counts_[{file_class, operation}];
  if (!armed_ || armed_->point.operation != operation || armed_->point.file_class != file_class) {
    return DiskError::kNone;
  }
  const std::uint64_t n = armed_->seen++;
  const bool now = armed_->from_then_on ? n >= armed_->point.n : n == armed_->point.n;
  if (!now) return DiskError::kNone;
  armed_->has_failed = true;
  return armed_->error;
}

}  // namespace daybook::simulation
