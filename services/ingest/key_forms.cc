#include "services/ingest/key_forms.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "fmt/format.h"
#include "proto/values/personal_key.h"
#include "proto/values/text.h"
#include "services/ingest/written_day.h"

namespace daybook::ingest {
namespace {

// "2.02401E+16": what is left of a long number that a program wrote as it showed it.
bool IsShortened(std::string_view key) {
  const std::size_t e = key.find_first_of("eE");
  if (e == std::string_view::npos || e == 0 || e + 2 >= key.size() || key[e + 1] != '+') {
    return false;
  }
  const std::string_view digits = key.substr(0, e);
  const bool whole =
      values::IsDigits(digits.substr(0, 1)) &&
      (digits.size() == 1 || (digits[1] == '.' && values::IsDigits(digits.substr(2))));
  return whole && values::IsDigits(key.substr(e + 2));
}

// "10-Nov" and "Nov-10", with a year or without.
bool IsDate(std::string_view age) {
  const bool has_letter = std::ranges::any_of(
      age, [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
  const bool has_gap = age.find_first_of("-/. ") != std::string_view::npos;
  if (!has_gap) return false;
  if (DayIn(age)) return true;
  // With a year of this century a word without one is a day or a month.
  return has_letter && (DayIn(std::string(age) + "-2000") || MonthIn(age));
}

template <class Check>
void ForEachCell(const DatasetSpec& dataset, Table& table, CellKind kind, const Check& check) {
  for (const ColumnSpec& column : dataset.columns) {
    const auto index = IndexOf(table.header, column.name);
    if (!index || column.kind != kind) continue;
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
      if (*index < table.rows[row].size()) check(row, *index, table.rows[row][*index]);
    }
  }
}

// Keys of one form in a column, beside all numbers that are as long.
struct Alike {
  std::vector<std::size_t> rows;
  std::size_t of = 0;
};

// Of ten digits one number in eleven has the form of an NHS number, of eight one in a hundred that
// of a day.
bool AreMoreThanChance(const Alike& alike) {
  constexpr std::size_t kOneIn = 4;
  return !alike.rows.empty() && kOneIn * alike.rows.size() > alike.of;
}

std::map<std::string_view, Alike> NumbersAlike(const Table& table, std::size_t column) {
  std::map<std::size_t, std::size_t> by_length;
  std::map<std::string_view, Alike> alike;
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    if (column >= table.rows[row].size()) continue;
    const std::string& key = table.rows[row][column];
    if (!values::IsDigits(key)) continue;
    ++by_length[key.size()];
    const values::KeyForm form = values::FormOfKey(key);
    if (form.personal == values::Personal::kNumber) alike[form.looks_like].rows.push_back(row);
  }
  for (auto& [form, one] : alike) {
    one.of = by_length[table.rows[one.rows.front()][column].size()];
  }
  std::erase_if(alike, [](const auto& one) { return !AreMoreThanChance(one.second); });
  return alike;
}

Question AboutKeys(const std::string& column, std::string_view form, const Alike& alike,
                   const Table& table) {
  constexpr std::size_t kLinesShown = 3;
  Question question{
      .id = "keys:" + column,
      .what = fmt::format("{} of {} keys of that length in the column \"{}\" have the form of {}. "
                          "Do they say who somebody is?",
                          alike.rows.size(), alike.of, column, form)};
  for (std::size_t i = 0; i < std::min(kLinesShown, alike.rows.size()); ++i) {
    question.lines.push_back(table.lines[alike.rows[i]]);
  }
  question.readings = {{"opaque", "no: a system counted them"},
                       {"personal", "yes: these rows are refused"}};
  return question;
}

}  // namespace

void FindChangedKeys(const DatasetSpec& dataset, Table& table) {
  const auto find_shortened = [&](std::size_t row, std::size_t column, const std::string& key) {
    if (!IsShortened(key)) return;
    table.AddFinding(row, {.column = column,
                           .what = "lost its last digits where a spreadsheet saved it as a number",
                           .remedy = "Give the column the format Text, copy the key from its "
                                     "source once more, and save the file again."});
  };
  ForEachCell(dataset, table, CellKind::kKey, find_shortened);
  ForEachCell(dataset, table, CellKind::kPersonKey, find_shortened);
  ForEachCell(dataset, table, CellKind::kAge,
              [&](std::size_t row, std::size_t column, const std::string& age) {
                if (!IsDate(age)) return;
                table.AddFinding(
                    row, {.column = column,
                          .what = "is a date: a spreadsheet makes one of a band such as 10-11",
                          .remedy = "Write the band as \"10 to 11\", or give the column the "
                                    "format Text before you type it."});
              });
}

void AskAboutKeys(const DatasetSpec& dataset, Table& table, Inquiry& inquiry) {
  for (const ColumnSpec& column : dataset.columns) {
    const auto index = IndexOf(table.header, column.name);
    if (!index || column.kind != CellKind::kPersonKey) continue;
    for (const auto& [form, alike] : NumbersAlike(table, *index)) {
      const auto choice = inquiry.Ask(AboutKeys(column.name, form, alike, table));
      if (choice != "personal") continue;
      for (const std::size_t row : alike.rows) {
        table.AddFinding(row, {.column = *index,
                               .what = fmt::format("has the form of {}", form),
                               .remedy = "Give a key of your system that says nothing about the "
                                         "person."});
      }
    }
  }
}

}  // namespace daybook::ingest
