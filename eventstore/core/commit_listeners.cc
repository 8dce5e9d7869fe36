#include "eventstore/core/commit_listeners.h"

#include <map>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

namespace daybook::eventstore {

struct CommitListeners::Registry {
  absl::Mutex mutex;
  std::uint64_t next_id ABSL_GUARDED_BY(mutex) = 0;
  std::map<std::uint64_t, std::function<void(std::uint64_t)>> listeners ABSL_GUARDED_BY(mutex);
};

class CommitListeners::Handle final : public LogReader::Listener {
 public:
  Handle(std::shared_ptr<Registry> registry, std::uint64_t id)
      : registry_(std::move(registry)), id_(id) {}

  ~Handle() override {
    absl::MutexLock lock(&registry_->mutex);
    registry_->listeners.erase(id_);
  }

  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;

 private:
  std::shared_ptr<Registry> registry_;
  std::uint64_t id_;
};

CommitListeners::CommitListeners() : registry_(std::make_shared<Registry>()) {}

CommitListeners::~CommitListeners() = default;

std::unique_ptr<LogReader::Listener> CommitListeners::Add(
    std::function<void(std::uint64_t size)> listener) {
  absl::MutexLock lock(&registry_->mutex);
  const std::uint64_t id = registry_->next_id++;
  registry_->listeners.emplace(id, std::move(listener));
  return std::make_unique<Handle>(registry_, id);
}

void CommitListeners::Notify(std::uint64_t size) {
  absl::MutexLock lock(&registry_->mutex);
  for (const auto& [id, listener] : registry_->listeners) {
    listener(size);
  }
}

}  // namespace daybook::eventstore
