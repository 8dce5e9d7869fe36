// absl::Mutex and absl::CondVar for the thread sanitizer's build, in place of those of Debian's
// libabsl: that library is not instrumented, so the sanitizer would see none of its locks and
// report every guarded access as a race. Linked into every test of that build; the libraries' own
// locks end here, too. Slow, and not for anything else.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <shared_mutex>

#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace {

struct Lock {
  std::shared_mutex mutex;
  std::condition_variable_any changed;  // told at every unlock, while somebody waits
  std::atomic<int> waiting{0};
};

// The object behind an absl one, made at its first use.
template <class Made>
Made& Behind(const std::atomic<std::intptr_t>& word) {
  auto& cell = const_cast<std::atomic<std::intptr_t>&>(word);
  std::intptr_t seen = cell.load(std::memory_order_acquire);
  if (seen == 0) {
    auto* made = new Made;
    if (cell.compare_exchange_strong(seen, reinterpret_cast<std::intptr_t>(made))) return *made;
    delete made;
  }
  return *reinterpret_cast<Made*>(seen);
}

// Before the unlocking, while it is held: after it the lock may be gone.
void TellWaiters(Lock& lock) {
  if (lock.waiting.load() > 0) lock.changed.notify_all();
}

// `mutex` is held in `held`. True when the condition came true before `deadline`.
template <class Held>
bool WaitFor(Lock& lock, Held& held, const absl::Condition& condition, absl::Time deadline) {
  lock.waiting.fetch_add(1);
  bool good = condition.Eval();
  while (!good && absl::Now() < deadline) {
    // A look now and then: conditions may read what no lock guards.
    const absl::Duration step = std::min(deadline - absl::Now(), absl::Milliseconds(50));
    lock.changed.wait_for(held, absl::ToChronoMilliseconds(step) + std::chrono::milliseconds(1));
    good = condition.Eval();
  }
  lock.waiting.fetch_sub(1);
  return good;
}

bool AwaitExclusive(Lock& lock, const absl::Condition& condition, absl::Time deadline) {
  std::unique_lock held(lock.mutex, std::adopt_lock);
  const bool good = WaitFor(lock, held, condition, deadline);
  held.release();
  return good;
}

}  // namespace

namespace absl {

// NOLINTBEGIN: definitions of another library's members.
Mutex::~Mutex() { delete reinterpret_cast<::Lock*>(mu_.load()); }
CondVar::~CondVar() { delete reinterpret_cast<std::condition_variable_any*>(cv_.load()); }

void Mutex::Lock() { Behind<::Lock>(mu_).mutex.lock(); }
bool Mutex::TryLock() { return Behind<::Lock>(mu_).mutex.try_lock(); }
void Mutex::Unlock() {
  ::Lock& lock = Behind<::Lock>(mu_);
  TellWaiters(lock);
  lock.mutex.unlock();
}
void Mutex::ReaderLock() { Behind<::Lock>(mu_).mutex.lock_shared(); }
bool Mutex::ReaderTryLock() { return Behind<::Lock>(mu_).mutex.try_lock_shared(); }
void Mutex::ReaderUnlock() {
  ::Lock& lock = Behind<::Lock>(mu_);
  TellWaiters(lock);
  lock.mutex.unlock_shared();
}
void Mutex::AssertHeld() const {}
void Mutex::AssertReaderHeld() const {}
void Mutex::AssertNotHeld() const {}

void Mutex::Await(const Condition& condition) { AwaitWithDeadline(condition, InfiniteFuture()); }
bool Mutex::AwaitWithTimeout(const Condition& condition, Duration timeout) {
  return AwaitWithDeadline(condition, Now() + timeout);
}
bool Mutex::AwaitWithDeadline(const Condition& condition, Time deadline) {
  return AwaitExclusive(Behind<::Lock>(mu_), condition, deadline);
}
void Mutex::LockWhen(const Condition& condition) {
  Lock();
  Await(condition);
}
bool Mutex::LockWhenWithTimeout(const Condition& condition, Duration timeout) {
  Lock();
  return AwaitWithTimeout(condition, timeout);
}
bool Mutex::LockWhenWithDeadline(const Condition& condition, Time deadline) {
  Lock();
  return AwaitWithDeadline(condition, deadline);
}

void CondVar::Wait(Mutex* mu) { WaitWithDeadline(mu, InfiniteFuture()); }
bool CondVar::WaitWithTimeout(Mutex* mu, Duration timeout) {
  return WaitWithDeadline(mu, Now() + timeout);
}
bool CondVar::WaitWithDeadline(Mutex* mu, Time deadline) {
  // Unlocking and locking through the mutex keeps those who await conditions of it informed.
  auto& changed = Behind<std::condition_variable_any>(cv_);
  struct Handle {
    Mutex* mutex;
    void lock() { mutex->Lock(); }
    void unlock() { mutex->Unlock(); }
  } handle{mu};
  if (deadline == InfiniteFuture()) {
    changed.wait(handle);
    return false;
  }
  return changed.wait_until(handle, ToChronoTime(deadline)) == std::cv_status::timeout;
}
void CondVar::Signal() { Behind<std::condition_variable_any>(cv_).notify_one(); }
void CondVar::SignalAll() { Behind<std::condition_variable_any>(cv_).notify_all(); }
// NOLINTEND

}  // namespace absl
