// GET /metrics over HTTP on a port of its own, for Prometheus.
#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "prometheus/collectable.h"

namespace prometheus {
class Exposer;
}

namespace daybook::runtime {

class MetricsServer {
 public:
  // Serves what `source` collects until destroyed; each request collects anew, on a thread of the
  // server. `address` is HOST:PORT, port 0 takes a free one. ADDRESS_IN_USE.
  static absl::StatusOr<std::unique_ptr<MetricsServer>> Start(
      const std::string& address, std::shared_ptr<prometheus::Collectable> source);
  ~MetricsServer();

  const std::string& address() const { return address_; }

 private:
  MetricsServer(std::unique_ptr<prometheus::Exposer> exposer, std::string address,
                std::shared_ptr<prometheus::Collectable> source);

  const std::shared_ptr<prometheus::Collectable> source_;
  const std::string address_;
  const std::unique_ptr<prometheus::Exposer> exposer_;  // last: stops first
};

}  // namespace daybook::runtime
