// The calls about views, which the daemon and a projector answer alike.
#pragma once

#include <functional>
#include <string>

#include "daybook/admin/v1/admin_service.pb.h"
#include "projections/engine/rebuildable_views.h"
#include "services/runtime/unary_call.h"

namespace daybook::admin {

// Thread-safe. Owns nothing that it is given.
class ViewCalls {
 public:
  // `store_problem`: why the log takes no writes; empty = it does. May be empty itself, for who has
  // no log.
  ViewCalls(runtime::ReadEnvironment env, projections::RebuildableViews& views,
            std::function<std::string()> store_problem = nullptr)
      : env_(std::move(env)), views_(views), store_problem_(std::move(store_problem)) {}

  // Heads, views, the last rebuild, and what keeps the log or the engine from its work.
  void Fill(v1::GetViewStatusResponse& response) const;

  grpc::ServerUnaryReactor* GetViewStatus(grpc::CallbackServerContext* context,
                                          const v1::GetViewStatusRequest* request,
                                          v1::GetViewStatusResponse* response) const;
  grpc::ServerUnaryReactor* RebuildViews(grpc::CallbackServerContext* context,
                                         v1::RebuildViewsResponse* response) const;

 private:
  const runtime::ReadEnvironment env_;
  projections::RebuildableViews& views_;
  const std::function<std::string()> store_problem_;
};

}  // namespace daybook::admin
