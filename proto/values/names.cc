#include "proto/values/names.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdlib>
#include <memory>
#include <set>
#include <utility>
#include <vector>

#include "proto/values/text.h"

namespace daybook::values {
namespace {

// Typographic forms that spreadsheets put in place of plain ones. "" joins, " " separates.
constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kTypography = {{
    {"\xE2\x80\x98", ""},   // left single quotation mark
    {"\xE2\x80\x99", ""},   // right single quotation mark
    {"\xE2\x80\x9C", " "},  // left double quotation mark
    {"\xE2\x80\x9D", " "},  // right double quotation mark
    {"\xE2\x80\x93", " "},  // en dash
    {"\xE2\x80\x94", " "},  // em dash
    {"\xC2\xA0", " "},      // no-break space
}};

bool IsWordByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
         (static_cast<unsigned char>(c) >= 0x80);
}

struct Free {
  void operator()(utf8proc_uint8_t* bytes) const { std::free(bytes); }
};

// The text as `options` say; as it is where it is not UTF-8.
std::string Mapped(std::string_view text, int options) {
  utf8proc_uint8_t* out = nullptr;
  const utf8proc_ssize_t size = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                             static_cast<utf8proc_ssize_t>(text.size()), &out,
                                             static_cast<utf8proc_option_t>(options));
  const std::unique_ptr<utf8proc_uint8_t, Free> owned(out);
  if (size < 0) return std::string(text);
  return {reinterpret_cast<const char*>(out), static_cast<std::size_t>(size)};
}

std::string PlainPunctuation(std::string_view name) {
  std::string plain;
  plain.reserve(name.size() + 8);
  while (!name.empty()) {
    const auto* form = std::find_if(kTypography.begin(), kTypography.end(), [&](const auto& entry) {
      return name.substr(0, entry.first.size()) == entry.first;
    });
    if (form != kTypography.end()) {
      plain += form->second;
      name.remove_prefix(form->first.size());
      continue;
    }
    const char c = name.front();
    if (c == '&') {
      plain += " and ";
    } else if (c != '\'' && c != '.') {
      plain.push_back(IsWordByte(c) ? c : ' ');
    }
    name.remove_prefix(1);
  }
  return plain;
}

std::size_t EditDistance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[b.size()];
}

std::set<std::string_view> WordsOf(std::string_view text) {
  std::set<std::string_view> words;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (end > 0) words.insert(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

}  // namespace

std::string Nfc(std::string_view text) {
  if (IsAscii(text)) return std::string(text);
  return Mapped(text, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
}

std::string NormaliseName(std::string_view name) {
  std::string normal;
  normal.reserve(name.size());
  // Nearly every name is ASCII, and rows are resolved by it.
  std::string folded(name);
  if (IsAscii(name)) {
    std::ranges::transform(folded, folded.begin(), [](char c) {
      return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
  } else {
    folded = Mapped(name, UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
  }
  for (const char c : PlainPunctuation(folded)) {
    if (c != ' ') {
      normal.push_back(c);
    } else if (!normal.empty() && normal.back() != ' ') {
      normal.push_back(' ');
    }
  }
  if (!normal.empty() && normal.back() == ' ') normal.pop_back();
  return normal;
}

double Similarity(std::string_view a, std::string_view b) {
  if (a == b) return 1.0;
  const std::size_t longer = std::max(a.size(), b.size());
  const double letters =
      1.0 - static_cast<double>(EditDistance(a, b)) / static_cast<double>(longer);
  const auto words_a = WordsOf(a);
  const auto words_b = WordsOf(b);
  const auto shared = std::count_if(words_a.begin(), words_a.end(),
                                    [&](std::string_view word) { return words_b.contains(word); });
  const double words =
      2.0 * static_cast<double>(shared) /
      static_cast<double>(std::max<std::size_t>(1, words_a.size() + words_b.size()));
  // The same words in another order are not the same name.
  return std::min(0.99, std::max(letters, words));
}

std::string NearestOf(std::string_view text, const std::vector<std::string>& names) {
  const std::string wanted = NormaliseName(text);
  const auto nearest = std::ranges::max_element(
      names, {}, [&](const std::string& name) { return Similarity(wanted, NormaliseName(name)); });
  return nearest == names.end() ? "" : *nearest;
}

}  // namespace daybook::values
