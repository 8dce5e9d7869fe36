// What a context tells about its rows so that the versions of a file can be compared and their
// differences recorded (services/submissions/application/version_keeper.h): the seam between the
// way of a version, which is the same for all, and the rules of a row.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "eventstore/core/event.h"
#include "google/protobuf/message.h"
#include "services/commands/decision.h"
#include "services/commands/row_hash.h"
#include "services/commands/sealed_row.h"
#include "services/commands/stream_loader.h"

namespace daybook::commands {

struct ScopeName {
  std::string agency;
  std::string dataset;
  std::string scope;
  friend bool operator==(const ScopeName&, const ScopeName&) = default;
};

// A row that was read and is kept until its file is complete.
struct RowToKeep {
  std::uint32_t number = 0;
  std::string stream;  // empty: a row without a key
  std::string staged;  // opaque to everybody but its context
  std::string month;   // of its place
};

// Where in time and space a row lies: what a whole file must cover to say that it is gone.
struct RowPlace {
  std::string month;  // "2018-10"
  std::string area;   // as the row has it; may be empty
  friend auto operator<=>(const RowPlace&, const RowPlace&) = default;
};

struct RowIdentity {
  std::string stream;  // empty: a row without a key
  RowHash content;     // in clear; of a row without a key it covers agency and dataset, too
  RowPlace place;
  std::vector<DraftPart> sealed;
  // All of it, for rows of one file beside each other. Never stored: nothing is keyed in it.
  RowHash whole;
};

// What an event says about the row whose stream it stands in.
struct RowStatement {
  std::string submission_id;         // whose statement
  std::optional<RowHash> content;    // in clear; nullopt: it stands no more
  SealedRow sealed;                  // of what is stated
  RowPlace place;                    // of what is stated, else of what stood
  std::string before_submission_id;  // who said what stood before; empty when nothing did
  // Of an older extract that came after a later one: changes nothing current; from the extract
  // after it on `later` holds, sealed as it was before this event.
  bool earlier = false;
  std::optional<RowHash> later;
  RowPlace later_place;
  std::string until_submission_id;
};

// What stands under a key.
// That a version states the row, current or not.
struct RowSaid {
  std::string submission_id;
  RowPlace place;
};

struct RowStanding {
  bool stands = false;
  RowHash content;            // in clear
  RowPlace place;             // of what stands
  SealedRow sealed;           // of what stands, or stood last
  std::string submission_id;  // which version said so last; empty for a single command
  std::string agency;         // who said so
  eventstore::Position at;    // of the event that said so
  std::vector<RowSaid> said;  // everything that versions ever stated of it, in the order of the log
};

// An extract among those that came before it and are of a later day. `rank` orders the versions of
// the scope by extract; nullopt for a submission of another scope.
struct OlderExtract {
  struct Later {
    std::uint32_t rank = 0;
    std::string submission_id;
    std::string day;
  };
  std::function<std::optional<std::uint32_t>(std::string_view submission_id)> rank;
  std::uint32_t own_rank = 0;
  std::vector<Later> later;  // in their order; their ranks follow own_rank without a gap
};

// Thread-safe. A status is a failure of the store.
class VersionedRows {
 public:
  virtual ~VersionedRows() = default;

  virtual bool Has(std::string_view dataset) const = 0;
  // Whether rows of one whole file with the same key and other content are several records, each of
  // which counts, and not a contradiction.
  virtual bool KeysMayRepeat() const = 0;
  // Whether the records of the dataset are published, the same ones whoever sends them: of a scope
  // and month those of one agency stand.
  virtual bool IsPublished(std::string_view dataset) const = 0;
  // The part of event types before the dot.
  virtual std::string_view context() const = 0;

  // Of a row as it was staged.
  virtual RowIdentity Identify(const ScopeName& scope, std::string_view staged) const = 0;
  // The stream of the n-th row of a content, from 1.
  virtual std::string AlikeStream(const RowHash& content, std::uint32_t copy) const = 0;
  // nullopt for an event that says nothing about a row of a submission.
  virtual std::optional<RowStatement> Read(
      const ScopeName& scope, const google::protobuf::Message& event,
      const std::vector<eventstore::SealedPart>& parts) const = 0;
  // What is sealed of a row beside what stands sealed of it.
  virtual absl::StatusOr<SealedComparison> Compare(std::span<const PartTrace> stands,
                                                   PartSet erased,
                                                   std::span<const DraftPart> given) const = 0;
  // nullopt when the stream does not exist.
  virtual absl::StatusOr<std::optional<RowStanding>> LookUp(const ScopeName& scope,
                                                            StreamLoader& loader,
                                                            std::string_view stream) const = 0;

  // The event that makes the row stand as staged, without what is erased of it; nullopt when it
  // stands so already.
  virtual absl::StatusOr<std::optional<DraftEvent>> Put(const ScopeName& scope,
                                                        StreamLoader& loader,
                                                        const std::string& stream,
                                                        std::string_view staged) const = 0;
  // The event that ends it; nullopt when it does not stand, or stands by another submission than
  // those that `ours` knows.
  virtual absl::StatusOr<std::optional<DraftEvent>> Void(
      StreamLoader& loader, const std::string& stream, const std::string& submission_id,
      const std::function<bool(std::string_view submission_id)>& ours) const = 0;
  // The event of an older extract, which holds until the later one of rank `until`; `staged` is
  // empty when it does not have the row. nullopt when the older extract said so already.
  virtual absl::StatusOr<std::optional<DraftEvent>> StateEarlier(
      StreamLoader& loader, const std::string& stream, std::string_view staged,
      const std::string& submission_id, const OlderExtract& extract, std::uint32_t until) const = 0;
};

}  // namespace daybook::commands
