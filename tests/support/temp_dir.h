// A directory of its own for a test, removed at the end.
#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <string>
#include <system_error>

namespace daybook::testing {

// Not copyable; removes everything in it when destroyed. Lies in $TMPDIR, or in /tmp.
class TempDir {
 public:
  TempDir() {
    std::string pattern = ::testing::TempDir() + "daybook-test-XXXXXX";
    const char* const made = ::mkdtemp(pattern.data());
    EXPECT_NE(made, nullptr) << "no temporary directory could be made";
    path_ = made == nullptr ? "" : made;
  }

  ~TempDir() {
    std::error_code ignored;
    if (!path_.empty()) {
      std::filesystem::remove_all(path_, ignored);
    }
  }

  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;

  const std::filesystem::path& path() const { return path_; }
  std::string string() const { return path_.string(); }
  // The path of an entry in it, as a string.
  std::string operator/(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

}  // namespace daybook::testing
