// A reported figure of any form - a number, a part of a whole, a printed percentage - and what may
// be done with it. Exact decimals, half up.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "daybook/actions/events/v1/events.pb.h"
#include "daybook/types/v1/types.pb.h"
#include "proto/values/decimal.h"
#include "proto/values/precision.h"

namespace daybook::reports {

using values::Decimal;

struct Figure {
  enum class Form { kNone, kNumber, kShare, kPrintedPercent };
  Form form = Form::kNone;
  types::v1::Quantity number;
  types::v1::Share share;
  types::v1::PrintedPercent printed;
};

// The figure of a message with the usual oneof (quantity, share, printed_percent).
template <class Fact>
Figure FigureOf(const Fact& fact) {
  Figure figure;
  if (fact.has_quantity()) {
    figure.form = Figure::Form::kNumber;
    figure.number = fact.quantity();
  } else if (fact.has_share()) {
    figure.form = Figure::Form::kShare;
    figure.share = fact.share();
  } else if (fact.has_printed_percent()) {
    figure.form = Figure::Form::kPrintedPercent;
    figure.printed = fact.printed_percent();
  }
  return figure;
}

// The number of a stored decimal; nullopt for none. Stored decimals were checked at the door.
std::optional<Decimal> NumberOf(std::string_view text);

// The number where it is one number and the number itself: the only kind that is added up, or whose
// change is shown. "About 300", ranges and printed percentages are not.
std::optional<Decimal> ExactNumber(const Figure& figure);

// The figure with its precision words, for example "more than 90", "about 500", "45 of 396", "8 to
// 10", "fewer than 5 (suppressed)", "not collected".
std::string Words(const Figure& figure);

// The same with what is counted, for example "more than 90 percent", "about 500 people".
std::string WordsWithUnit(const Figure& figure, std::string_view unit);

using values::Answer;

// Whether the figure is at least, at most or exactly the threshold, as far as its precision tells.
Answer Satisfies(const Figure& figure, actions::events::v1::TargetSet::Comparator comparator,
                 const Decimal& threshold);

// part / whole in percent with 1 decimal; empty when the whole is 0 or less.
std::string PercentText(const Decimal& part, const Decimal& whole);

// (current - previous) / previous in percent with sign and 1 decimal, "0.0" for no change; empty
// when the previous is 0 or less.
std::string ChangePercentText(const Decimal& previous, const Decimal& current);

// With its sign, "0" for none.
std::string SignedText(const Decimal& difference);

// A whole or decimal number for reading: thousands grouped.
std::string Grouped(std::string_view decimal);

}  // namespace daybook::reports
