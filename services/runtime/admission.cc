#include "services/runtime/admission.h"

namespace daybook::runtime {

Admission::Ticket Admission::TryEnter(std::size_t bytes) {
  {
    const absl::MutexLock lock(&mutex_);
    const bool room = calls_ == 0 || (calls_ < limits_.calls && bytes_ + bytes <= limits_.bytes);
    if (!room) return nullptr;
    ++calls_;
    bytes_ += bytes;
  }
  return {static_cast<void*>(this),
          [self = shared_from_this(), bytes](void*) { self->Leave(bytes); }};
}

std::size_t Admission::calls() const {
  const absl::MutexLock lock(&mutex_);
  return calls_;
}

void Admission::Leave(std::size_t bytes) {
  const absl::MutexLock lock(&mutex_);
  --calls_;
  bytes_ -= bytes;
}

}  // namespace daybook::runtime
