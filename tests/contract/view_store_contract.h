// The contract of projections/store/view_store.h as tests, for every driver alike. A driver takes
// part with an INSTANTIATE_TEST_SUITE_P in view_store_drivers.cc.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <ostream>
#include <string>

#include "projections/store/view_store.h"

namespace daybook::projections {

// An empty store and whatever it lies on, which goes with it.
class ViewStoreUnderTest {
 public:
  virtual ~ViewStoreUnderTest() = default;
  virtual ViewStore& store() = 0;
  // Closes the store and opens it again on the same data; one in memory stays what it is.
  virtual void Reopen() = 0;
};

struct ViewStoreFactory {
  std::string name;
  std::function<std::unique_ptr<ViewStoreUnderTest>()> create;
};
inline void PrintTo(const ViewStoreFactory& factory, std::ostream* out) { *out << factory.name; }

class ViewStoreContract : public ::testing::TestWithParam<ViewStoreFactory> {
 protected:
  ViewStore& store() { return under_test_->store(); }
  void Reopen() { under_test_->Reopen(); }

 private:
  std::unique_ptr<ViewStoreUnderTest> under_test_ = GetParam().create();
};

}  // namespace daybook::projections
