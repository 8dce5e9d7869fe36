// Takes an input apart and puts one together. A short input gives zeros and empty texts.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace daybook::fuzz {

class Input {
 public:
  explicit Input(std::string_view bytes) : bytes_(bytes) {}

  bool empty() const { return bytes_.empty(); }

  // Little-endian.
  std::uint64_t Number(std::size_t width) {
    std::uint64_t value = 0;
    const std::string_view taken = Bytes(width);
    for (std::size_t i = 0; i < taken.size(); ++i) {
      value |= std::uint64_t{static_cast<std::uint8_t>(taken[i])} << (8 * i);
    }
    return value;
  }
  std::uint8_t Byte() { return static_cast<std::uint8_t>(Number(1)); }
  std::uint16_t Short() { return static_cast<std::uint16_t>(Number(2)); }
  std::uint32_t Word() { return static_cast<std::uint32_t>(Number(4)); }
  std::uint64_t Long() { return Number(8); }

  // At most `count`.
  std::string_view Bytes(std::size_t count) {
    const std::string_view taken = bytes_.substr(0, count);
    bytes_.remove_prefix(taken.size());
    return taken;
  }
  std::string_view Rest() { return Bytes(bytes_.size()); }

  // A length of one byte, then so many bytes.
  std::string_view Blob() { return Bytes(Byte()); }
  // The same as ASCII, without bytes of zero.
  std::string Ascii() {
    std::string text(Blob());
    for (char& c : text) c = static_cast<char>(std::max(c & 0x7f, 1));
    return text;
  }

 private:
  std::string_view bytes_;
};

// The inverse, for seeds.
class Output {
 public:
  Output& Number(std::uint64_t value, std::size_t width) {
    for (std::size_t i = 0; i < width; ++i) {
      bytes_.push_back(static_cast<char>(static_cast<std::uint8_t>(value >> (8 * i))));
    }
    return *this;
  }
  Output& Byte(std::uint64_t value) { return Number(value, 1); }
  Output& Short(std::uint64_t value) { return Number(value, 2); }
  Output& Word(std::uint64_t value) { return Number(value, 4); }
  Output& Long(std::uint64_t value) { return Number(value, 8); }
  Output& Bytes(std::string_view bytes) {
    bytes_ += bytes;
    return *this;
  }
  Output& Blob(std::string_view bytes) { return Byte(bytes.size()).Bytes(bytes); }

  std::string Take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

}  // namespace daybook::fuzz
