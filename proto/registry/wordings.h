// Finds the entries of a register by what people write for them.
#pragma once

#include <algorithm>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "proto/values/names.h"

namespace daybook::registry {

// Entry has `code` and `name`, string_views to static storage. Codes are taken as they are, names
// whatever their case, spacing and punctuation: "violent-crime" is a code, "Violent crime" the name
// of another type. Thread-safe once it is filled; it refers to the entries.
template <class Entry>
class Wordings {
 public:
  Wordings() = default;
  explicit Wordings(std::span<const Entry> entries) {
    for (const Entry& entry : entries) Add(entry);
    // A code written with spaces is nobody's name, unless it is one.
    for (const Entry& entry : entries) {
      by_name_.emplace(values::NormaliseName(entry.code), &entry);
    }
  }

  // Another wording of the entry with this code.
  void AddWording(std::string_view wording, std::string_view code) {
    by_name_.emplace(values::NormaliseName(wording), by_wording_.find(code)->second);
  }

  // nullptr where no entry is meant. As printed it is found without a copy.
  const Entry* Find(std::string_view wording) const {
    if (const auto it = by_wording_.find(wording); it != by_wording_.end()) return it->second;
    if (const auto it = by_wording_.find(LowerCase(wording)); it != by_wording_.end())
      return it->second;
    const auto it = by_name_.find(values::NormaliseName(wording));
    return it == by_name_.end() ? nullptr : it->second;
  }

  // The name that is most like a wording; empty where none is.
  std::string Nearest(std::string_view wording) const { return values::NearestOf(wording, names_); }

 private:
  static std::string LowerCase(std::string_view text) {
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(), [](char c) {
      return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return lower;
  }

  void Add(const Entry& entry) {
    by_wording_.emplace(entry.code, &entry);
    by_wording_.emplace(entry.name, &entry);
    by_name_.emplace(values::NormaliseName(entry.name), &entry);
    names_.emplace_back(entry.name);
  }

  std::map<std::string, const Entry*, std::less<>> by_wording_;
  std::map<std::string, const Entry*, std::less<>> by_name_;
  std::vector<std::string> names_;
};

}  // namespace daybook::registry
