// Reading rules of the ledger, as the command uses them.
#pragma once

#include <optional>
#include <string>

#include "daybook/submissions/v1/submissions_service.grpc.pb.h"
#include "services/cli/connection.h"
#include "services/cli/source_file.h"

namespace daybook::cli {

// The rule of this agency for files of this layout; nullopt in `rule` where there is none.
grpc::Status FindReadingRule(const Connection& connection, const std::string& agency,
                             const SourceFile& source,
                             std::optional<submissions::v1::ReadingRule>& rule);

// Keeps those of the answers by which the file was read that hold for the next one as well; nothing
// in `rule` where none does.
grpc::Status KeepReadingRule(const Connection& connection, const std::string& agency,
                             const SourceFile& source,
                             std::optional<submissions::v1::ReadingRule>& rule);

struct RulesOptions {
  std::string revoke;  // id of a rule, or its first digits; empty: list them
  std::string reason;
  bool with_ended = false;
};

// `daybook rules`. Returns the exit code.
int RunRules(const Connection& connection, const RulesOptions& options);

}  // namespace daybook::cli
