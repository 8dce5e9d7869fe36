#include "services/submissions/domain/version_matcher.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <vector>

namespace daybook::submissions {
namespace {

using commands::HashRow;
using commands::RowHash;

// A row of a file: a key (empty: none) and a content.
struct Row {
  std::string key;
  std::string content;
};
using File = std::vector<Row>;

// What stands, as a plain table: by key, and how many of each content without one.
struct Standing {
  std::map<std::string, std::string> keyed;
  std::map<std::string, int> alike;
  friend bool operator==(const Standing&, const Standing&) = default;
};

RowHash AlikeRow(const RowHash& content, std::uint32_t copy) {
  return HashRow({"alike", ToHex(content), std::to_string(copy)});
}

bool NothingSealed(std::uint32_t) { return true; }
RowContent Plain(const std::string& content) { return {HashRow({content}), HashRow({content})}; }

// The ledger of one scope: rows by their hash, as the versions leave it.
class Scope {
 public:
  struct Applied {
    int added = 0, changed = 0, unchanged = 0, voided = 0, refused = 0;
    int events() const { return added + changed + voided; }
  };

  Applied Apply(VersionKind kind, const File& file) {
    VersionMatcher matcher(kind, &AlikeRow);
    for (const auto& [hash, row] : rows_) matcher.Stands(hash, HashRow({row.content}));
    Applied applied;
    auto next = rows_;
    for (const Row& row : file) {
      const RowHash content = HashRow({row.content});
      if (row.key.empty()) {
        const auto alike = matcher.Unkeyed({content, content}, &NothingSealed);
        Note(alike.verdict, applied);
        next[AlikeRow(content, alike.copy)] = row;
        continue;
      }
      const RowVerdict verdict =
          matcher.Keyed(HashRow({row.key}), {content, content}, &NothingSealed);
      Note(verdict, applied);
      if (verdict == RowVerdict::kNew || verdict == RowVerdict::kChanged) {
        next[HashRow({row.key})] = row;
      }
    }
    EXPECT_EQ(matcher.standing(), rows_.size());
    matcher.ForEachAbsent([&](const RowHash& hash, std::uint32_t place) {
      EXPECT_EQ(matcher.AbsentFrom(hash), place);
      next.erase(hash);
      ++applied.voided;
    });
    EXPECT_EQ(static_cast<int>(matcher.absent()), applied.voided);
    rows_ = std::move(next);
    return applied;
  }

  Standing Now() const {
    Standing standing;
    for (const auto& [hash, row] : rows_) {
      if (row.key.empty()) {
        ++standing.alike[row.content];
      } else {
        standing.keyed[row.key] = row.content;
      }
    }
    return standing;
  }

 private:
  static void Note(RowVerdict verdict, Applied& applied) {
    applied.added += verdict == RowVerdict::kNew;
    applied.changed += verdict == RowVerdict::kChanged;
    applied.unchanged += verdict == RowVerdict::kUnchanged || verdict == RowVerdict::kRepeated;
    applied.refused += verdict == RowVerdict::kTaken || verdict == RowVerdict::kContradicts;
  }

