// Fixed-width numbers in the store's files: little-endian in the journal and in values, big-endian
// in keys, so that keys sort as numbers do.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace daybook::eventstore::rocks {

template <std::unsigned_integral T>
void PutLittle(char* to, T value) {
  for (std::size_t i = 0; i < sizeof(T); ++i) {
    to[i] = static_cast<char>(static_cast<std::uint8_t>(value >> (8 * i)));
  }
}

template <std::unsigned_integral T>
void AppendLittle(std::string& to, T value) {
  char bytes[sizeof(T)];
  PutLittle(bytes, value);
  to.append(bytes, sizeof(T));
}

// `from` must hold sizeof(T) bytes.
template <std::unsigned_integral T>
T GetLittle(const char* from) {
  T value = 0;
  for (std::size_t i = 0; i < sizeof(T); ++i) {
    value = static_cast<T>(value | (static_cast<T>(static_cast<std::uint8_t>(from[i])) << (8 * i)));
  }
  return value;
}

inline void AppendBig64(std::string& to, std::uint64_t value) {
  for (int shift = 56; shift >= 0; shift -= 8) {
    to.push_back(static_cast<char>(static_cast<std::uint8_t>(value >> shift)));
  }
}

// `from` must hold 8 bytes.
inline std::uint64_t GetBig64(const char* from) {
  std::uint64_t value = 0;
  for (int i = 0; i < 8; ++i) value = (value << 8) | static_cast<std::uint8_t>(from[i]);
  return value;
}

}  // namespace daybook::eventstore::rocks
