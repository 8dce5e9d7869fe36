#include "proto/values/known.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "tests/unit/proto/values/days.h"

namespace daybook::values {
namespace {

using eventstore::KnownPrecision;
using KnownMessage = types::v1::Known;

KnownMessage Received(KnownMessage::Precision precision, std::string date = "") {
  KnownMessage wire;
  wire.set_precision(precision);
  wire.set_date(std::move(date));
  return wire;
}

std::string Fault(const KnownMessage& wire, std::string_view today = "2024-03-18") {
  Problems problems;
  const auto known = KnownFromProto("head.known", wire, Day(today), problems);
  EXPECT_EQ(known.has_value(), problems.empty());
  return problems.empty() ? "" : problems.front().field + " " + problems.front().reason;
}

eventstore::Known Read(const KnownMessage& wire, std::string_view today = "2024-03-18") {
  Problems problems;
  return KnownFromProto("known", wire, Day(today), problems).value();
}

TEST(Known, NotSetMeansReceivedNow) {
  EXPECT_EQ(Read(KnownMessage()).precision, KnownPrecision::kRecorded);
}

TEST(Known, IsReadWithItsPrecision) {
  EXPECT_EQ(Read(Received(KnownMessage::PRECISION_DAY, "2024-03-18")).day, Day("2024-03-18"));
  EXPECT_EQ(Read(Received(KnownMessage::PRECISION_MONTH, "2024-02-10")).day, Day("2024-02-29"));
  EXPECT_EQ(Read(Received(KnownMessage::PRECISION_MONTH, "2024-03-31")).day, Day("2024-03-31"));
  EXPECT_EQ(Read(Received(KnownMessage::PRECISION_UNKNOWN)).precision, KnownPrecision::kUnknown);
}

TEST(Known, NamesEachFault) {
  EXPECT_EQ(Fault(Received(KnownMessage::PRECISION_DAY)), "head.known.date MISSING_FIELD");
  EXPECT_EQ(Fault(Received(KnownMessage::PRECISION_DAY, "2024-02-30")),
            "head.known.date INVALID_FIELD");
  EXPECT_EQ(Fault(Received(KnownMessage::PRECISION_DAY, "2024-03-19")),
            "head.known.date INVALID_FIELD");
  EXPECT_EQ(Fault(Received(KnownMessage::PRECISION_MONTH, "2024-04-01")),
            "head.known.date INVALID_FIELD");
  EXPECT_EQ(Fault(Received(KnownMessage::PRECISION_UNKNOWN, "2024-03-01")),
            "head.known.date INVALID_FIELD");
  EXPECT_EQ(Fault(Received(KnownMessage::PRECISION_UNSPECIFIED, "2024-03-01")),
            "head.known.date INVALID_FIELD");
  EXPECT_EQ(Fault(Received(static_cast<KnownMessage::Precision>(9), "2024-03-01")),
            "head.known.precision UNKNOWN_VALUE");
}

TEST(Known, GoesToTheWireAndBack) {
  for (const KnownMessage& wire :
       {KnownMessage(), Received(KnownMessage::PRECISION_DAY, "2024-03-01"),
        Received(KnownMessage::PRECISION_MONTH, "2024-02-29"),
        Received(KnownMessage::PRECISION_UNKNOWN)}) {
    EXPECT_EQ(KnownToProto(Read(wire)).SerializeAsString(), wire.SerializeAsString());
  }
}

}  // namespace
}  // namespace daybook::values
