#include "eventstore/rocksdb/recovery.h"

#include <utility>

#include "eventstore/core/error.h"
#include "eventstore/rocksdb/damage.h"
#include "fmt/format.h"

namespace daybook::eventstore::rocks {
namespace {

// One group on its way from the journal.
absl::Status Visit(const ScannedGroup& group, const LogTail& stored, Applier& applier,
                   RecoveryReport& report) {
  if (group.header.group == stored.group && group.crc != stored.group_crc) {
    return Damage({.file = group.file,
                   .what = fmt::format("group {} is not the one that the store was made from",
                                       group.header.group),
                   .offset = group.offset,
                   .first_position = group.header.first_position});
  }
  if (group.header.group <= stored.group) return absl::OkStatus();
  if (group.header.group > applier.tail().group + 1) {
    return Damage({.file = group.file,
                   .what = fmt::format("the journal begins with group {}, the store ends with "
                                       "group {}",
                                       group.header.group, stored.group),
                   .offset = group.offset,
                   .first_position = stored.size,
                   .next_position = group.header.first_position});
  }
  // A journal that a restore began has no group of the store's to be compared with; its first names
  // the store's last.
  if (group.header.group == stored.group + 1 && group.header.previous_crc != stored.group_crc) {
    return Damage(
        {.file = group.file,
         .what = fmt::format("group {} does not follow the store's last", group.header.group),
         .offset = group.offset,
         .first_position = group.header.first_position});
  }
  DAYBOOK_RETURN_IF_ERROR(applier.Replay(group.header, group.body, group.crc));
  ++report.groups_replayed;
  report.events_replayed += group.header.event_count;
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Recovered> RecoverLog(const Files& files, const std::filesystem::path& journal,
                                     const LogIdentity& log, Database& database) {
  DAYBOOK_ASSIGN_OR_RETURN(const LogTail stored, ReadTail(database));
  Recovered recovered;
  recovered.applier = std::make_unique<Applier>(database, stored);
  // Twice: nothing is applied before everything is checked and on the medium.
  DAYBOOK_ASSIGN_OR_RETURN(
      recovered.journal,
      ScanJournal(files, journal, log, [](const ScannedGroup&) { return absl::OkStatus(); }));
  DAYBOOK_RETURN_IF_ERROR(MakeEndDurable(files, recovered.journal));
  DAYBOOK_RETURN_IF_ERROR(ScanJournal(files, journal, log, [&](const ScannedGroup& group) {
                            return Visit(group, stored, *recovered.applier, recovered.report);
                          }).status());
  const JournalEnd& end = recovered.journal;
  // The group that the store ends with is never taken back, and every log begins with one.
  if (end.last_group < stored.group || end.last_group == 0) {
    return Damage({.file = end.segments[end.current].path,
                   .what = fmt::format("the journal ends with group {}, the store with group {}",
                                       end.last_group, stored.group),
                   .offset = end.offset,
                   .first_position = end.next_position,
                   .next_position = stored.size});
  }
  recovered.report.clean_stop = end.closed;
  recovered.report.torn = end.torn;
  return recovered;
}

}  // namespace daybook::eventstore::rocks
