#include "services/ingest/computed_candidates.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "fmt/format.h"
#include "proto/values/period.h"
#include "services/ingest/printed_table.h"
#include "services/ingest/written_number.h"

namespace daybook::ingest {
namespace {

using values::Decimal;
using values::Ratio;
using Indices = std::vector<std::size_t>;

void AddOnce(std::vector<Indices>& sets, Indices set) {
  if (!set.empty() && std::ranges::find(sets, set) == sets.end()) sets.push_back(std::move(set));
}

// What a total may be the sum of: the figures between it and the total before it, those under its
// heading, all of them.
std::vector<Indices> SummedBy(const std::vector<Slot>& slots, std::size_t total) {
  std::size_t begin = total;
  while (begin > 0 && slots[begin - 1].meaning != Meaning::kTotal &&
         slots[begin - 1].meaning != Meaning::kStoredTotal) {
    --begin;
  }
  const Indices all = FiguresIn(slots, 0, slots.size());
  const Indices group = OfGroup(slots, all, slots[total].group);
  std::vector<Indices> sets;
  if (slots[total].begins_group || slots[total].group.empty()) {
    AddOnce(sets, all);
    AddOnce(sets, FiguresIn(slots, begin, total));
  } else {
    AddOnce(sets, FiguresIn(slots, begin, total));
    AddOnce(sets, all);
  }
  AddOnce(sets, group);
  AddOnce(sets, FiguresIn(slots, total + 1, slots.size()));
  return sets;
}

// Pairs that a change may be between: the earlier, then the later.
std::vector<std::pair<std::size_t, std::size_t>> ComparedBy(const Figures& figures,
                                                            std::size_t change) {
  const std::vector<Slot>& slots = figures.along();
  std::vector<std::pair<std::size_t, std::size_t>> pairs;
  const auto start = [&](std::size_t i) -> std::optional<values::Period> {
    for (const auto& [column, text] : slots[i].cells) {
      if (const auto period = values::ParsePeriod(text)) return period;
    }
    return std::nullopt;
  };
  const auto add = [&](std::size_t a, std::size_t b) {
    const auto first = start(a);
    const auto second = start(b);
    if (figures.ArePeriods() && first && second) {
      pairs.push_back(*first < *second ? std::pair(a, b) : std::pair(b, a));
    } else {
      pairs.emplace_back(a, b);
      pairs.emplace_back(b, a);
    }
  };
  Indices before = FiguresIn(slots, 0, change);
  for (const Indices& set : {OfGroup(slots, before, slots[change].group), before}) {
    if (set.size() < 2) continue;
    add(set[set.size() - 2], set[set.size() - 1]);
    add(set.front(), set.back());
    add(set[0], set[1]);  // of years in the other order
  }
  const Indices after = FiguresIn(slots, change + 1, slots.size());
  if (pairs.empty() && after.size() >= 2) add(after[0], after[1]);
  return pairs;
}

std::vector<Candidate> TotalsOf(const Figures& figures, std::size_t total) {
  std::vector<Candidate> candidates;
  for (Indices& set : SummedBy(figures.along(), total)) {
    const auto summed = [&figures, set](std::size_t across) -> std::optional<Ratio> {
      Decimal sum;
      for (const std::size_t i : set) {
        if (figures.Text(i, across).empty()) continue;
        const auto number = figures.At(i, across);
        if (!number) return std::nullopt;
        sum += number->value;
      }
      return Ratio(sum);
    };
    candidates.push_back({.from = set, .expected = summed, .words = "the figures make"});
  }
  return candidates;
}

std::vector<Candidate> ChangesOf(const Figures& figures, std::size_t change, bool in_percent) {
  std::vector<Candidate> candidates;
  for (const auto& pair : ComparedBy(figures, change)) {
    const auto difference = [&figures, pair,
                             in_percent](std::size_t across) -> std::optional<Ratio> {
      const auto before = figures.At(pair.first, across);
      const auto after = figures.At(pair.second, across);
      if (!before || !after) return std::nullopt;
      const Decimal by = after->value - before->value;
      return in_percent ? values::PercentRatio(by, before->value) : std::optional(Ratio(by));
    };
    candidates.push_back(
        {.from = {pair.first, pair.second},
         .expected = difference,
         .words = fmt::format("{} less {} makes", figures.along()[pair.second].label,
                              figures.along()[pair.first].label)});
  }
  return candidates;
}

// A percentage of the sum of its column, by the figures before it.
std::vector<Candidate> SharesOf(const Figures& figures, std::size_t share) {
  std::vector<Candidate> candidates;
  const Indices before = FiguresIn(figures.along(), 0, share);
  if (before.empty()) return candidates;
  const std::size_t part = before.back();
  Decimal whole;
  for (std::size_t i = 0; i < figures.across().size(); ++i) {
    const auto number = figures.At(part, i);
    if (number && figures.across()[i].meaning == Meaning::kFigures) whole += number->value;
  }
  candidates.push_back(
      {.from = {part},
       .expected = [&figures, part, whole](std::size_t across) -> std::optional<Ratio> {
         const auto number = figures.At(part, across);
         return number ? values::PercentRatio(number->value, whole) : std::nullopt;
       },
       .words = "its share is"});
  return candidates;
}

// Its place among the lines, or among the figures of its own line; 1 for the highest or the lowest.
std::vector<Candidate> RanksOf(const Figures& figures, std::size_t rank) {
  std::vector<Candidate> candidates;
  const auto place = [](const Decimal& mine, const std::vector<Decimal>& others, bool highest) {
    const auto better = std::ranges::count_if(
        others, [&](const Decimal& other) { return highest ? other > mine : other < mine; });
    return Ratio(Decimal(static_cast<std::int64_t>(better) + 1));
  };
  const Indices all = FiguresIn(figures.along(), 0, figures.along().size());
  const Indices before = FiguresIn(figures.along(), 0, rank);
  if (before.empty()) return candidates;
  for (const std::size_t of : {before.back(), before.front()}) {
    for (const bool highest : {true, false}) {
      candidates.push_back(
          {.from = {of},
           .expected = [&figures, of, highest, place](std::size_t across) -> std::optional<Ratio> {
             const auto mine = figures.At(of, across);
             if (!mine || figures.across()[across].meaning != Meaning::kFigures) {
               return std::nullopt;
             }
             std::vector<Decimal> others;
             for (std::size_t i = 0; i < figures.across().size(); ++i) {
               const auto other = figures.At(of, i);
               const bool counts = figures.across()[i].meaning == Meaning::kFigures;
               if (other && counts) others.push_back(other->value);
             }
             return place(mine->value, others, highest);
           },
           .words = "its rank is"});
      candidates.push_back({.from = {of},
                            .expected = [&figures, all, of, highest,
                                         place](std::size_t across) -> std::optional<Ratio> {
                              const auto mine = figures.At(of, across);
                              if (!mine) return std::nullopt;
                              std::vector<Decimal> others;
                              for (const std::size_t i : all) {
                                if (const auto other = figures.At(i, across))
                                  others.push_back(other->value);
                              }
                              return place(mine->value, others, highest);
                            },
                            .words = "its rank is"});
    }
  }
  return candidates;
}

}  // namespace

std::string_view Figures::Text(std::size_t along, std::size_t across) const {
  const Slot& row = layout_.rows[columns_ ? across : along];
  const Slot& column = layout_.columns[columns_ ? along : across];
  return CellAt(lines_[row.at], column.at);
}

std::optional<PrintedNumber> Figures::At(std::size_t along, std::size_t across) const {
  auto written = NumberIn(Text(along, across));
  if (!written) return std::nullopt;
  std::string& digits = written->digits;
  const bool has_sign = digits.starts_with('+') || digits.starts_with('-');
  if (digits.starts_with('+')) digits.erase(0, 1);
  RoundDecimals(digits);
  const auto value = Decimal::Parse(digits);
  if (!value) return std::nullopt;
  return PrintedNumber{*value, has_sign};
}

Indices FiguresIn(const std::vector<Slot>& slots, std::size_t first, std::size_t last) {
  Indices indices;
  for (std::size_t i = first; i < last; ++i) {
    if (slots[i].meaning == Meaning::kFigures) indices.push_back(i);
  }
  return indices;
}

Indices OfGroup(const std::vector<Slot>& slots, const Indices& indices, const std::string& group) {
  Indices same;
  for (const std::size_t i : indices) {
    if (slots[i].group == group) same.push_back(i);
  }
  return same;
}

std::vector<Candidate> CandidatesFor(const Figures& figures, std::size_t computed) {
  switch (figures.along()[computed].meaning) {
    case Meaning::kTotal:
    case Meaning::kStoredTotal:
      return TotalsOf(figures, computed);
    case Meaning::kChange:
      return ChangesOf(figures, computed, false);
    case Meaning::kChangePercent:
      return ChangesOf(figures, computed, true);
    case Meaning::kShare: {
      // "%" beside a change is that of the change.
      std::vector<Candidate> candidates = SharesOf(figures, computed);
      for (Candidate& one : ChangesOf(figures, computed, true))
        candidates.push_back(std::move(one));
      return candidates;
    }
    case Meaning::kRank:
      return RanksOf(figures, computed);
    case Meaning::kFigures:
    case Meaning::kRate:
    case Meaning::kIgnored:
      return {};
  }
  return {};
}

}  // namespace daybook::ingest
