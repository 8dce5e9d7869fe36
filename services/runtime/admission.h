// How much may be under way at once. What comes on top is refused at the door, while a refusal is
// still cheap: a queue without a bound would answer everybody late instead.
#pragma once

#include <cstddef>
#include <memory>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

namespace daybook::runtime {

// Thread-safe.
class Admission : public std::enable_shared_from_this<Admission> {
 public:
  struct Limits {
    std::size_t calls;
    std::size_t bytes;  // of their messages; one call alone may be larger
  };

  static std::shared_ptr<Admission> Make(Limits limits) {
    return std::shared_ptr<Admission>(new Admission(limits));
  }

  // Held for as long as the call is under way; copies share it. Empty when there is no room.
  using Ticket = std::shared_ptr<void>;
  Ticket TryEnter(std::size_t bytes);

  std::size_t calls() const;

 private:
  explicit Admission(Limits limits) : limits_(limits) {}
  void Leave(std::size_t bytes);

  const Limits limits_;
  mutable absl::Mutex mutex_;
  std::size_t calls_ ABSL_GUARDED_BY(mutex_) = 0;
  std::size_t bytes_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace daybook::runtime
