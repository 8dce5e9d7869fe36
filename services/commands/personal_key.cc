#include "services/commands/personal_key.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "fmt/format.h"
#include "proto/values/civil.h"

namespace daybook::commands {
namespace {

// Frequent given names of England and Wales, sorted. Words that name places or things as often
// (Grace, Rose, Victoria) are left out.
constexpr std::array<std::string_view, 138> kGivenNames = {
    "aaron",      "abdul",     "abigail",   "adam",     "ahmed",     "aisha",       "alan",
    "albert",     "alex",      "alexander", "alfie",    "alice",     "alison",      "amanda",
    "amelia",     "amy",       "andrea",    "andrew",   "angela",    "ann",         "anna",
    "anne",       "anthony",   "archie",    "arthur",   "barbara",   "ben",         "benjamin",
    "beth",       "brian",     "callum",    "carol",    "caroline",  "catherine",   "charles",
    "charlie",    "charlotte", "chloe",     "chris",    "christine", "christopher", "claire",
    "colin",      "connor",    "craig",     "daniel",   "darren",    "dave",        "david",
    "dawn",       "deborah",   "dennis",    "derek",    "diane",     "donna",       "dorothy",
    "edward",     "elizabeth", "ellie",     "emily",    "emma",      "eric",        "ethan",
    "fatima",     "fiona",     "freya",     "gareth",   "gary",      "geoffrey",    "george",
    "georgia",    "graham",    "hannah",    "harry",    "hassan",    "heather",     "helen",
    "henry",      "hussain",   "ian",       "ibrahim",  "isabella",  "jack",        "jacob",
    "jacqueline", "jake",      "james",     "jane",     "janet",     "jason",       "jean",
    "jennifer",   "jessica",   "joanne",    "john",     "jonathan",  "joseph",      "joshua",
    "julie",      "karen",     "kate",      "katie",    "keith",     "kelly",       "kevin",
    "laura",      "lauren",    "leah",      "liam",     "linda",     "lisa",        "louise",
    "lucy",       "luke",      "margaret",  "maria",    "mark",      "martin",      "mary",
    "matthew",    "megan",     "michael",   "michelle", "mohammed",  "muhammad",    "natalie",
    "nicola",     "oliver",    "olivia",    "patricia", "paul",      "peter",       "rachel",
    "rebecca",    "richard",   "robert",    "sarah",    "sophie"};
static_assert(std::ranges::is_sorted(kGivenNames));

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// Letters and digits, the letters small.
std::string Core(std::string_view key) {
  std::string core;
  for (const char c : key) {
    if (IsDigit(c) || IsLetter(c)) core.push_back(Lower(c));
  }
  return core;
}

bool AllDigits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, IsDigit);
}

bool IsTelephone(std::string_view core) {
  if (core.starts_with("0044")) core.remove_prefix(2);
  const bool abroad = core.size() == 12 && core.starts_with("44");
  const bool at_home = core.size() == 11 && core.starts_with("0") && core[1] != '0';
  return AllDigits(core) && (abroad || at_home);
}

// Ten digits, the last of which checks the others.
bool IsNhsNumber(std::string_view core) {
  if (core.size() != 10 || !AllDigits(core)) return false;
  int sum = 0;
  for (std::size_t i = 0; i < 9; ++i) sum += (core[i] - '0') * static_cast<int>(10 - i);
  const int check = (11 - sum % 11) % 11;
  return check != 10 && check == core[9] - '0';
}

// Two letters, six digits, A to D.
bool IsInsuranceNumber(std::string_view core) {
  return core.size() == 9 && IsLetter(core[0]) && IsLetter(core[1]) &&
         AllDigits(core.substr(2, 6)) && core[8] >= 'a' && core[8] <= 'd';
}

bool IsDay(std::string_view year, std::string_view month, std::string_view day) {
  return year >= "1900" && year <= "2099" &&
         values::ParseDay(fmt::format("{}-{}-{}", year, month, day)).has_value();
}

// Eight digits that are a day, in whichever order.
bool IsBirthDate(std::string_view core) {
  if (core.size() != 8 || !AllDigits(core)) return false;
  return IsDay(core.substr(0, 4), core.substr(4, 2), core.substr(6, 2)) ||
         IsDay(core.substr(4, 4), core.substr(2, 2), core.substr(0, 2));
}

// The runs of letters in it that stand alone between separators.
std::vector<std::string> WordsOf(std::string_view key, bool& has_digit) {
  std::vector<std::string> words;
  std::string part;
  const auto end_part = [&] {
    if (part.size() >= 2 && std::ranges::all_of(part, IsLetter)) words.push_back(part);
    part.clear();
  };
  for (const char c : key) {
    has_digit = has_digit || IsDigit(c);
    if (IsLetter(c) || IsDigit(c)) {
      part.push_back(Lower(c));
    } else {
      end_part();
    }
  }
  end_part();
  return words;
}

bool IsName(std::string_view key) {
  bool has_digit = false;
  const std::vector<std::string> words = WordsOf(key, has_digit);
  const bool given = std::ranges::any_of(words, [](const std::string& word) {
    return std::ranges::binary_search(kGivenNames, std::string_view(word));
  });
  // Words alone name somebody or something; a system's key has a number.
  return given || (words.size() >= 2 && !has_digit);
}

}  // namespace

std::string_view LooksLike(std::string_view key) {
  if (key.find('@') != std::string_view::npos) return "an e-mail address";
  const std::string core = Core(key);
  if (IsTelephone(core)) return "a telephone number";
  if (IsNhsNumber(core)) return "an NHS number";
  if (IsInsuranceNumber(core)) return "a National Insurance number";
  if (IsBirthDate(core)) return "a date of birth";
  if (IsName(key)) return "a name";
  return "";
}

void RefusePersonalKey(std::string_view field, std::string_view key, Problems& problems) {
  const std::string_view what = LooksLike(key);
  if (key.empty() || what.empty()) return;
  problems.push_back(InvalidField(
      field, fmt::format("looks like {}", what),
      "Give a key of your system that says nothing about the person. If it is one, write letters "
      "and a number before it, for example R1-."));
}

}  // namespace daybook::commands
