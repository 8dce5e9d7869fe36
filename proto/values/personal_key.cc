#include "proto/values/personal_key.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "proto/values/civil.h"

namespace daybook::values {
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

// What stands between separators, in lower case.
std::vector<std::string> PartsOf(std::string_view key) {
  std::vector<std::string> parts(1);
  for (const char c : key) {
    if (IsLetter(c) || IsDigit(c)) {
      parts.back().push_back(Lower(c));
    } else if (!parts.back().empty()) {
      parts.emplace_back();
    }
  }
  if (parts.back().empty()) parts.pop_back();
  return parts;
}

Personal IsTelephone(std::string_view key, std::string core, std::size_t parts) {
  if (!AllDigits(core)) return Personal::kNo;
  if (core.starts_with("0044")) core.erase(0, 2);
  const bool abroad = core.size() == 12 && core.starts_with("44");
  const bool at_home = core.size() == 11 && core.starts_with("0") && core[1] != '0';
  if (!abroad && !at_home) return Personal::kNo;
  const bool written_as_one = parts > 1 || key.find('+') != std::string_view::npos;
  const bool mobile = core.starts_with("07") || core.starts_with("447");
  return written_as_one || mobile ? Personal::kSurely : Personal::kNumber;
}

// Ten digits, the last of which checks the others: one in eleven numbers of ten digits. Written as
// people write it, 943 476 5919, it is no other number.
Personal IsNhsNumber(std::string_view core, const std::vector<std::string>& parts) {
  if (core.size() != 10 || !AllDigits(core)) return Personal::kNo;
  int sum = 0;
  for (std::size_t i = 0; i < 9; ++i) sum += (core[i] - '0') * static_cast<int>(10 - i);
  const int check = (11 - sum % 11) % 11;
  if (check == 10 || check != core[9] - '0') return Personal::kNo;
  if (parts.size() == 1) return Personal::kNumber;
  const bool grouped = parts.size() == 3 && parts[0].size() == 3 && parts[1].size() == 3;
  return grouped ? Personal::kSurely : Personal::kNo;
}

// Two letters, six digits, A to D. Some letters never begin one.
bool IsInsuranceNumber(std::string_view core) {
  constexpr std::string_view kNeverFirst = "dfiuv";
  return core.size() == 9 && IsLetter(core[0]) && IsLetter(core[1]) &&
         kNeverFirst.find(core[0]) == std::string_view::npos &&
         kNeverFirst.find(core[1]) == std::string_view::npos && AllDigits(core.substr(2, 6)) &&
         core[8] >= 'a' && core[8] <= 'd';
}

bool IsDay(std::string_view year, std::string_view month, std::string_view day) {
  return year >= "1900" && year <= "2099" &&
         ParseDay(std::string(year).append("-").append(month).append("-").append(day)).has_value();
}

// Eight digits that are a day, in whichever order.
bool IsDate(std::string_view core) {
  if (core.size() != 8 || !AllDigits(core)) return false;
  return IsDay(core.substr(0, 4), core.substr(4, 2), core.substr(6, 2)) ||
         IsDay(core.substr(4, 4), core.substr(2, 2), core.substr(0, 2));
}

bool IsGivenName(std::string_view word) { return std::ranges::binary_search(kGivenNames, word); }

// "kate", and "kate" of "kate17".
bool BeginsWithGivenName(std::string_view part) {
  const auto end = std::ranges::find_if_not(part, IsLetter);
  const auto rest = std::string_view(end, part.end());
  return IsGivenName({part.begin(), end}) && (rest.empty() || AllDigits(rest));
}

// "R1": a key that goes on with a word is one of a system, for example a name of an operation.
bool IsOfSystem(std::string_view part) {
  return std::ranges::any_of(part, IsLetter) && std::ranges::any_of(part, IsDigit) &&
         !BeginsWithGivenName(part);
}

Personal IsName(const std::vector<std::string>& parts) {
  const auto is_word = [](std::string_view part) {
    return part.size() >= 2 && std::ranges::all_of(part, IsLetter);
  };
  const auto words = std::ranges::count_if(parts, is_word);
  const bool given = std::ranges::any_of(parts, BeginsWithGivenName);
  if (given && words >= 2) return Personal::kSurely;
  if (!parts.empty() && IsOfSystem(parts.front())) return Personal::kNo;
  const bool has_digit = std::ranges::any_of(
      parts, [](std::string_view part) { return std::ranges::any_of(part, IsDigit); });
  return given || (words > 0 && !has_digit) ? Personal::kWord : Personal::kNo;
}

}  // namespace

KeyForm FormOfKey(std::string_view key) {
  if (key.find('@') != std::string_view::npos) return {Personal::kSurely, "an e-mail address"};
  const std::string core = Core(key);
  const std::vector<std::string> parts = PartsOf(key);
  if (const auto is = IsTelephone(key, core, parts.size()); is != Personal::kNo) {
    return {is, "a telephone number"};
  }
  if (const auto is = IsNhsNumber(core, parts); is != Personal::kNo) return {is, "an NHS number"};
  if (IsInsuranceNumber(core)) return {Personal::kSurely, "a National Insurance number"};
  if (IsDate(core)) {
    return {parts.size() > 1 ? Personal::kWord : Personal::kNumber, "a date of birth"};
  }
  if (const auto is = IsName(parts); is != Personal::kNo) return {is, "a name"};
  return {};
}

}  // namespace daybook::values
