#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "eventstore/core/error.h"
#include "eventstore/sealing/cipher.h"
#include "eventstore/sealing/local_key_provider.h"
#include "eventstore/sealing/sealer.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace daybook::sealing {
namespace {

namespace fs = std::filesystem;

const RetentionScope kScope{"next-chapter", "referrals", 2024};

DataKey OneKey(KeyProvider& keys, const std::string& subject) {
  auto made = keys.Keys({{kScope, subject}});
  EXPECT_TRUE(made.ok()) << made.status();
  return made->front();
}

TEST(Sealing, WhatWasSealedOpensAgain) {
  auto keys = MakeMemoryKeys();
  const auto part = SealPart(OneKey(*keys, "p1"), "event-1", "person", "born 1980");
  EXPECT_EQ(part.ciphertext.find("1980"), std::string::npos);
  EXPECT_EQ(*OpenPart(*keys, "event-1", part), "born 1980");
}

TEST(Sealing, APartThatIsMovedToAnotherEventOrFieldDoesNotOpen) {
  auto keys = MakeMemoryKeys();
  auto part = SealPart(OneKey(*keys, "p1"), "event-1", "person", "text");
  EXPECT_EQ(eventstore::ErrorReason(OpenPart(*keys, "event-2", part).status()), "PART_DAMAGED");
  part.name = "note";
  EXPECT_EQ(eventstore::ErrorReason(OpenPart(*keys, "event-1", part).status()), "PART_DAMAGED");
}

TEST(Sealing, EveryFlippedByteOfTheCiphertextIsFound) {
  auto keys = MakeMemoryKeys();
  const auto part = SealPart(OneKey(*keys, ""), "e", "note", "some words");
  for (std::size_t i = 0; i < part.ciphertext.size(); ++i) {
    auto broken = part;
    broken.ciphertext[i] = static_cast<char>(broken.ciphertext[i] ^ 1);
    EXPECT_FALSE(OpenPart(*keys, "e", broken).ok()) << i;
  }
}

TEST(Sealing, ADigestTellsWithTheKeyWhetherAnotherTextIsTheSame) {
  auto keys = MakeMemoryKeys();
  const DataKey key = OneKey(*keys, "p1");
  const auto part = SealPart(key, "e1", "person", "34");
  EXPECT_EQ(part.digest, PartDigest(key.key, "person", "34"));
  EXPECT_EQ(part.digest, SealPart(key, "e2", "person", "34").digest) << "of whatever event";
  EXPECT_NE(part.digest, PartDigest(key.key, "person", "43"));
  EXPECT_NE(part.digest, PartDigest(key.key, "note", "34"));
  EXPECT_NE(PartDigest(key.key, "ab", "c"), PartDigest(key.key, "a", "bc"));
  EXPECT_NE(part.digest, SealPart(OneKey(*keys, "p2"), "e1", "person", "34").digest);
}

// Computed from eventstore/FORMAT.md by a program in another language.
TEST(Sealing, ADigestIsWhatTheFormatSays) {
  SecretKey key;
  for (unsigned char i = 0; i < SecretKey::kBytes; ++i) key.data()[i] = i;
  EXPECT_EQ(eventstore::ToHex(PartDigest(key, "person", "born 1980")),
            "f4e224b61dd8aa3fdec502c2aa4002186b98a8f79aa0cda34e155c8cbc603aac");
}

TEST(Sealing, OneSubjectHasOneKeyInAScopeAndTextsHaveTheirOwn) {
  auto keys = MakeMemoryKeys();
  auto made =
      keys->Keys({{kScope, "p1"}, {kScope, "p1"}, {kScope, "p2"}, {kScope, ""}, {kScope, ""}});
  ASSERT_TRUE(made.ok());
  EXPECT_EQ((*made)[0].id, (*made)[1].id);
  EXPECT_NE((*made)[0].id, (*made)[2].id);
  EXPECT_NE((*made)[3].id, (*made)[4].id);
  EXPECT_EQ(OneKey(*keys, "p1").id, (*made)[0].id);
  RetentionScope other = kScope;
  other.year = 2025;
  EXPECT_NE(keys->Keys({{other, "p1"}})->front().id, (*made)[0].id);
}

TEST(Sealing, TheLengthOfAPartDoesNotTellThatOfItsText) {
  auto keys = MakeMemoryKeys();
  const DataKey key = OneKey(*keys, "p1");
  for (const std::size_t size : {0U, 1U, 62U, 63U, 64U, 65U, 200U}) {
    const std::string text(size, '\x80');
    const auto part = SealPart(key, "e", "note", text);
    EXPECT_EQ(part.ciphertext.size(), (size / 64 + 1) * 64 + 16);
    EXPECT_EQ(*OpenPart(*keys, "e", part), text);
  }
}

TEST(Sealing, AFileIsKnownUntilAKeyOfItsAgencyIsDestroyed) {
  auto keys = MakeMemoryKeys();
  const std::string file(64, 'a');
  const std::string digest = *keys->FileDigest("next-chapter", file);
  EXPECT_EQ(digest.size(), 64U);
  EXPECT_EQ(digest.find_first_not_of("0123456789abcdef"), std::string::npos);
  EXPECT_EQ(*keys->FileDigest("next-chapter", file), digest);
  const std::string other = *keys->FileDigest("next-chapter", std::string(64, 'b'));
  EXPECT_NE(other, digest);
  EXPECT_EQ(other.substr(0, 16), digest.substr(0, 16)) << "of one key";
  EXPECT_NE(*keys->FileDigest("refuge", file), digest);

  const std::string refuge = *keys->FileDigest("refuge", file);
  ASSERT_TRUE(keys->Destroy(OneKey(*keys, "p1").id).ok());
  const std::string after = *keys->FileDigest("next-chapter", file);
  EXPECT_NE(after.substr(0, 16), digest.substr(0, 16));
  EXPECT_NE(after, digest);
  EXPECT_EQ(*keys->FileDigest("refuge", file), refuge) << "another agency's";
}

TEST(Sealing, AKeyHasOneOpaqueIdUntilItIsForgotten) {
  auto keys = MakeMemoryKeys();
  EXPECT_EQ(keys->OpaqueIds("referrals/a", {"k1"}, false)->front(), "");
  const auto ids = *keys->OpaqueIds("referrals/a", {"k1", "k2", "k1"}, true);
  ASSERT_EQ(ids.size(), 3U);
  EXPECT_EQ(ids[0].size(), 32U);
  EXPECT_EQ(ids[0], ids[2]);
  EXPECT_NE(ids[0], ids[1]);
  EXPECT_EQ(keys->OpaqueIds("referrals/a", {"k1"}, false)->front(), ids[0]);
  EXPECT_NE(keys->OpaqueIds("referrals/b", {"k1"}, true)->front(), ids[0]);
  EXPECT_NE(keys->OpaqueIds("referrals/ak", {"1"}, true)->front(), ids[0]);

  ASSERT_TRUE(keys->ForgetId(ids[0]).ok());
  EXPECT_EQ(keys->ForgetId(ids[0]).code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(keys->OpaqueIds("referrals/a", {"k1"}, false)->front(), "");
  EXPECT_NE(keys->OpaqueIds("referrals/a", {"k1"}, true)->front(), ids[0]);
  EXPECT_EQ(keys->OpaqueIds("referrals/a", {"k2"}, false)->front(), ids[1]);
}

TEST(Sealing, KeysCombineToOneThatNeedsAllOfThem) {
  auto keys = MakeMemoryKeys();
  const SecretKey a = OneKey(*keys, "p1").key;
  const SecretKey b = OneKey(*keys, "p2").key;
  const auto digest = [](const std::vector<SecretKey>& some, std::string_view purpose) {
    return Hmac(CombineKeys(some, purpose), "content");
  };
  EXPECT_EQ(digest({a, b}, "p"), digest({a, b}, "p"));
  EXPECT_NE(digest({a, b}, "p"), digest({a}, "p"));
  EXPECT_NE(digest({a, b}, "p"), digest({b}, "p"));
  EXPECT_NE(digest({a, b}, "p"), digest({a, b}, "q"));
}

TEST(Sealing, ADestroyedKeyIsErasedAndTheSubjectsNextOneIsNew) {
  auto keys = MakeMemoryKeys();
  const DataKey key = OneKey(*keys, "p1");
  const auto part = SealPart(key, "e", "person", "x");
  ASSERT_TRUE(keys->Destroy(key.id).ok());
  ASSERT_TRUE(keys->Destroy(key.id).ok());
  EXPECT_EQ(eventstore::ErrorReason(OpenPart(*keys, "e", part).status()), "PART_ERASED");
  EXPECT_NE(OneKey(*keys, "p1").id, key.id);
  EXPECT_EQ(keys->Destroy("0000").code(), absl::StatusCode::kNotFound);
}

TEST(LocalKeys, ARestartFindsTheSameKeys) {
  testing::TempDir dir;
  eventstore::SealedPart part;
  std::string file;
  std::string opaque;
  {
    auto keys = OpenLocalKeys(dir.path() / "keys");
    ASSERT_TRUE(keys.ok()) << keys.status();
    file = *(*keys)->FileDigest("next-chapter", "f");
    opaque = (*keys)->OpaqueIds("referrals/a", {"k1"}, true)->front();
    part = SealPart(OneKey(**keys, "p1"), "e", "person", "hidden words");
  }
  auto keys = OpenLocalKeys(dir.path() / "keys", MissingKeys::kRefuse);
  ASSERT_TRUE(keys.ok()) << keys.status();
  EXPECT_EQ(*OpenPart(**keys, "e", part), "hidden words");
  EXPECT_EQ(*(*keys)->FileDigest("next-chapter", "f"), file);
  EXPECT_EQ((*keys)->OpaqueIds("referrals/a", {"k1"}, false)->front(), opaque);
}

TEST(LocalKeys, ThatAreLostAreRefusedAndNothingIsMade) {
  testing::TempDir dir;
  for (int start = 0; start < 2; ++start) {
    const auto keys = OpenLocalKeys(dir.path() / "keys", MissingKeys::kRefuse);
    EXPECT_EQ(eventstore::ErrorReason(keys.status()), "PART_DAMAGED");
    EXPECT_FALSE(fs::exists(dir.path() / "keys"));
  }
}

TEST(LocalKeys, FilesAreForTheirOwnerAndNameNobody) {
  testing::TempDir dir;
  {
    auto keys = OpenLocalKeys(dir.path() / "keys");
    ASSERT_TRUE(keys.ok());
    OneKey(**keys, "subject-jane-roe");
  }
  struct stat info {};
  ASSERT_EQ(::stat((dir.path() / "keys").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0700U);
  ASSERT_EQ(::stat((dir.path() / "keys/master.key").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600U);
  for (const auto& entry : fs::recursive_directory_iterator(dir.path())) {
    if (!entry.is_regular_file()) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(in)), {});
    EXPECT_EQ(bytes.find("jane-roe"), std::string::npos) << entry.path();
  }
}

TEST(LocalKeys, AreLookedAtBesideTheirOwnerAndNothingIsMade) {
  testing::TempDir dir;
  const fs::path keys = dir.path() / "keys";
  EXPECT_THAT(CheckLocalKeys(keys), testing::IsOkAndHolds(false));
  EXPECT_FALSE(fs::exists(keys));
  const auto owner = OpenLocalKeys(keys);
  ASSERT_TRUE(owner.ok());
  EXPECT_THAT(CheckLocalKeys(keys), testing::IsOkAndHolds(true));
  fs::remove(keys / "master.key");
  EXPECT_EQ(eventstore::ErrorReason(CheckLocalKeys(keys).status()), "PART_DAMAGED");
}

TEST(LocalKeys, AMasterKeyThatIsLostDamagedOrOpenToOthersIsToldApart) {
  testing::TempDir dir;
  const fs::path keys = dir.path() / "keys";
  ASSERT_TRUE(OpenLocalKeys(keys).ok());
  ::chmod((keys / "master.key").c_str(), 0644);
  EXPECT_EQ(eventstore::ErrorReason(OpenLocalKeys(keys).status()), "DIRECTORY_UNUSABLE");
  ::chmod((keys / "master.key").c_str(), 0600);
  {
    std::fstream file(keys / "master.key", std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(30);
    file.put('!');
    file.put('?');
  }
  EXPECT_EQ(eventstore::ErrorReason(OpenLocalKeys(keys).status()), "PART_DAMAGED");
  fs::remove(keys / "master.key");
  EXPECT_EQ(eventstore::ErrorReason(OpenLocalKeys(keys).status()), "PART_DAMAGED");
}

// The names and sizes of what is in a directory.
std::map<std::string, std::uintmax_t> FilesIn(const fs::path& directory) {
  std::map<std::string, std::uintmax_t> files;
  for (const auto& entry : fs::recursive_directory_iterator(directory)) {
    if (entry.is_regular_file()) files[entry.path().string()] = entry.file_size();
  }
  return files;
}

// Made for a log, with a key in a table that was closed.
void MakeKeys(const fs::path& keys, std::string_view log_id) {
  const auto made = OpenLocalKeys(keys, MissingKeys::kMake, log_id);
  ASSERT_TRUE(made.ok()) << made.status();
  OneKey(**made, "p1");
}

TEST(LocalKeys, ATableThatLostItsCurrentIsRefusedAtEveryStartAndNothingOfItIsCleared) {
  testing::TempDir dir;
  const fs::path keys = dir.path() / "keys";
  MakeKeys(keys, "log-1");
  fs::remove(keys / "table" / "CURRENT");
  const auto before = FilesIn(keys);
  for (const MissingKeys missing : {MissingKeys::kRefuse, MissingKeys::kMake}) {
    EXPECT_EQ(eventstore::ErrorReason(OpenLocalKeys(keys, missing, "log-1").status()),
              "PART_DAMAGED");
    EXPECT_EQ(FilesIn(keys), before);
  }
  EXPECT_EQ(eventstore::ErrorReason(CheckLocalKeys(keys, "log-1").status()), "PART_DAMAGED");
}

TEST(LocalKeys, ATableThatIsLostBesideItsMasterKeyIsRefusedUntilItIsGivenUp) {
  testing::TempDir dir;
  const fs::path keys = dir.path() / "keys";
  MakeKeys(keys, "log-1");
  fs::remove_all(keys / "table");
  for (int start = 0; start < 2; ++start) {
    EXPECT_EQ(eventstore::ErrorReason(OpenLocalKeys(keys, MissingKeys::kRefuse, "log-1").status()),
              "PART_DAMAGED");
    EXPECT_FALSE(fs::exists(keys / "table"));
  }
  EXPECT_THAT(CheckLocalKeys(keys, "log-1"), testing::IsOkAndHolds(false));
  EXPECT_TRUE(OpenLocalKeys(keys, MissingKeys::kMake, "log-1").ok());
}

TEST(LocalKeys, OfAnotherLogOrUnderAnotherMasterKeyAreRefused) {
  testing::TempDir dir;
  const fs::path ours = dir.path() / "ours";
  const fs::path theirs = dir.path() / "theirs";
  MakeKeys(ours, "log-1");
  MakeKeys(theirs, "log-2");
  EXPECT_TRUE(OpenLocalKeys(ours, MissingKeys::kRefuse, "log-1").ok());
  const auto before = FilesIn(theirs);
  for (const MissingKeys missing : {MissingKeys::kRefuse, MissingKeys::kMake}) {
    EXPECT_EQ(eventstore::ErrorReason(OpenLocalKeys(theirs, missing, "log-1").status()),
              "PART_DAMAGED");
  }
  EXPECT_EQ(FilesIn(theirs), before) << "nothing of it is written";
  EXPECT_EQ(eventstore::ErrorReason(CheckLocalKeys(theirs, "log-1").status()), "PART_DAMAGED");
  EXPECT_THAT(CheckLocalKeys(theirs, "log-2"), testing::IsOkAndHolds(true));
  fs::copy_file(theirs / "master.key", ours / "master.key", fs::copy_options::overwrite_existing);
  EXPECT_EQ(eventstore::ErrorReason(OpenLocalKeys(ours, MissingKeys::kRefuse, "log-1").status()),
            "PART_DAMAGED");
  EXPECT_EQ(eventstore::ErrorReason(CheckLocalKeys(ours, "log-1").status()), "PART_DAMAGED");
}

}  // namespace
}  // namespace daybook::sealing
