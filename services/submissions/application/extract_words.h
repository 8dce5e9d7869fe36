// What the other extracts of a scope say about the rows of one that arrives: which rows stood
// before it, and from which later extract on another word holds. Pure but for the scope that it
// reads.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "services/commands/versioned_rows.h"
#include "services/submissions/application/file_coverage.h"
#include "services/submissions/application/scope_rows.h"
#include "services/submissions/application/seal_table.h"
#include "services/submissions/domain/submission_state.h"

namespace daybook::submissions {

// Of an extract that came after later ones; of any other no later extract says anything, and only
// Rank is needed. Not
// thread-safe; refers to scope, coverage and seals.
class ExtractWords {
 public:
  using RowHash = commands::RowHash;

  ExtractWords(const ScopeRows& scope, FileCoverage& coverage, SealTable& seals)
      : scope_(scope), coverage_(coverage), seals_(seals) {}

  // Puts the accepted versions in the order of their extracts, this one among them.
  void Rank(const VersionOrder& own, const std::string& own_submission_id);
  // Reads what they said. `stood` gets every row that stood before this extract, `own` what the
  // extract itself said when it came before (nullptr: that the row is gone).
  using Stood = std::function<void(const RowHash& row, const RowHash& content,
                                   FileCoverage::PlaceId place, SealTable::Handle seal)>;
  using Own = std::function<void(const RowHash& row, const RowHash* content)>;
  absl::Status Read(const Stood& stood, const Own& own);

  const commands::OlderExtract& older() const { return older_; }
  // The rank of the later extract that has the next word on the row; 0 when none has. A complete
  // one has a word on every row of the months that it covers: what it does not mention is as
  // before, or was not there.
  std::uint32_t UntilOf(const RowHash& row, const std::string& month);
  // The rank of the first later complete extract that covers the month; 0 when none does.
  std::uint32_t CompleteLater(const std::string& month);
  // The rank of a submission of the scope whose extract is later than this one; 0 for any other.
  std::uint32_t LaterRank(std::string_view submission_id) const;
  // Whether it is one of the scope whose extract is earlier.
  bool IsEarlier(std::string_view submission_id) const;
  bool has_complete_later() const { return !later_completes_.empty(); }
  // A row that stands by an earlier extract, and of which no later one says anything itself.
  bool StandsFromBefore(const RowHash& row) const;

 private:
  // A later whole file. Of which rows were refused: a row that it does not mention and that stood
  // when it came is taken to be in it, unchanged. Of files of additions or corrections it is not.
  struct LaterWhole {
    std::uint32_t rank = 0;
    const ScopeState::Version* version = nullptr;  // of the scope
  };
  // The word of the highest rank on a row.
  struct Word {
    std::uint32_t rank = 0;
    std::optional<RowHash> content = {};
    FileCoverage::PlaceId place = 0;
    SealTable::Handle seal = 0;
  };
  using Words = absl::flat_hash_map<RowHash, Word>;

  void RankLater(const ScopeState::Version& version, std::uint32_t rank);
  static SealTable::Handle SealOf(const Words& words, const RowHash& row);
  void Hear(Words& words, const RowHash& row, const ScopeRows::RankedChange& said,
            SealTable::Handle seal);
  void HearLater(const RowHash& row, const ScopeRows::RankedChange& said);
  void SettleByWholes(const RowHash& row, const ScopeRows::RankedChange& said);
  void Settle(const RowHash& row, std::uint32_t rank);
  bool EndsAt(const RowHash& row, std::uint32_t rank) const;

  const ScopeRows& scope_;
  FileCoverage& coverage_;
  SealTable& seals_;
  commands::OlderExtract older_;
  std::vector<LaterWhole> later_wholes_;
  std::vector<LaterWhole> later_completes_;              // in the order of their ranks
  std::map<std::string, std::uint32_t> complete_later_;  // by month: see CompleteLater
  absl::flat_hash_map<RowHash, std::uint32_t> settled_;  // rows with a later word: its rank
  absl::flat_hash_map<RowHash, bool> stands_from_before_;
  absl::flat_hash_map<RowHash, std::set<std::uint32_t>> ends_;  // later ranks at which it is gone
};

}  // namespace daybook::submissions
