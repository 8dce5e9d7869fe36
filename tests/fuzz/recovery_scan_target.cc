// The recovery scan over journal folders: written in good order and then damaged, or any bytes.
//
// What must hold is the rule of journal_scan.h: a scan that says OK has seen the groups that were
// written, in order and unchanged; one act of damage costs at most the last group, which cannot be
// told from a write that was torn; everything else is refused and names a file.
#include <algorithm>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "eventstore/core/error.h"
#include "eventstore/rocksdb/bytes.h"
#include "eventstore/rocksdb/codec.h"
#include "eventstore/rocksdb/crc32c.h"
#include "eventstore/rocksdb/files.h"
#include "eventstore/rocksdb/journal_scan.h"
#include "eventstore/rocksdb/record_view.h"
#include "tests/fuzz/check.h"
#include "tests/fuzz/input.h"
#include "tests/fuzz/journal_model.h"
#include "tests/fuzz/scratch.h"
#include "tests/fuzz/target.h"

namespace daybook::fuzz {
namespace {

namespace fs = std::filesystem;
namespace rocks = eventstore::rocks;
using rocks::FrameKind;

constexpr std::size_t kSegmentsMax = 6;

struct Scanned {
  absl::StatusOr<rocks::JournalEnd> end;
  std::vector<JournalModel::Group> groups;
};

// The only place that calls the scan.
Scanned Scan(const fs::path& folder) {
  std::vector<JournalModel::Group> groups;
  auto end = rocks::ScanJournal(rocks::Files(rocks::LocalEnv()), folder, JournalModel::Log(),
                                [&](const rocks::ScannedGroup& group) {
                                  groups.push_back({group.header, std::string(group.body)});
                                  return absl::OkStatus();
                                });
  return {std::move(end), std::move(groups)};
}

// Only what differs from the last time is written.
fs::path WriteSegments(const std::vector<std::string>& segments) {
  static const Scratch scratch;
  static std::vector<std::string> there;
  there.resize(std::max(there.size(), segments.size()));
  for (std::size_t i = 0; i < there.size(); ++i) {
    const std::string wanted = i < segments.size() ? segments[i] : std::string();
    if (there[i] == wanted) continue;
    const std::string name = rocks::SegmentFileName(i + 1);
    if (wanted.empty()) {
      fs::remove(scratch.path() / name);
    } else {
      scratch.Write(name, wanted);
    }
    there[i] = wanted;
  }
  return scratch.path();
}

// What recovery does next with a group's body.
void ReadRecords(std::string_view body) {
  rocks::RecordView view;
  eventstore::RecordedEvent event;
  for (auto record = rocks::TakeRecord(body); !record.empty(); record = rocks::TakeRecord(body)) {
    if (!view.Reset(record).ok()) return;
    for (std::size_t i = 0; i < view.event_count(); ++i) (void)view.Decode(i, event).ok();
  }
}

// Holds for any bytes at all.
Scanned ScanAny(const std::vector<std::string>& segments) {
  Scanned scanned = Scan(WriteSegments(segments));
  for (std::size_t i = 0; i < scanned.groups.size(); ++i) {
    ReadRecords(scanned.groups[i].body);
    if (i == 0) continue;
    const auto& before = scanned.groups[i - 1].header;
    const auto& header = scanned.groups[i].header;
    Check(header.group == before.group + 1 &&
              header.first_position == before.first_position + before.event_count &&
              header.previous_crc == rocks::GroupCrc(before),
          "groups are chained");
  }
  if (!scanned.end.ok()) {
    const auto detail = eventstore::GetErrorDetail(scanned.end.status());
    Check(detail && detail->reason == "LOG_DAMAGED" && !detail->remedy.empty() &&
              detail->metadata.contains("file"),
          "damage is named with its file", eventstore::Message(scanned.end.status()));
    return scanned;
  }
  const rocks::JournalEnd& end = *scanned.end;
  Check(end.current < end.segments.size() && end.offset % rocks::kFrameAlignment == 0 &&
            end.offset <= end.segments[end.current].header.file_bytes,
        "the log goes on in one of its segments");
  Check(scanned.groups.empty() || (end.last_group == scanned.groups.back().header.group &&
                                   end.first_group == scanned.groups.front().header.group),
        "the end is that of the last group");
  return scanned;
}

enum class Damage { kNone, kOne, kFirstSegmentGone, kMany, kForged };

// A frame header whose checksum fits and whose fields are anybody's.
void Forge(JournalModel& model, std::size_t segment, std::size_t at, Input& in) {
  const rocks::FrameHeader header{.kind = static_cast<FrameKind>(in.Byte() % 4 + 1),
                                  .group = in.Byte(),
                                  .first_position = in.Number(in.Byte() % 9),
                                  .event_count = in.Word(),
                                  .record_count = in.Byte(),
                                  .previous_crc = in.Word(),
                                  .body_bytes = in.Number(in.Byte() % 9),
                                  .body_crc = in.Word()};
  const std::string bytes = rocks::EncodeFrameHeader(header, model.NonceOf(segment));
  model.segments()[segment].replace(at, bytes.size(), bytes);
}

// One act of damage, as the input has it.
Damage DamageOnce(JournalModel& model, Input& in) {
  const std::size_t number = in.Byte() % model.segments().size();
  const std::size_t at = in.Short() % kModelSegmentBytes;
  const std::size_t slot = at / rocks::kFrameAlignment * rocks::kFrameAlignment;
  std::string& segment = model.segments()[number];
  switch (in.Byte() % 6) {
    case 0:
    case 1:
      if (at < segment.size()) {
        segment[at] = static_cast<char>(segment[at] ^ static_cast<char>(1U << (in.Byte() % 8)));
      }
      return Damage::kOne;
    case 2:
      segment.resize(std::min(segment.size(), at));
      return segment.empty() && number == 0 ? Damage::kFirstSegmentGone : Damage::kOne;
    case 3:
      segment.clear();
      return number == 0 ? Damage::kFirstSegmentGone : Damage::kOne;
    case 4:
      if (slot + rocks::kFrameAlignment <= segment.size()) {
        segment.replace(slot, rocks::kFrameAlignment, rocks::kFrameAlignment, '\0');
      }
      return Damage::kOne;
    default:
      if (slot + rocks::kFrameHeaderBytes <= segment.size()) Forge(model, number, slot, in);
      return Damage::kForged;
  }
}

bool Same(const JournalModel::Group& a, const JournalModel::Group& b) {
  return a.header == b.header && a.body == b.body;
}

void CheckSeen(const JournalModel& model, const Scanned& scanned, Damage damage) {
  const auto& written = model.groups();
  if (damage == Damage::kNone) {
    Check(scanned.end.ok(), "an undamaged journal is read",
          scanned.end.ok() ? "" : eventstore::Message(scanned.end.status()));
  }
  if (!scanned.end.ok() || damage == Damage::kForged) return;
  // Where the oldest segments are gone, what is left begins later: recovery knows from its state
  // whether it may.
  std::size_t first = 0;
  if (!scanned.groups.empty()) first = scanned.groups[0].header.group - 1;
  Check(first == 0 || damage == Damage::kFirstSegmentGone || damage == Damage::kMany,
        "nothing is missing from the beginning");
  Check(first + scanned.groups.size() <= written.size(), "no group appears from nowhere");
  for (std::size_t i = 0; i < scanned.groups.size(); ++i) {
    Check(Same(scanned.groups[i], written[first + i]), "groups are read as they were written");
  }
  const std::size_t lost = written.size() - first - scanned.groups.size();
  Check(lost == 0 || damage != Damage::kNone, "an undamaged journal is read to its end");
  Check(lost <= 1 || damage != Damage::kOne, "one act of damage never costs two groups silently");
}

void WriteAndDamage(Input& in) {
  JournalModel model;
  for (int i = in.Byte() % 32; i > 0 && model.segments().size() < kSegmentsMax; --i) {
    const std::uint8_t what = in.Byte();
    if (what % 8 == 0) {
      model.EndSegment(true, in.Blob());
    } else if (what % 8 == 1) {
      model.Append(FrameKind::kClosing, 0, {});
    } else {
      model.Append(model.groups().empty() ? FrameKind::kOpening : FrameKind::kGroup, what % 8,
                   in.Blob());
    }
  }
  if (in.Byte() % 2 == 1) model.AddSpare();
  Damage damage = Damage::kNone;
  for (int acts = 0; acts < 4 && !in.empty(); ++acts) {
    const Damage done = DamageOnce(model, in);
    const bool forged = damage == Damage::kForged || done == Damage::kForged;
    damage = forged ? Damage::kForged : acts == 0 ? done : Damage::kMany;
  }
  CheckSeen(model, ScanAny(model.segments()), damage);
}

// Two segments of any bytes, with headers that fit them.
void AnyBytes(Input& in) {
  std::vector<std::string> segments;
  const std::size_t first = in.Short() % (2 * kModelSegmentBytes);
  for (const std::string_view bytes : {in.Bytes(first), in.Rest()}) {
    const std::uint64_t size = rocks::kSegmentHeaderBytes + bytes.size();
    const std::string header =
        rocks::EncodeSegmentHeader({.number = segments.size() + 1,
                                    .file_bytes = size,
                                    .log_id = JournalModel::Log().log_id,
                                    .incarnation = JournalModel::Log().incarnation,
                                    .recycled = bytes.size() % 2 == 1,
                                    .nonce = 1});
    segments.push_back(header + std::string(bytes));
    // Frames whose magic stands there get a checksum that fits.
    std::string& segment = segments.back();
    for (std::size_t at = rocks::kSegmentHeaderBytes;
         at + rocks::kFrameHeaderBytes <= segment.size(); at += rocks::kFrameAlignment) {
      if (segment.compare(at, 8, "DBKGROUP") != 0) continue;
      char seed[8];
      rocks::PutLittle(seed, std::uint64_t{1});
      rocks::PutLittle(segment.data() + at + 60,
                       rocks::Crc32c(std::string_view(segment).substr(at, 60),
                                     rocks::Crc32c({seed, sizeof(seed)})));
    }
  }
  ScanAny(segments);
}

}  // namespace

void RunOne(std::string_view input) {
  Input in(input);
  if (in.Byte() % 4 == 0) return AnyBytes(in);
  WriteAndDamage(in);
}

std::vector<std::string> Seeds() {
  const auto journal = [](std::uint8_t steps) {
    Output out;
    out.Byte(1).Byte(steps);
    for (std::uint8_t i = 0; i < steps; ++i) {
      if (i % 7 == 6) {
        out.Byte(0).Blob(std::string(200, 'o'));
      } else if (i % 7 == 5) {
        out.Byte(1);
      } else {
        out.Byte(2U + i % 6).Blob(std::string(30U * i % 256, 'b'));
      }
    }
    return out.Byte(1).Take();
  };
  std::vector<std::string> seeds = {journal(0), journal(3), journal(9), journal(20)};
  for (std::uint8_t kind = 0; kind < 6; ++kind) {
    for (const unsigned segment : {0U, 1U}) {
      seeds.push_back(
          journal(12) +
          Output().Byte(segment).Short(64U * kind + 70).Byte(kind).Byte(3).Long(2).Take());
    }
  }
  const std::string frame = rocks::EncodeFrameHeader({.kind = FrameKind::kOpening, .group = 1}, 1);
  const std::string end = rocks::EncodeFrameHeader({.kind = FrameKind::kSegmentEnd, .group = 2}, 1);
  seeds.push_back(Output().Byte(0).Short(192).Bytes(frame).Bytes(end).Bytes(frame).Take());
  return seeds;
}

}  // namespace daybook::fuzz
