// Errors with a machine-readable reason, a field and a remedy, carried inside absl::Status.
//
// Every refusal of the system names what happened (message), why in one registered word (reason),
// where (fields) and what to do (remedy). The edge (services/runtime) turns this into ErrorInfo and
// BadRequest details; nothing between loses it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace daybook::eventstore {

// One offending field. `field` is a path in the request, for example "rows[3].month"; the offending
// value itself is never repeated: it may be personal.
struct FieldViolation {
  std::string field;
  std::string description;
  // Where they are not those of the error as a whole.
  std::string reason = {};
  std::string remedy = {};
  friend bool operator==(const FieldViolation&, const FieldViolation&) = default;
};

struct ErrorDetail {
  std::string reason;  // UPPER_SNAKE, from the catalogue in proto/daybook/types/v1/errors.proto
  std::string remedy = {};  // what the caller should do, one sentence
  std::vector<FieldViolation> fields = {};
  std::map<std::string, std::string> metadata = {};  // numbers and ids a program needs, no values
  friend bool operator==(const ErrorDetail&, const ErrorDetail&) = default;
};

absl::Status MakeError(absl::StatusCode code, std::string_view message, const ErrorDetail& detail);

// nullopt for a status that did not come from MakeError.
std::optional<ErrorDetail> GetErrorDetail(const absl::Status& status);

// "" where the status carries none.
std::string ErrorReason(const absl::Status& status);

// absl::string_view of this absl build is not std::string_view; this is the one conversion.
std::string Message(const absl::Status& status);

// Reasons that the store itself gives. Services have their own, in the catalogue.
namespace reason {
inline constexpr std::string_view kRevisionConflict = "REVISION_CONFLICT";    // ABORTED
inline constexpr std::string_view kRequestIdReused = "REQUEST_ID_REUSED";     // ALREADY_EXISTS
inline constexpr std::string_view kQueueFull = "QUEUE_FULL";                  // RESOURCE_EXHAUSTED
inline constexpr std::string_view kTooLarge = "TOO_LARGE";                    // INVALID_ARGUMENT
inline constexpr std::string_view kInvalidArgument = "INVALID_ARGUMENT";      // INVALID_ARGUMENT
inline constexpr std::string_view kOutcomeUnknown = "OUTCOME_UNKNOWN";        // UNAVAILABLE
inline constexpr std::string_view kDiskFull = "DISK_FULL";                    // UNAVAILABLE
inline constexpr std::string_view kStoreStopped = "STORE_STOPPED";            // UNAVAILABLE
inline constexpr std::string_view kClockJumped = "CLOCK_JUMPED";              // UNAVAILABLE
inline constexpr std::string_view kLogDiverged = "LOG_DIVERGED";              // FAILED_PRECONDITION
inline constexpr std::string_view kLogDamaged = "LOG_DAMAGED";                // DATA_LOSS
inline constexpr std::string_view kDirectoryInUse = "DIRECTORY_IN_USE";       // FAILED_PRECONDITION
inline constexpr std::string_view kDirectoryUnusable = "DIRECTORY_UNUSABLE";  // FAILED_PRECONDITION
inline constexpr std::string_view kBeyondHead = "BEYOND_HEAD";                // OUT_OF_RANGE
}  // namespace reason

}  // namespace daybook::eventstore

// Early return of a failed status; the two macros that absl of Debian 12 lacks.
#define DAYBOOK_RETURN_IF_ERROR(expr)                                   \
  do {                                                                  \
    if (absl::Status daybook_status_ = (expr); !daybook_status_.ok()) { \
      return daybook_status_;                                           \
    }                                                                   \
  } while (false)

#define DAYBOOK_CONCAT_INNER_(a, b) a##b
#define DAYBOOK_CONCAT_(a, b) DAYBOOK_CONCAT_INNER_(a, b)
#define DAYBOOK_ASSIGN_OR_RETURN(lhs, expr) \
  DAYBOOK_ASSIGN_OR_RETURN_IMPL_(DAYBOOK_CONCAT_(daybook_statusor_, __LINE__), lhs, expr)
#define DAYBOOK_ASSIGN_OR_RETURN_IMPL_(tmp, lhs, expr) \
  auto tmp = (expr);                                   \
  if (!tmp.ok()) {                                     \
    return tmp.status();                               \
  }                                                    \
  lhs = *std::move(tmp)
