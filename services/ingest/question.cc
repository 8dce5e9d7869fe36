#include "services/ingest/question.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "fmt/format.h"

namespace daybook::ingest {
namespace {

bool SameWord(std::string_view a, std::string_view b) {
  return absl::EqualsIgnoreCase(absl::string_view(a.data(), a.size()),
                                absl::string_view(b.data(), b.size()));
}

}  // namespace

const Answers::value_type* Inquiry::Find(std::string_view id) const {
  const bool any_case = id.starts_with(kLabelQuestion);
  for (const auto& answer : given_) {
    if (answer.first == id || (any_case && SameWord(answer.first, id))) return &answer;
  }
  return nullptr;
}

void Inquiry::Keep(Question question) {
  constexpr std::size_t kLinesMax = 20;
  const auto same = std::ranges::find(open_, question.id, &Question::id);
  if (same == open_.end()) return open_.push_back(std::move(question));
  for (const std::uint32_t line : question.lines) {
    if (same->lines.size() == kLinesMax) return;
    if (std::ranges::find(same->lines, line) == same->lines.end()) same->lines.push_back(line);
  }
}

void Inquiry::DoNotKeep(const std::string& id) {
  if (const auto used = used_.find(id); used != used_.end()) used->second.can_be_kept = false;
}

std::optional<std::string> Inquiry::Ask(Question question, const Wrong& wrong) {
  auto answer = Given(question, wrong);
  if (!answer) Keep(std::move(question));
  return answer;
}

std::optional<std::string> Inquiry::Given(Question question, const Wrong& wrong) {
  const Answers::value_type* answer = Find(question.id);
  if (answer == nullptr) return std::nullopt;
  seen_[answer->first] = true;
  std::string choice = answer->second;
  const auto reading = std::ranges::find_if(question.readings, [&](const Reading& one) {
    return !one.is_form && SameWord(one.choice, choice);
  });
  std::string fault;
  if (reading != question.readings.end()) {
    choice = reading->choice;
  } else {
    fault = wrong == nullptr ? "is none of the choices" : wrong(choice);
  }
  if (fault.empty()) {
    used_[question.id] = {choice, question.can_be_kept};
    return choice;
  }
  question.what += fmt::format(" (\"{}\" {}.)", choice, fault);
  Keep(std::move(question));
  return std::nullopt;
}

std::vector<std::string> Inquiry::Unused() const {
  std::vector<std::string> unused;
  for (const auto& [id, choice] : given_) {
    if (!seen_.contains(id)) unused.push_back(id);
  }
  return unused;
}

}  // namespace daybook::ingest
