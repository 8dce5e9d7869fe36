// What a label of a printed table says by its words, and what an answer says of it. Pure.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "services/ingest/dataset_spec.h"
#include "services/ingest/layout.h"

namespace daybook::ingest {

// Total, Change, % change, Rank, …; nullopt for a label that names something.
std::optional<Meaning> MeaningOfWords(std::string_view label);

// The meaning that an answer gives by its word: "total", "total-kept", "change", "change-percent",
// "ignore".
std::optional<Meaning> MeaningOfAnswer(std::string_view choice);
// What a row or column of this meaning is, for a note: "a total".
std::string_view WordsOf(Meaning meaning);

// "measure=wso-open; basis=at-date; figure=numerator": columns of the dataset with their texts, and
// the column for the figures.
struct Assignments {
  std::map<std::string, std::string> cells;
  std::string figure;
};
// nullopt, with the reason in `wrong`, where a part has no "=" or is none of the dataset's.
std::optional<Assignments> AssignmentsIn(std::string_view choice, const PrintedSpec& printed,
                                         std::string& wrong);

// The part that an answer such as "measure" or "dimension:sex" names, with the list; nullptr for
// none.
const PrintedPart* PartOf(std::string_view choice, const PrintedSpec& printed, std::string& list);

// The text that a label gives under a part; "sex=male" of the list sex.
std::string CellOf(const PrintedPart& part, std::string_view list, std::string_view label);

// Adds a text to the cells of a row: lists are put together, other texts written over.
void AddCell(const PrintedPart& part, const std::string& text,
             std::map<std::string, std::string>& cells);

}  // namespace daybook::ingest
