// Runs one of the project's programs as a process of its own and waits for its end.
#pragma once

#include <string>

namespace daybook::integration {

struct ProgramResult {
  int exit_code = -1;  // 124 when it had to be stopped
  std::string output;  // both streams, as they came
};

// `arguments` go through the shell: quote what needs it. A program that does not end by itself
// within 60 seconds is stopped.
ProgramResult RunProgram(const std::string& program, const std::string& arguments);

}  // namespace daybook::integration
