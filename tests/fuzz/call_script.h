// The inputs of the target `requests`: a byte of flags, then calls, each a selector byte, a length
// of two bytes and a serialised request.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tests/fuzz/input.h"
#include "tests/fuzz/ledger_world.h"

namespace daybook::fuzz {

inline constexpr std::size_t kCallsMax = 13;

struct Call {
  const Rpc* rpc = nullptr;  // never null
  std::string request;       // serialised
};

struct CallScript {
  bool founded = false;  // begins in a ledger that has its registers and a plan
  std::vector<Call> calls;
};

inline CallScript ReadScript(std::string_view bytes) {
  Input in(bytes);
  CallScript script;
  script.founded = in.Byte() % 2 == 1;
  while (!in.empty() && script.calls.size() < kCallsMax) {
    const Rpc& rpc = AllRpcs()[in.Byte() % AllRpcs().size()];
    const std::size_t length = in.Short();
    script.calls.push_back({&rpc, std::string(in.Bytes(length))});
  }
  return script;
}

inline std::string WriteScript(const CallScript& script) {
  Output out;
  out.Byte(script.founded ? 1 : 0);
  for (const Call& call : script.calls) {
    out.Byte(static_cast<std::uint64_t>(call.rpc - AllRpcs().data()));
    out.Short(call.request.size()).Bytes(call.request);
  }
  return out.Take();
}

}  // namespace daybook::fuzz
