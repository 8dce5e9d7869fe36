#include "eventstore/core/civil_day.h"

#include <chrono>
#include <cstdint>

namespace daybook::eventstore {
namespace {

using std::chrono::sys_days;

sys_days LastSunday(std::chrono::year year, std::chrono::month month) {
  return sys_days(year / month / std::chrono::Sunday[std::chrono::last]);
}

}  // namespace

LondonTime LondonClock(Instant instant) {
  const std::chrono::sys_time<std::chrono::microseconds> time{
      std::chrono::microseconds(instant.micros)};
  const std::chrono::year year =
      std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(time)).year();
  const auto begin = LastSunday(year, std::chrono::March) + std::chrono::hours(1);
  const auto end = LastSunday(year, std::chrono::October) + std::chrono::hours(1);
  const bool summer = begin <= time && time < end;
  const auto local = time + std::chrono::hours(summer ? 1 : 0);
  const auto day = std::chrono::floor<std::chrono::days>(local);
  const auto minutes = std::chrono::floor<std::chrono::minutes>(local - day);
  return {CivilDay{static_cast<std::int32_t>(day.time_since_epoch().count())},
          static_cast<int>(minutes.count())};
}

CivilDay LondonDay(Instant instant) { return LondonClock(instant).day; }

}  // namespace daybook::eventstore
