#include "services/runtime/admission.h"

#include <gtest/gtest.h>

#include <memory>
#include <vector>

namespace daybook::runtime {
namespace {

TEST(Admission, RefusesTheCallThatIsOneTooManyUntilAnotherIsOver) {
  const auto admission = Admission::Make({.calls = 2, .bytes = 1000});
  auto first = admission->TryEnter(1);
  const auto second = admission->TryEnter(1);
  EXPECT_FALSE(admission->TryEnter(1));
  first.reset();
  EXPECT_TRUE(admission->TryEnter(1));
}

TEST(Admission, RefusesTheBytesThatAreTooMany) {
  const auto admission = Admission::Make({.calls = 10, .bytes = 100});
  const auto first = admission->TryEnter(60);
  EXPECT_FALSE(admission->TryEnter(41));
  EXPECT_TRUE(admission->TryEnter(40));
}

TEST(Admission, TakesOneCallAloneHoweverLargeItIs) {
  const auto admission = Admission::Make({.calls = 10, .bytes = 100});
  EXPECT_TRUE(admission->TryEnter(1'000'000));
}

TEST(Admission, ACopyOfATicketHoldsItsPlace) {
  const auto admission = Admission::Make({.calls = 1, .bytes = 100});
  auto ticket = admission->TryEnter(1);
  auto copy = ticket;
  ticket.reset();
  EXPECT_EQ(admission->calls(), 1U);
  copy.reset();
  EXPECT_EQ(admission->calls(), 0U);
}

TEST(Admission, OutlivesItsOwnerForAsLongAsATicketDoes) {
  auto admission = Admission::Make({.calls = 1, .bytes = 100});
  auto ticket = admission->TryEnter(1);
  const std::weak_ptr<Admission> watched = admission;
  admission.reset();
  EXPECT_FALSE(watched.expired()) << "the ticket will be given back to it";
  ticket.reset();
  EXPECT_TRUE(watched.expired());
}

}  // namespace
}  // namespace daybook::runtime
