// Periods as the labels of a printed table give them: 2019, Q1, Apr, "12 months to Jan 2024". What
// more is meant by a label than it says is asked once for the whole table.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/ingest/question.h"

namespace daybook::ingest {

// Whether the text is a period or a part of one (Q1, Apr). Figures such as 2019 are.
bool IsPeriodLabel(std::string_view label);
// A part of a year that does not say of which: Q1, Apr.
bool IsPartOfYear(std::string_view label);
// A year: 2019, 2013-14.
bool IsYear(std::string_view label);

// Reads the labels of one table. Not thread-safe.
class PeriodLabels {
 public:
  // `titles`: lines above the table, which may say of which year its quarters or months are.
  PeriodLabels(Inquiry& inquiry, std::vector<std::string> titles)
      : inquiry_(inquiry), titles_(std::move(titles)) {}

  // As a column of periods takes it (cell_forms.h). `year`: the heading above the label; empty:
  // none. nullopt where it is no period, or where a question is open since.
  std::optional<std::string> Read(std::string_view year, std::string_view label,
                                  std::uint32_t line);
  // Whether the last Read left a question open.
  bool asked() const { return asked_; }

 private:
  std::optional<std::string> OfYear(int year, std::uint32_t line);
  std::optional<std::string> OfDay(std::string_view label, std::uint32_t line);
  std::optional<std::string> OfPart(std::string_view year, std::string_view part,
                                    std::uint32_t line);
  std::optional<std::string> Ask(Question question, const Inquiry::Wrong& wrong = nullptr);

  Inquiry& inquiry_;
  const std::vector<std::string> titles_;
  bool asked_ = false;
};

}  // namespace daybook::ingest
