// The entry that libFuzzer calls; linked into the programs of the preset `fuzz` only.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "tests/fuzz/target.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  daybook::fuzz::RunOne({reinterpret_cast<const char*>(data), size});
  return 0;
}