  std::map<RowHash, Row> rows_;
};

Standing Alone(const File& file) {
  Standing standing;
  for (const Row& row : file) {
    if (row.key.empty()) {
      ++standing.alike[row.content];
    } else {
      standing.keyed[row.key] = row.content;
    }
  }
  return standing;
}

// Keys stand once; contents repeat, as those of anti-social behaviour do.
File RandomFile(std::mt19937& random) {
  File file;
  for (int key = 0; key < 12; ++key) {
    if (random() % 3 == 0) continue;
    file.push_back(
        {"k" + std::to_string(key), std::string(1, static_cast<char>('a' + random() % 3))});
  }
  for (std::size_t i = random() % 20; i > 0; --i) {
    file.push_back({"", std::string(1, static_cast<char>('a' + random() % 4))});
  }
  std::shuffle(file.begin(), file.end(), random);
  return file;
}

class Versions : public ::testing::TestWithParam<unsigned> {
 protected:
  std::mt19937 random_{GetParam()};
};

TEST_P(Versions, AWholeFileAfterAnyOthersIsThatFileAlone) {
  Scope scope;
  for (int i = 0; i < 6; ++i) {
    const File file = RandomFile(random_);
    scope.Apply(VersionKind::kWhole, file);
    EXPECT_EQ(scope.Now(), Alone(file));
  }
}

TEST_P(Versions, TheOrderOfRowsNeverMatters) {
  const File before = RandomFile(random_);
  File file = RandomFile(random_);
  Scope one;
  one.Apply(VersionKind::kWhole, before);
  const auto first = one.Apply(VersionKind::kWhole, file);
  std::shuffle(file.begin(), file.end(), random_);
  Scope other;
  other.Apply(VersionKind::kWhole, before);
  const auto second = other.Apply(VersionKind::kWhole, file);
  EXPECT_EQ(one.Now(), other.Now());
  EXPECT_EQ(first.events(), second.events());
  EXPECT_EQ(first.unchanged, second.unchanged);
}

TEST_P(Versions, TheSameFileAgainChangesNothing) {
  Scope scope;
  scope.Apply(VersionKind::kWhole, RandomFile(random_));
  const File file = RandomFile(random_);
  scope.Apply(VersionKind::kWhole, file);
  const auto again = scope.Apply(VersionKind::kWhole, file);
  EXPECT_EQ(again.events(), 0);
  EXPECT_EQ(again.unchanged, static_cast<int>(file.size()));
}

TEST_P(Versions, OnlyTheDifferencesAreEvents) {
  Scope scope;
  const File a = RandomFile(random_);
  const File b = RandomFile(random_);
  scope.Apply(VersionKind::kWhole, a);
  const auto applied = scope.Apply(VersionKind::kWhole, b);
  const Standing was = Alone(a);
  const Standing is = Alone(b);
  int differences = 0;
  for (int key = 0; key < 12; ++key) {
    const auto name = "k" + std::to_string(key);
    const auto before = was.keyed.find(name);
    const auto after = is.keyed.find(name);
    const bool had = before != was.keyed.end();
    const bool has = after != is.keyed.end();
    differences += had != has || (had && before->second != after->second);
  }
  for (const char* content : {"a", "b", "c", "d"}) {
    const auto count = [&](const Standing& standing) {
      const auto it = standing.alike.find(content);
      return it == standing.alike.end() ? 0 : it->second;
    };
    differences += std::abs(count(was) - count(is));
  }
  EXPECT_EQ(applied.events(), differences);
}

TEST_P(Versions, CorrectionsChangeAndAddAndNeverVoid) {
  Scope scope;
  const File a = RandomFile(random_);
  const File b = RandomFile(random_);
  scope.Apply(VersionKind::kWhole, a);
  const auto applied = scope.Apply(VersionKind::kCorrections, b);
  EXPECT_EQ(applied.voided, 0);
  Standing wanted = Alone(a);
  for (const auto& [key, content] : Alone(b).keyed) wanted.keyed[key] = content;
  for (const auto& [content, count] : Alone(b).alike) wanted.alike[content] += count;
  EXPECT_EQ(scope.Now(), wanted);
}

TEST_P(Versions, AdditionsLeaveWhatStandsAsItIs) {
  Scope scope;
  const File a = RandomFile(random_);
  const File b = RandomFile(random_);
  scope.Apply(VersionKind::kWhole, a);
  const auto applied = scope.Apply(VersionKind::kAdditions, b);
  EXPECT_EQ(applied.voided + applied.changed, 0);
  Standing wanted = Alone(a);
  for (const auto& [key, content] : Alone(b).keyed) wanted.keyed.emplace(key, content);
  for (const auto& [content, count] : Alone(b).alike) wanted.alike[content] += count;
  EXPECT_EQ(scope.Now(), wanted);
}

INSTANTIATE_TEST_SUITE_P(Seeds, Versions, ::testing::Range(1U, 17U));

TEST(VersionMatcher, AKeyTwiceInAFileIsRepeatedOrContradictsItself) {
  VersionMatcher matcher(VersionKind::kWhole, &AlikeRow);
  const RowHash key = HashRow({"k"});
  EXPECT_EQ(matcher.Keyed(key, Plain("a"), &NothingSealed), RowVerdict::kNew);
  EXPECT_EQ(matcher.Keyed(key, Plain("a"), &NothingSealed), RowVerdict::kRepeated);
  EXPECT_EQ(matcher.Keyed(key, Plain("b"), &NothingSealed), RowVerdict::kContradicts);
}

TEST(VersionMatcher, IdenticalRowsStaySeparate) {
  VersionMatcher matcher(VersionKind::kWhole, &AlikeRow);
  const RowHash content = HashRow({"noise in the High Street"});
  for (std::uint32_t copy = 1; copy <= 11; ++copy) {
    const auto alike = matcher.Unkeyed({content, content}, &NothingSealed);
    EXPECT_EQ(alike.verdict, RowVerdict::kNew);
    EXPECT_EQ(alike.copy, copy);
  }
}

// Rows without a key that are the same in clear; what is sealed of them is a letter.
class RowsAlike : public ::testing::Test {
 protected:
  void Stand(const std::string& letters) {
    std::uint32_t copy = 0;
    for (const char letter : letters) {
      ++copy;
      matcher_.Stands(AlikeRow(kContent, copy), kContent, copy, Seal(letter));
    }
  }

