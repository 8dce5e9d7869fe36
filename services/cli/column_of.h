// Fields of the contracts -> columns of a file: people know their file, not our messages. Pure.
#pragma once

#include <string>
#include <string_view>

namespace daybook::cli {

// The column from which `field` of a command or row of the dataset came, for findings; the field
// itself where it came from none.
std::string ColumnOf(std::string_view dataset, std::string_view field);

}  // namespace daybook::cli
