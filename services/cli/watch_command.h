// `daybook watch DIR`: takes files as they arrive in a folder.
#pragma once

#include <string>

#include "services/cli/connection.h"
#include "services/cli/import_options.h"

namespace daybook::cli {

struct WatchOptions {
  std::string directory;
  ImportOptions import_options;
  int settle_seconds = 3;  // a file that did not change for so long is complete
  bool once = false;       // takes what is there, then ends
};

// Files lie in DIR itself; names that begin with a dot or "~$", or end in .part, .tmp or
// .crdownload, are on their way. A complete file is imported and then moved to DIR/done, DIR/held
// (it would void too much) or DIR/rejected (also where every row of it was refused), with its
// receipt and its refused rows beside it; a name that is taken there gets the time before it. A
// file that cannot be read without an answer stays in DIR with NAME.questions.txt beside it until
// NAME.answers is there (questions.h). While the server does not answer, files stay where they are.
//
// Killed at any moment it begins again with what lies in DIR: a file that was taken already is
// found so. One watcher a folder: a second one is refused (DIRECTORY_IN_USE). Ends on SIGTERM and
// SIGINT, after the file at hand. Exit codes as in connection.h.
int RunWatch(const Connection& connection, const WatchOptions& options);

}  // namespace daybook::cli
