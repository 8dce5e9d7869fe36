// White space of office programs.
#include "services/ingest/spaces.h"

#include <gtest/gtest.h>

#include <string>

namespace daybook::ingest {
namespace {

std::string Normalised(std::string text) {
  NormaliseSpaces(text);
  return text;
}

TEST(Spaces, OfEveryWidthArePlainOnes) {
  EXPECT_EQ(Normalised("\u00a0Essex\u00a0Police\u202f"), "Essex Police");
  EXPECT_EQ(Normalised("1\u2009620"), "1 620");
  EXPECT_EQ(Normalised("\ufeffvalue\u200b"), "value");
  EXPECT_EQ(Normalised(" \t\r\n"), "");
  EXPECT_EQ(Normalised(""), "");
}

TEST(Spaces, NothingElseChanges) {
  for (const char* text : {"£1,620", "Café", "–", "“a”", "\xC2", "\xE2\x80", "\xEF\xBB", "日本"}) {
    EXPECT_EQ(Normalised(text), text);
  }
}

}  // namespace
}  // namespace daybook::ingest
