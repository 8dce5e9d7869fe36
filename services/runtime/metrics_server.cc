#include "services/runtime/metrics_server.h"

#include <exception>
#include <utility>
#include <vector>

#include "eventstore/core/error.h"
#include "prometheus/exposer.h"

namespace daybook::runtime {

absl::StatusOr<std::unique_ptr<MetricsServer>> MetricsServer::Start(
    const std::string& address, std::shared_ptr<prometheus::Collectable> source) {
  constexpr std::size_t kThreads = 1;
  try {  // the library reports by exception; it ends here
    auto exposer = std::make_unique<prometheus::Exposer>(address, kThreads);
    const std::vector<int> ports = exposer->GetListeningPorts();
    std::string bound = address.substr(0, address.rfind(':') + 1) + std::to_string(ports.at(0));
    exposer->RegisterCollectable(source);
    return std::unique_ptr<MetricsServer>(
        new MetricsServer(std::move(exposer), std::move(bound), std::move(source)));
  } catch (const std::exception&) {
    return eventstore::MakeError(
        absl::StatusCode::kUnavailable, "cannot serve metrics at " + address,
        {.reason = "ADDRESS_IN_USE",
         .remedy = "The port is in use or the address is not this machine's. Choose another with "
                   "--metrics 127.0.0.1:PORT (port 0 takes a free one), or --metrics off.",
         .fields = {{"metrics", "cannot be listened on"}},
         .metadata = {}});
  }
}

MetricsServer::MetricsServer(std::unique_ptr<prometheus::Exposer> exposer, std::string address,
                             std::shared_ptr<prometheus::Collectable> source)
    : source_(std::move(source)), address_(std::move(address)), exposer_(std::move(exposer)) {}

MetricsServer::~MetricsServer() = default;

}  // namespace daybook::runtime