  // "=1" is the first that stands unchanged, "~2" the second changed, "+3" a new third.
  std::string Give(const std::string& letters) {
    std::vector<std::string> said(letters.size());
    std::vector<std::size_t> undecided;
    for (std::size_t i = 0; i < letters.size(); ++i) {
      const auto same = [&](std::uint32_t seal) {
        ++asked_;
        return seal == Seal(letters[i]);
      };
      const RowContent row{kContent, HashRow({ToHex(kContent), letters.substr(i, 1)})};
      const auto alike = matcher_.Unkeyed(row, same);
      if (alike.verdict == RowVerdict::kUndecided) undecided.push_back(i);
      said[i] = "=" + std::to_string(alike.copy);
    }
    for (const std::size_t i : undecided) {
      const auto alike = matcher_.Settle(kContent);
      said[i] = (alike.verdict == RowVerdict::kNew ? "+" : "~") + std::to_string(alike.copy);
    }
    std::string text;
    for (const std::string& one : said) text += one;
    return text;
  }

  static std::uint32_t Seal(char letter) { return static_cast<std::uint32_t>(letter); }

  const RowHash kContent = HashRow({"noise"});
  VersionMatcher matcher_{VersionKind::kWhole, &AlikeRow};
  int asked_ = 0;
};

TEST_F(RowsAlike, AreFoundInWhateverOrderTheyCome) {
  Stand("abcd");
  EXPECT_EQ(Give("cadb"), "=3=1=4=2");
  EXPECT_EQ(matcher_.absent(), 0U);
}

TEST_F(RowsAlike, OfWhichOneChangedIsTheOneThatIsLeft) {
  Stand("abcd");
  EXPECT_EQ(Give("xdca"), "~2=4=3=1");
  EXPECT_EQ(matcher_.absent(), 0U);
}

TEST_F(RowsAlike, ThatAreMoreComeAfterThoseThatStand) {
  Stand("ab");
  EXPECT_EQ(Give("bxya"), "=2+3+4=1");
}

TEST_F(RowsAlike, ThatAreFewerLeaveTheOthersAbsent) {
  Stand("abc");
  EXPECT_EQ(Give("b"), "=2");
  EXPECT_EQ(matcher_.absent(), 2U);
}

TEST_F(RowsAlike, CountEachForItself) {
  Stand("aab");
  EXPECT_EQ(Give("abaa"), "=1=3=2+4");
}

TEST_F(RowsAlike, SentAgainInTheirOrderCostOneLookEach) {
  const std::string letters(3000, 'a');
  Stand(letters);
  Give(letters);
  EXPECT_EQ(asked_, 3000);
  EXPECT_EQ(matcher_.absent(), 0U);
}

TEST_F(RowsAlike, ThatAreAllOthersAreLookedAtSoFarAndNoFurther) {
  Stand(std::string(2000, 'a'));
  Give(std::string(2000, 'b'));
  EXPECT_LE(asked_, 2000 * 512);
  EXPECT_EQ(matcher_.absent(), 0U) << "all of them changed";
}

TEST(AVersion, WithAKeyHasChangedWhenOnlyWhatIsSealedHas) {
  VersionMatcher matcher(VersionKind::kCorrections, &AlikeRow);
  const RowHash key = HashRow({"k"});
  const RowHash other = HashRow({"l"});
  matcher.Stands(key, HashRow({"a"}), 0, 7);
  matcher.Stands(other, HashRow({"a"}), 0, 7);
  const auto sealed_is = [](std::uint32_t expected, bool same) {
    return [=](std::uint32_t seal) {
      EXPECT_EQ(seal, expected);
      return same;
    };
  };
  const RowContent row{HashRow({"a"}), HashRow({"a", "sealed"})};
  EXPECT_EQ(matcher.Keyed(key, row, sealed_is(7, false)), RowVerdict::kChanged);
  EXPECT_EQ(matcher.Keyed(other, row, sealed_is(7, true)), RowVerdict::kUnchanged);
  EXPECT_EQ(matcher.Keyed(key, row, sealed_is(7, true)), RowVerdict::kRepeated);
  EXPECT_EQ(matcher.Keyed(key, {HashRow({"a"}), HashRow({"a", "otherwise"})}, sealed_is(7, true)),
            RowVerdict::kContradicts);
}

}  // namespace
}  // namespace daybook::submissions
