#include "services/submissions/application/extract_words.h"

#include <algorithm>
#include <memory>

#include "eventstore/core/error.h"

namespace daybook::submissions {

using commands::RowHash;

void ExtractWords::Rank(const VersionOrder& own, const std::string& own_submission_id) {
  std::vector<const ScopeState::Version*> others;
  for (const ScopeState::Version& version : scope_.scope().versions) {
    if (version.accepted && version.order() != own) others.push_back(&version);
  }
  std::ranges::sort(others, [](const auto* a, const auto* b) { return a->order() < b->order(); });
  auto ranks = std::make_shared<std::map<std::string, std::uint32_t, std::less<>>>();
  std::uint32_t rank = 0;
  bool is_later = false;
  const auto place_own = [&] {
    older_.own_rank = rank++;
    ranks->emplace(own_submission_id, older_.own_rank);
    is_later = true;
  };
  for (const ScopeState::Version* version : others) {
    if (!is_later && own < version->order()) place_own();
    if (is_later) RankLater(*version, rank);
    ranks->emplace(version->opened.submission_id(), rank++);
  }
  if (!is_later) place_own();
  older_.rank = [ranks](std::string_view id) -> std::optional<std::uint32_t> {
    const auto it = ranks->find(id);
    if (it == ranks->end()) return std::nullopt;
    return it->second;
  };
}

void ExtractWords::RankLater(const ScopeState::Version& version, std::uint32_t rank) {
  older_.later.push_back({rank, version.opened.submission_id(), version.opened.order_day()});
  if (version.opened.kind() != kWholeFile) return;
  (version.IsComplete() ? later_completes_ : later_wholes_).push_back({rank, &version});
}

absl::Status ExtractWords::Read(const Stood& stood, const Own& own) {
  Words before;
  SealTable::Handle sealed_before = 0;  // of the row of the last change
  const std::uint32_t own_rank = older_.own_rank;
  DAYBOOK_RETURN_IF_ERROR(scope_.ForEachRankedChange(
      older_.rank, [&](const std::string& stream, const ScopeRows::RankedChange& said) {
        const RowHash row = commands::HashRow({stream});
        const SealTable::Handle seal =
            said.sealed == nullptr ? sealed_before : seals_.Keep(*said.sealed);
        sealed_before = SealOf(before, row);
        if (said.rank < own_rank) Hear(before, row, said, seal);
        if (said.is_current) {
          stands_from_before_[row] = said.rank < own_rank && said.content != nullptr;
        }
        if (said.rank == own_rank) own(row, said.content);
        if (said.rank > own_rank) HearLater(row, said);
        SettleByWholes(row, said);
      }));
  for (const auto& [row, word] : before) {
    if (!word.content) continue;
    stood(row, *word.content, word.place, word.seal);
    // A later complete extract that covers its month and did not end it has it, unchanged.
    const std::uint32_t later = CompleteLater(coverage_.At(word.place).month);
    if (later != 0 && !EndsAt(row, later)) Settle(row, later);
  }
  return absl::OkStatus();
}

SealTable::Handle ExtractWords::SealOf(const Words& words, const RowHash& row) {
  const auto it = words.find(row);
  return it == words.end() ? 0 : it->second.seal;
}

void ExtractWords::Hear(Words& words, const RowHash& row, const ScopeRows::RankedChange& said,
                        SealTable::Handle seal) {
  const auto [it, is_new] = words.try_emplace(row);
  if (!is_new && it->second.rank > said.rank) return;
  it->second.rank = said.rank;
  it->second.content.reset();
  it->second.seal = seal;
  if (said.content == nullptr) return;
  it->second.content = *said.content;
  it->second.place = coverage_.IdOf(said.place);
}

// That a later whole file lacks a row is its word on the months that it covers, not on the row,
// which may lie in another month by this file.
void ExtractWords::HearLater(const RowHash& row, const ScopeRows::RankedChange& said) {
  if (said.content != nullptr) {
    Settle(row, said.rank);
  } else {
    ends_[row].insert(said.rank);
  }
}

void ExtractWords::SettleByWholes(const RowHash& row, const ScopeRows::RankedChange& said) {
  for (const LaterWhole& whole : later_wholes_) {
    if (said.rank < whole.rank && said.at < whole.version->accepted_at &&
        whole.version->Covers(said.place.month)) {
      Settle(row, whole.rank);
    }
  }
}

void ExtractWords::Settle(const RowHash& row, std::uint32_t rank) {
  if (rank <= older_.own_rank) return;
  const auto [it, is_new] = settled_.try_emplace(row, rank);
  if (!is_new) it->second = std::min(it->second, rank);
}

bool ExtractWords::EndsAt(const RowHash& row, std::uint32_t rank) const {
  const auto it = ends_.find(row);
  return it != ends_.end() && it->second.contains(rank);
}

std::uint32_t ExtractWords::CompleteLater(const std::string& month) {
  const auto [it, is_new] = complete_later_.try_emplace(month, 0);
  if (!is_new) return it->second;
  const auto covers = [&](const LaterWhole& later) { return later.version->Covers(month); };
  const auto first = std::ranges::find_if(later_completes_, covers);
  if (first != later_completes_.end()) it->second = first->rank;
  return it->second;
}

std::uint32_t ExtractWords::UntilOf(const RowHash& row, const std::string& month) {
  const std::uint32_t complete = CompleteLater(month);
  const auto it = settled_.find(row);
  if (it == settled_.end()) return complete;
  return complete == 0 ? it->second : std::min(it->second, complete);
}

std::uint32_t ExtractWords::LaterRank(std::string_view submission_id) const {
  const auto rank = older_.rank(submission_id);
  return rank && *rank > older_.own_rank ? *rank : 0;
}

bool ExtractWords::IsEarlier(std::string_view submission_id) const {
  const auto rank = older_.rank(submission_id);
  return rank && *rank < older_.own_rank;
}

bool ExtractWords::StandsFromBefore(const RowHash& row) const {
  const auto it = stands_from_before_.find(row);
  return it != stands_from_before_.end() && it->second && !settled_.contains(row);
}

}  // namespace daybook::submissions
