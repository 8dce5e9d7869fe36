// What the reader of a file cannot settle by itself, as a value that is asked, and what its sender
// answered. Pure.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace daybook::ingest {

// One way to read what is asked about.
struct Reading {
  std::string choice;    // what is answered: "2024-02-05"
  std::string meaning;   // in words
  bool is_form = false;  // not an answer itself: NAME in it stands for one
  friend bool operator==(const Reading&, const Reading&) = default;
};

struct Question {
  std::string id;    // "rows", "dash", "label:Total"
  std::string what;  // the question, with what stands in the file
  // Lines of the file that it is about, as a spreadsheet counts: the first of them, or none.
  std::vector<std::uint32_t> lines = {};
  std::vector<Reading> readings = {};
  std::string other = {};   // what else may be answered, in words; empty: one of the readings only
  bool can_be_kept = true;  // holds for the next file of this layout as well
  friend bool operator==(const Question&, const Question&) = default;
};

// By the id of the question. Ids with a label ("label:TOTAL") are found in any case.
using Answers = std::map<std::string, std::string>;

struct UsedAnswer {
  std::string choice;
  bool can_be_kept = true;
  friend bool operator==(const UsedAnswer&, const UsedAnswer&) = default;
};

inline constexpr std::string_view kLabelQuestion = "label:";

// The questions of one file: asked with the answers at hand, kept where there is none. Not
// thread-safe.
class Inquiry {
 public:
  explicit Inquiry(const Answers& given) : given_(given) {}

  // Says what is wrong with an answer that is none of the readings; "" for a good one.
  using Wrong = std::function<std::string(const std::string& choice)>;

  // The answer, as the reading has it where it is one of those. nullopt where there is none, or a
  // wrong one: the question is open then. `wrong` is needed where other answers than the readings
  // may be given.
  std::optional<std::string> Ask(Question question, const Wrong& wrong = nullptr);
  // The answer to what need not be asked; a wrong one makes it a question.
  std::optional<std::string> Given(Question question, const Wrong& wrong = nullptr);
  bool HasAnswer(std::string_view id) const { return Find(id) != nullptr; }
  // The answer says what this file alone is about.
  void DoNotKeep(const std::string& id);

  const std::vector<Question>& open() const { return open_; }
  // By the id as it was asked.
  const std::map<std::string, UsedAnswer>& used() const { return used_; }
  // Ids of answers that nothing asked for.
  std::vector<std::string> Unused() const;

 private:
  const Answers::value_type* Find(std::string_view id) const;
  void Keep(Question question);

  Answers given_;
  std::vector<Question> open_;
  std::map<std::string, UsedAnswer> used_;
  std::map<std::string, bool> seen_;  // ids of given answers that were looked at
};

}  // namespace daybook::ingest
