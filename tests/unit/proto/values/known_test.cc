#include "proto/values/known.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>

namespace daybook::values {
namespace {

using eventstore::KnownPrecision;
using Wire = types::v1::Known;

CivilDay Day(std::string_view text) { return ParseDay(text).value(); }

Wire Received(Wire::Precision precision, std::string date = "") {
  Wire wire;
  wire.set_precision(precision);
  wire.set_date(std::move(date));
  return wire;
}

std::string Fault(const Wire& wire, std::string_view today = "2024-03-18") {
  Problems problems;
  const auto known = KnownFromProto("head.known", wire, Day(today), problems);
  EXPECT_EQ(known.has_value(), problems.empty());
  return problems.empty() ? "" : problems.front().field + " " + problems.front().reason;
}

eventstore::Known Read(const Wire& wire, std::string_view today = "2024-03-18") {
  Problems problems;
  return KnownFromProto("known", wire, Day(today), problems).value();
}

TEST(Known, NotSetMeansReceivedNow) {
  EXPECT_EQ(Read(Wire()).precision, KnownPrecision::kRecorded);
}

TEST(Known, IsReadWithItsPrecision) {
  EXPECT_EQ(Read(Received(Wire::PRECISION_DAY, "2024-03-18")).day, Day("2024-03-18"));
  EXPECT_EQ(Read(Received(Wire::PRECISION_MONTH, "2024-02-10")).day, Day("2024-02-29"));
  EXPECT_EQ(Read(Received(Wire::PRECISION_MONTH, "2024-03-31")).day, Day("2024-03-31"));
  EXPECT_EQ(Read(Received(Wire::PRECISION_UNKNOWN)).precision, KnownPrecision::kUnknown);
}

TEST(Known, NamesEachFault) {
  EXPECT_EQ(Fault(Received(Wire::PRECISION_DAY)), "head.known.date MISSING_FIELD");
  EXPECT_EQ(Fault(Received(Wire::PRECISION_DAY, "2024-02-30")), "head.known.date INVALID_FIELD");
  EXPECT_EQ(Fault(Received(Wire::PRECISION_DAY, "2024-03-19")), "head.known.date INVALID_FIELD");
  EXPECT_EQ(Fault(Received(Wire::PRECISION_MONTH, "2024-04-01")), "head.known.date INVALID_FIELD");
  EXPECT_EQ(Fault(Received(Wire::PRECISION_UNKNOWN, "2024-03-01")),
            "head.known.date INVALID_FIELD");
  EXPECT_EQ(Fault(Received(Wire::PRECISION_UNSPECIFIED, "2024-03-01")),
            "head.known.date INVALID_FIELD");
  EXPECT_EQ(Fault(Received(static_cast<Wire::Precision>(9), "2024-03-01")),
            "head.known.precision UNKNOWN_VALUE");
}

TEST(Known, GoesToTheWireAndBack) {
  for (const Wire& wire :
       {Wire(), Received(Wire::PRECISION_DAY, "2024-03-01"),
        Received(Wire::PRECISION_MONTH, "2024-02-29"), Received(Wire::PRECISION_UNKNOWN)}) {
    EXPECT_EQ(KnownToProto(Read(wire)).SerializeAsString(), wire.SerializeAsString());
  }
}

}  // namespace
}  // namespace daybook::values
