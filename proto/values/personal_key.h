// Keys that look like what they must not be: something about a person. Pure.
#pragma once

#include <cstdint>
#include <string_view>

namespace daybook::values {

enum class Personal : std::uint8_t {
  kNo,
  // A bare number that has the form of an NHS number, a telephone number or a date: so has many a
  // number that a system counted. One alone says nothing; how many of a file have it, does.
  kNumber,
  // A word or a date where a key of a system would have a number. With letters and a number before
  // it ("r1-") it is one.
  kWord,
  kSurely,
};

struct KeyForm {
  Personal personal = Personal::kNo;
  std::string_view looks_like = {};  // in words ("a telephone number"); empty where it is none
};

// Meant are names, e-mail addresses, telephone, NHS and National Insurance numbers and dates, in
// any case and with any separators.
KeyForm FormOfKey(std::string_view key);

}  // namespace daybook::values
