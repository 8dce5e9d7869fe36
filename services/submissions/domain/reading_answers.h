// How a file was read where it could be read in several ways, and the marking that it carries: what
// is checked of both, wherever they come. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "daybook/submissions/events/v1/events.pb.h"
#include "google/protobuf/repeated_field.h"
#include "services/commands/door.h"

namespace daybook::submissions {

using ReadingAnswers = google::protobuf::RepeatedPtrField<events::v1::ReadingAnswer>;

inline constexpr int kAnswersMax = 300;

// Each has a question and a choice of one line, no question twice, rule ids are 32 hexadecimal
// digits. MISSING_FIELD, INVALID_FIELD, TOO_LARGE under "answers[…]".
void CheckAnswers(const ReadingAnswers& answers, commands::Problems& problems);

// INVALID_FIELD, MARKING_TOO_HIGH. Nothing for an empty one.
void CheckMarking(std::string_view marking, commands::Problems& problems);

// Whether both read alike, wherever each answer comes from.
bool SameAnswers(const ReadingAnswers& a, const ReadingAnswers& b);

// What is part of a file's identity: "" without answers, else one text for one reading.
std::string AnswersText(const ReadingAnswers& answers);

}  // namespace daybook::submissions
