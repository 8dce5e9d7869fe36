#include "services/ingest/computed_cells.h"

#include <algorithm>
#include <array>
#include <utility>

#include "fmt/format.h"
#include "proto/values/decimal.h"
#include "services/ingest/computed_candidates.h"
#include "services/ingest/label_meaning.h"

namespace daybook::ingest {
namespace {

using values::Decimal;

// Rows and columns of figures, and totals, which have figures like them.
bool HasFigures(const Slot& slot) {
  return slot.meaning == Meaning::kFigures || slot.meaning == Meaning::kTotal ||
         slot.meaning == Meaning::kStoredTotal;
}

// How far a candidate agrees with what is printed.
struct Verdict {
  const Candidate* candidate = nullptr;
  std::size_t agreed = 0;
  std::vector<std::pair<std::size_t, std::string>> disagreed = {};  // across, what it should be
  std::size_t checked() const { return agreed + disagreed.size(); }
};

// A column without any sign has its direction elsewhere.
bool HasSigns(const Figures& figures, std::size_t computed) {
  for (std::size_t i = 0; i < figures.across().size(); ++i) {
    const auto number = figures.At(computed, i);
    if (number && number->has_sign) return true;
  }
  return false;
}

Verdict Judge(const Figures& figures, std::size_t computed, const Candidate& candidate) {
  const Meaning meaning = figures.along()[computed].meaning;
  const bool is_total = meaning == Meaning::kTotal || meaning == Meaning::kStoredTotal;
  const bool has_signs = is_total || HasSigns(figures, computed);
  Verdict verdict{.candidate = &candidate};
  for (std::size_t across = 0; across < figures.across().size(); ++across) {
    if (!HasFigures(figures.across()[across])) continue;
    const auto printed = figures.At(computed, across);
    const auto expected = candidate.expected(across);
    if (!printed || !expected) continue;
    const Decimal rounded = expected->RoundHalfUp(printed->value.decimals());
    const bool agrees = rounded == printed->value || (!has_signs && -rounded == printed->value);
    if (agrees) {
      ++verdict.agreed;
    } else {
      verdict.disagreed.emplace_back(across, rounded.ToString());
    }
  }
  return verdict;
}

// The candidate that agrees most; the first of several.
Verdict Best(const Figures& figures, std::size_t computed,
             const std::vector<Candidate>& candidates) {
  Verdict best;
  for (const Candidate& candidate : candidates) {
    Verdict verdict = Judge(figures, computed, candidate);
    const bool is_better = best.candidate == nullptr || verdict.agreed > best.agreed ||
                           (verdict.agreed == best.agreed && best.checked() == 0);
    if (is_better) best = std::move(verdict);
  }
  return best;
}

bool IsComputed(const Slot& slot) {
  return slot.meaning != Meaning::kFigures && slot.meaning != Meaning::kIgnored;
}

// Words that some tables have for figures of their own, so that the figures have to bear them out.
bool NeedsProof(Meaning meaning) {
  return meaning == Meaning::kShare || meaning == Meaning::kRank || meaning == Meaning::kRate;
}

std::string WhatOf(const Figures& figures, std::size_t computed, const Verdict& verdict,
                   std::size_t nth) {
  const auto& [across, expected] = verdict.disagreed[nth];
  return fmt::format("\"{}\" of \"{}\" says {} and {} {}", figures.along()[computed].label,
                     figures.across()[across].label, figures.Text(computed, across),
                     verdict.candidate->words, expected);
}

Question AboutComputed(const Figures& figures, std::size_t computed, const Verdict& verdict) {
  const Slot& slot = figures.along()[computed];
  Question question{.id = slot.question, .what = fmt::format("What is \"{}\"?", slot.label)};
  if (verdict.disagreed.empty()) {
    question.what += " What it is computed from does not stand in the table.";
  } else {
    question.what += fmt::format(" Its words say that it is {}, and no line of it agrees: {}.",
                                 WordsOf(slot.meaning), WhatOf(figures, computed, verdict, 0));
  }
  question.readings = {{"ignore", "computed elsewhere, or of no use: neither stored nor checked"}};
  if (!NeedsProof(slot.meaning) && !verdict.disagreed.empty()) {
    static constexpr std::array<std::string_view, 6> kWords = {
        "", "total", "total-kept", "change", "change-percent", ""};
    question.readings.push_back({std::string(kWords.at(static_cast<std::size_t>(slot.meaning))),
                                 "it is, and the figures that do not agree with it are refused"});
  }
  question.other = "the name of what it counts, or PART=TEXT, for figures of its own";
  return question;
}

void AskAbout(const Lines& lines, bool columns, Layout& layout, Inquiry& inquiry) {
  const Figures figures(lines, layout, columns);
  for (std::size_t i = 0; i < figures.along().size(); ++i) {
    const Slot& slot = figures.along()[i];
    if (!IsComputed(slot)) continue;
    const std::vector<Candidate> candidates = CandidatesFor(figures, i);
    const Verdict best = Best(figures, i, candidates);
    const bool proved = best.agreed > 0 && (!NeedsProof(slot.meaning) || best.disagreed.empty());
    // One wrong total is a wrong total; several, and none that is right, are none.
    const bool may_be_wrong =
        slot.meaning == Meaning::kTotal && best.candidate != nullptr && best.checked() <= 1;
    if (!slot.is_told && !proved && !may_be_wrong) {
      inquiry.Ask(AboutComputed(figures, i, best), [](const std::string& choice) {
        return std::string(choice.empty() ? "is empty" : "");
      });
    }
    const bool is_stored = slot.meaning == Meaning::kStoredTotal && !slot.group.empty();
    if (is_stored && best.candidate != nullptr) {
      const std::vector<std::size_t> all = FiguresIn(figures.along(), 0, figures.along().size());
      const bool of_group = best.candidate->from == OfGroup(figures.along(), all, slot.group);
      if (!of_group) (columns ? layout.columns : layout.rows)[i].cells.clear();
    }
  }
}

void AddDisagreements(const Lines& lines, const Layout& layout, bool columns,
                      std::vector<Disagreement>& disagreements) {
  const Figures figures(lines, layout, columns);
  for (std::size_t i = 0; i < figures.along().size(); ++i) {
    if (!IsComputed(figures.along()[i])) continue;
    const std::vector<Candidate> candidates = CandidatesFor(figures, i);
    const Verdict best = Best(figures, i, candidates);
    for (std::size_t nth = 0; nth < best.disagreed.size(); ++nth) {
      disagreements.push_back({.is_column = columns,
                               .computed = i,
                               .at = best.disagreed[nth].first,
                               .from = best.candidate->from,
                               .what = WhatOf(figures, i, best, nth)});
    }
  }
}

}  // namespace

void AskAboutComputed(const Lines& lines, Layout& layout, Inquiry& inquiry) {
  AskAbout(lines, true, layout, inquiry);
  AskAbout(lines, false, layout, inquiry);
}

std::vector<Disagreement> DisagreementsOf(const Lines& lines, const Layout& layout) {
  std::vector<Disagreement> disagreements;
  AddDisagreements(lines, layout, true, disagreements);
  AddDisagreements(lines, layout, false, disagreements);
  return disagreements;
}

}  // namespace daybook::ingest
