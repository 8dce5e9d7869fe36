// What a sender keeps of a file: which submission it is, what became of its rows, and the root of
// the log that has them. Pure.
#pragma once

#include <cstdint>
#include <string>

#include "daybook/submissions/v1/submissions_service.pb.h"
#include "services/cli/dataset.h"
#include "services/ingest/table.h"

namespace daybook::cli {

inline constexpr std::size_t kShortId = 12;  // of an id, where a person reads it

enum class ReceiptLength : std::uint8_t {
  kScreen,  // two lines, and what is out of the ordinary
  kWhole,   // everything, to be kept
};

// The first line is the one that is read: rows read, new, there already, refused. `asks`: findings
// that somebody should confirm. `path` may be empty.
std::string ReceiptText(const std::string& path, const submissions::v1::Submission& submission,
                        std::uint32_t asks, ReceiptLength length);

// Which columns of the dataset a file lacks that changed rows: a row is taken as it is sent, so
// their cells are empty in it now. Empty where there is nothing to say.
std::string EmptiedColumnsText(const Dataset& dataset, const ingest::Header& header,
                               const submissions::v1::Submission& submission);

// How the file was read where it could be read in several ways, and its marking: a line for what
// was answered, one for each reading rule. Empty where nothing was.
std::string ReadingText(const submissions::v1::Submission& submission);

// A line for each month in which a held file would void rows, with how many of how many.
std::string VoidedMonthsText(const submissions::v1::Submission& submission);

// The exact words by which a held file is let in.
std::string ConfirmWords(const submissions::v1::Submission& submission);

}  // namespace daybook::cli
