#include "projections/engine/known_order.h"

#include <algorithm>

#include "eventstore/core/error.h"
#include "projections/core/known_day.h"
#include "projections/engine/page_reader.h"

namespace daybook::projections {
namespace {

using eventstore::CivilDay;

constexpr Handling kReferences = Handling::kReference;
constexpr Handling kFacts = Handling::kApply;
// So that cutting one is quick.
constexpr std::uint64_t kRunEventsMax = 65536;

void CountFact(std::vector<std::pair<const TypeEntry*, std::uint64_t>>& facts,
               const TypeEntry* type) {
  const auto counted = std::find_if(facts.begin(), facts.end(),
                                    [&](const auto& fact) { return fact.first == type; });
  if (counted == facts.end()) {
    facts.emplace_back(type, 1);
  } else {
    ++counted->second;
  }
}

// Counts facts that are left out, in total and for each view that they are left out of.
void CountLeftOut(ViewSet& views, const TypeEntry& type, std::uint64_t facts,
                  std::uint64_t KnownCounts::*count) {
  views.totals().*count += facts;
  for (const Interest& interest : type.interests) {
    if (interest.handling == Handling::kApply) {
      views.slots()[interest.slot].progress.counts.*count += facts;
    }
  }
}

}  // namespace

KnownOrder::KnownOrder(ViewSetFactory factory, TypeTable types)
    : factory_(std::move(factory)), types_(std::move(types)) {}

absl::StatusOr<std::unique_ptr<KnownOrder>> KnownOrder::Make(ViewSetFactory factory) {
  DAYBOOK_ASSIGN_OR_RETURN(TypeTable types, TypeTable::Make(ViewSet(factory())));
  return std::unique_ptr<KnownOrder>(new KnownOrder(std::move(factory), std::move(types)));
}

void KnownOrder::Note(const BatchEvent& event) {
  const std::uint64_t position = event.recorded.position.value;
  const TypeEntry& type = *event.type;
  if (type.reference || !type.unknown_to.empty()) {
    if (others_.empty() || others_.back().to != position) others_.push_back({position, position});
    others_.back().to = position + 1;
  }
  if (!type.applied) return;
  const std::optional<CivilDay> known = KnownBy(event.recorded);
  if (runs_.empty() || runs_.back().known != known ||
      position - runs_.back().from >= kRunEventsMax) {
    runs_.push_back({position, position, known, {}});
  }
  runs_.back().to = position + 1;
  CountFact(runs_.back().facts, &type);
}

absl::Status KnownOrder::Learn(eventstore::LogReader& events, std::uint64_t size) {
  if (size <= learned_) return absl::OkStatus();
  PageReader reader(events, types_);
  return ForEachPage(reader, learned_, size, [this](EventBatch& page) {
    for (const BatchEvent& event : page.events()) Note(event);
    learned_ += page.events().size();
  });
}

absl::Status KnownOrder::ApplyOthers(eventstore::LogReader& events, std::uint64_t size,
                                     ViewSet& views) const {
  PageReader reader(events, types_);
  for (const Others& others : others_) {
    const auto apply = [&views](EventBatch& page) {
      page.Decode();
      for (const BatchEvent& event : page.events()) {
        CountUnknown(views, event);
        if (event.type->reference) ApplyEvent(views, event, &kReferences);
      }
    };
    DAYBOOK_RETURN_IF_ERROR(ForEachPage(reader, others.from, std::min(others.to, size), apply));
  }
  return absl::OkStatus();
}

absl::StatusOr<KnownOrder::Run> KnownOrder::Cut(eventstore::LogReader& events, const Run& run,
                                                std::uint64_t size) const {
  Run cut{run.from, std::min(run.to, size), run.known, {}};
  PageReader reader(events, types_);
  DAYBOOK_RETURN_IF_ERROR(ForEachPage(reader, cut.from, cut.to, [&cut](EventBatch& page) {
    for (const BatchEvent& event : page.events()) {
      if (event.type->applied) CountFact(cut.facts, event.type);
    }
  }));
  return cut;
}

absl::StatusOr<std::unique_ptr<ViewSet>> KnownOrder::Fold(eventstore::LogReader& events,
                                                          std::uint64_t size, CivilDay day) {
  DAYBOOK_RETURN_IF_ERROR(Learn(events, size));
  auto views = std::make_unique<ViewSet>(factory_());
  DAYBOOK_RETURN_IF_ERROR(ApplyOthers(events, size, *views));
  std::vector<const Run*> turns;
  Run cut;
  const auto take = [&](const Run& run) {
    if (run.known.has_value() && *run.known <= day) return turns.push_back(&run);
    for (const auto& fact : run.facts) {
      CountLeftOut(*views, *fact.first, fact.second,
                   run.known ? &KnownCounts::not_yet_known : &KnownCounts::known_unknown);
    }
  };
  for (const Run& run : runs_) {
    if (run.from >= size) break;
    if (run.to <= size) {
      take(run);
    } else {
      DAYBOOK_ASSIGN_OR_RETURN(cut, Cut(events, run, size));
      take(cut);
    }
  }
  // Stable: runs of one day stay in log order.
  std::stable_sort(turns.begin(), turns.end(),
                   [](const Run* a, const Run* b) { return *a->known < *b->known; });
  PageReader reader(events, types_);
  const auto apply = [&](EventBatch& page) {
    page.Decode();
    for (BatchEvent& event : page.events()) {
      if (!event.type->applied) continue;
      event.known_on = day;
      ApplyEvent(*views, event, &kFacts);
    }
  };
  for (const Run* run : turns) {
    DAYBOOK_RETURN_IF_ERROR(ForEachPage(reader, run->from, run->to, apply));
  }
  return views;
}

}  // namespace daybook::projections
