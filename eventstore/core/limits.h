// Every limit of the system in one place. A request past a limit is refused with reason TOO_LARGE
// (or QUEUE_FULL) and the field; nothing is cut short silently.
#pragma once

#include <cstddef>
#include <cstdint>

namespace daybook::eventstore::limits {

inline constexpr std::size_t kStreamNameBytesMax = 200;
inline constexpr std::size_t kEventTypeBytesMax = 100;
inline constexpr std::size_t kAgencyBytesMax = 64;
inline constexpr std::size_t kActorBytesMax = 128;
inline constexpr std::size_t kRequestIdBytesMax = 128;
inline constexpr std::size_t kMetadataFieldBytesMax = 128;  // marking, basis, agreement, …
inline constexpr std::size_t kEventsPerRequestMax = 1000;
inline constexpr std::size_t kStreamsPerRequestMax = 1000;
inline constexpr std::size_t kPartsPerEventMax = 16;
inline constexpr std::size_t kEventBytesMax = 1U << 20;     // payload and parts of one event
inline constexpr std::size_t kRequestBytesMax = 4U << 20;   // all events of one request
inline constexpr std::size_t kAnswerBytesMax = 256U << 10;  // stored answer of one request
inline constexpr std::size_t kMessageBytesMax = 4U << 20;   // one gRPC message

inline constexpr std::size_t kAppendQueueRequestsMax = 4096;  // waiting for the committer
inline constexpr std::size_t kAppendQueueBytesMax = 64U << 20;
// Under way in a server: from the message's arrival to its answer. 2,048 commands are 0.1 s of work
// at the rate that two cores do, so what is taken is answered soon and the rest is told to come
// back.
inline constexpr std::size_t kCommandsInFlightMax = 2048;
inline constexpr std::size_t kCommandBytesInFlightMax = 64U << 20;
inline constexpr std::size_t kReadsInFlightMax = 1024;
inline constexpr std::size_t kLogStreamsMax = 2048;  // subscriptions and reads of the log

inline constexpr std::size_t kStagedFilesMax = 64;  // files whose rows wait to be completed
// Left free for the log: more than the buffers that are not written yet, and some of its segments.
inline constexpr std::uint64_t kStageReserveBytes = 256U << 20;
inline constexpr std::size_t kTrialsMax = 64;              // files that are only tried
inline constexpr std::size_t kRefusedRowsNamedMax = 1000;  // in the answer to a whole file
inline constexpr std::uint32_t kFileRowsMax = 20'000'000;

inline constexpr std::size_t kGroupBytesMax = 8U << 20;  // one synced write
inline constexpr std::size_t kReadPageEventsMax = 4096;

inline constexpr std::int64_t kClockJumpMicrosMax = 5LL * 60 * 1'000'000;

static_assert(kEventBytesMax <= kRequestBytesMax);
static_assert(kRequestBytesMax <= kGroupBytesMax);
static_assert(kAnswerBytesMax < kRequestBytesMax);

}  // namespace daybook::eventstore::limits
