// Keys of row versions: one row under several keys, newest first, so that a state of the past is
// found by one step from the row's first key.
//
//   prefix + the row's key, closed + 8 bytes: all ones less the label, big-endian
//
// The label of a version is the size of the newest kept state when it was written: that state and
// all before it do not show the version, every state kept later does until a newer version hides
// it. Closed: 0x00 in a key becomes 0x00 0xFF, and 0x00 0x01 ends it; the order of the keys stays
// and none is the beginning of another. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace daybook::projections {

// Appends the closed key of a row.
void AppendClosedKey(std::string_view row, std::string& key);

// Appends the label, so that larger ones come first.
void AppendLabel(std::uint64_t label, std::string& key);

struct RowVersion {
  std::string_view closed_row;  // of the key that was read
  std::uint64_t label = 0;
};

// What follows the prefix in a key; nullopt where it is none.
std::optional<RowVersion> ReadRowVersion(std::string_view after_prefix);

// The row's key as it was before it was closed; nullopt where it never was one.
std::optional<std::string> OpenedKey(std::string_view closed_row);

// A value is the row's bytes behind one byte that tells a row from the note that it is gone.
std::string RowValue(std::string_view bytes);
std::string GoneValue();

// The row's bytes; nullopt for one that is gone.
std::optional<std::string_view> BytesOf(std::string_view value);

// Told the versions in the order of their keys, says which one of each row a state shows. Not
// thread-safe.
class ShownVersions {
 public:
  // `shown_below`: versions with smaller labels are shown; nullopt = the newest ones.
  explicit ShownVersions(std::optional<std::uint64_t> shown_below) : shown_below_(shown_below) {}

  // Whether it is this one. Where it pays to go on by a jump rather than by the next key, `seek`
  // becomes the key to go on at, which lies behind this one; else it is left empty.
  bool Shows(const RowVersion& version, std::string_view prefix, std::string& seek);

 private:
  const std::optional<std::uint64_t> shown_below_;
  std::string row_;
  int steps_ = 0;
  bool found_ = false;
};

}  // namespace daybook::projections
