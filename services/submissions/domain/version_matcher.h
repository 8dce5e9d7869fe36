// Compares the rows of a file with the rows of its scope that stand. Pure: hashes in, verdicts out.
//
// A row with a key is matched by its key. A row without one is matched by its content and by how
// many alike there are: the n-th row of a content is the n-th that stands of it, so identical rows
// stay separate and the order of a file's rows never matters.
//
// What is sealed of a row is no hash: whether it is what stands can only be asked (SameSealed).
// Rows without a key that are the same in clear are matched with those of the same sealed content
// first; what is left of either side is paired when the file was read, and has changed.
//
// Properties that tests hold against a plain multiset: after a whole file, what stands is the file;
// applying A and then B is B alone; the same file again changes nothing.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "absl/container/flat_hash_map.h"
#include "absl/functional/function_ref.h"
#include "services/commands/row_hash.h"

namespace daybook::submissions {

enum class VersionKind : std::uint8_t {
  kWhole,        // everything of its scope: what is not in it stands no more
  kAdditions,    // rows that were not there
  kCorrections,  // rows that take the place of those with the same key, and rows that were not
                 // there
};

enum class RowVerdict : std::uint8_t {
  kNew,          // nothing of this scope stands under it
  kChanged,      // stands with other content
  kUnchanged,    // stands with this content
  kTaken,        // additions only: stands with other content, which is left
  kRepeated,     // an earlier row of the file has this key and this content
  kContradicts,  // an earlier row of the file has this key and other content
  kUndecided,    // a row without a key: decided when the whole file was read
};

// A row of the file, in clear and as a whole; the same where nothing of it is sealed.
struct RowContent {
  commands::RowHash clear;
  commands::RowHash whole;
};

// 44 bytes a row that stands or is in the file. Not thread-safe.
class VersionMatcher {
 public:
  // The row that the n-th of a content is, n from 1; the same function that named those that stand.
  using AlikeRow =
      std::function<commands::RowHash(const commands::RowHash& content, std::uint32_t copy)>;

  VersionMatcher(VersionKind kind, AlikeRow alike) : kind_(kind), alike_(std::move(alike)) {}

  // A row that stands; before the rows of the file. The last word on a row counts. `place` is
  // opaque and given back with an absent row; `seal` is opaque and says what stands sealed of it,
  // 0 for nothing.
  void Stands(const commands::RowHash& row, const commands::RowHash& content,
              std::uint32_t place = 0, std::uint32_t seal = 0);
  // It stands no more.
  void Gone(const commands::RowHash& row) { rows_.erase(row); }
  // A row that this very file brought before: it was broken off, or is sent again with its refused
  // rows mended. Of rows without a key that a file adds, these are not added again.
  void Brought(const commands::RowHash& content) { ++brought_[content]; }
  std::uint64_t standing() const { return rows_.size() - added_; }

  // Whether what is sealed of the row of the file is what stands; asked once of a row that stands.
  using SameSealed = absl::FunctionRef<bool(std::uint32_t seal)>;

  // A row of the file with a key.
  RowVerdict Keyed(const commands::RowHash& row, const RowContent& content, SameSealed same);

  // True when the row stands with this very content and was not in the file yet; it is now.
  bool IsKept(const commands::RowHash& row, const RowContent& content, SameSealed same);

  // A row of the file without one; `copy` says which of its content it is.
  struct Alike {
    RowVerdict verdict = RowVerdict::kNew;  // kNew, kUnchanged or kUndecided; of Settle kNew or
                                            // kChanged
    std::uint32_t copy = 0;
    std::uint32_t seal = 0;  // of the row that it takes the place of
  };
  Alike Unkeyed(const RowContent& content, SameSealed same);
  // A row that was undecided, when all rows of the file were given.
  Alike Settle(const commands::RowHash& content);

  // Rows that stood and that no row of the file was, in no order. 0 unless the file is whole.
  std::uint64_t absent() const { return kind_ == VersionKind::kWhole ? standing() - seen_ : 0; }
  void ForEachAbsent(
      const std::function<void(const commands::RowHash& row, std::uint32_t place)>& visit) const;
  // Rows that stood, absent or not.
  void ForEachStanding(const std::function<void(std::uint32_t place)>& visit) const;
  // The place of this row if it is one of the absent ones.
  std::optional<std::uint32_t> AbsentFrom(const commands::RowHash& row) const;
  // The place of this row as it stood; nullopt for one that did not stand.
  std::optional<std::uint32_t> StoodAt(const commands::RowHash& row) const;
  // Whether a row of the file is this one.
  bool IsSeen(const commands::RowHash& row) const;

 private:
  struct Row {
    commands::RowHash content;  // in clear; of a row of the file as a whole
    std::uint32_t place = 0;
    std::uint32_t seal = 0;
    bool stood = false;
    bool seen = false;
  };

  Alike SealedAlike(const RowContent& content, SameSealed same);

  VersionKind kind_;
  AlikeRow alike_;
  absl::flat_hash_map<commands::RowHash, Row> rows_;
  // The last one seen in the file, by content in clear; the last one that was looked at to settle.
  absl::flat_hash_map<commands::RowHash, std::uint32_t> copies_;
  absl::flat_hash_map<commands::RowHash, std::uint32_t> settled_;
  absl::flat_hash_map<commands::RowHash, std::uint32_t> brought_;  // and not seen yet, by content
  std::uint64_t added_ = 0;  // rows of the file that did not stand
  std::uint64_t seen_ = 0;   // rows that stood and are in the file
  bool any_sealed_ = false;  // something stands sealed
};

}  // namespace daybook::submissions
