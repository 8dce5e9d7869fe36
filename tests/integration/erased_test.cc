// What is left once a person's keys were destroyed: a copy of the data directory, and somebody who
// knows every field that stands in clear, everything else about the person, and every algorithm,
// cannot tell which of a hundred ages was sent. And what a sender is told who sends it again.
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "daybook/referrals/events/v1/events.pb.h"
#include "eventstore/merkle/hash.h"
#include "eventstore/rocksdb/rocks_event_store.h"
#include "eventstore/sealing/local_key_provider.h"
#include "eventstore/sealing/sealer.h"
#include "rocksdb/db.h"
#include "services/commands/fingerprint.h"
#include "services/commands/row_hash.h"
#include "services/daybookd/key_part_sealer.h"
#include "services/referrals/domain/referral_state.h"
#include "services/submissions/domain/submission_state.h"
#include "tests/integration/daybook_test.h"
#include "tests/integration/samples.h"

namespace daybook::integration {
namespace {

namespace fs = std::filesystem;
using absl::StatusCode;
using ::testing::IsEmpty;

constexpr const char* kSubject = "subject-1";
constexpr const char* kAge = "34";
constexpr int kAges = 100;
constexpr const char* kScope = "refuge/2024-01";

std::string Raw(const eventstore::Hash& hash) { return {hash.begin(), hash.end()}; }

std::string Content(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream content;
  content << file.rdbuf();
  return content.str();
}

// Without the emptiness of journal files.
void Append(std::string_view content, std::string& all) {
  constexpr std::size_t kZerosKept = 64;
  std::size_t zeros = 0;
  for (const char c : content) {
    zeros = c == '\0' ? zeros + 1 : 0;
    if (zeros <= kZerosKept) all.push_back(c);
  }
}

// Every file below a directory as it lies there, and every row of every RocksDB in it.
std::string Everything(const fs::path& directory) {
  std::string all;
  std::vector<fs::path> tables;
  for (const auto& entry : fs::recursive_directory_iterator(directory)) {
    if (!entry.is_regular_file()) continue;
    Append(Content(entry.path()), all);
    if (entry.path().filename() == "CURRENT") tables.push_back(entry.path().parent_path());
  }
  for (const fs::path& table : tables) {
    std::vector<std::string> names;
    EXPECT_TRUE(rocksdb::DB::ListColumnFamilies({}, table.string(), &names).ok()) << table;
    std::vector<rocksdb::ColumnFamilyDescriptor> families;
    for (const std::string& name : names)
      families.emplace_back(name, rocksdb::ColumnFamilyOptions());
    std::vector<rocksdb::ColumnFamilyHandle*> handles;
    rocksdb::DB* db = nullptr;
    EXPECT_TRUE(rocksdb::DB::OpenForReadOnly({}, table.string(), families, &handles, &db).ok())
        << table;
    for (rocksdb::ColumnFamilyHandle* handle : handles) {
      const std::unique_ptr<rocksdb::Iterator> rows(db->NewIterator({}, handle));
      for (rows->SeekToFirst(); rows->Valid(); rows->Next()) {
        all += rows->key().ToString() + rows->value().ToString();
      }
      db->DestroyColumnFamilyHandle(handle);
    }
    delete db;
  }
  return all;
}

class Erased : public DaybookTest {
 protected:
  void SetUp() override {
    DaybookTest::SetUp();
    SeedPartners();
  }

  static referrals::v1::ReferralRow Row(std::uint32_t number, const std::string& id,
                                        const std::string& age,
                                        const std::string& subject = kSubject) {
    referrals::v1::ReferralRow row = Referral(number, id);
    row.set_received("2024-01-15");
    row.set_subject_ref(subject);
    row.set_age(age);
    row.set_sex("F");
    row.set_need("housing");
    row.set_referred_by("self");
    row.set_place("CO1");
    return row;
  }
  static referrals::v1::SubmitReferralRequest Unary(const std::string& age) {
    referrals::v1::SubmitReferralRequest request;
    request.mutable_head()->set_request_id("unary-1");
    *request.mutable_referral() = Row(1, "r-1", age);
    return request;
  }
  static referrals::v1::SubmitReferralsRequest Message(const std::string& age) {
    referrals::v1::SubmitReferralsRequest request;
    request.mutable_head()->set_request_id("message-1");
    *request.add_rows() = Row(1, "r-2", age);
    *request.add_rows() = Row(2, "r-3", "51", "subject-2");
    *request.add_rows() = Row(3, "r-1", age);  // known already, so that it is unchanged
    *request.add_rows() = Row(4, "r 4", age);  // refused
    return request;
  }
  static std::string File(const std::string& age) {
    return "referral_id,service_id,received,subject_ref,age,sex,need,referred_by,place\n"
           "r-5,refuge,2024-01-15,subject-1," +
           age + ",F,housing,self,CO1\n";
  }
  static std::string HashOf(const std::string& file) {
    return eventstore::ToHex(merkle::Sha256(file));
  }
  static submissions::v1::OpenSubmissionRequest Opening(const std::string& age,
                                                        const std::string& request_id) {
    submissions::v1::OpenSubmissionRequest open;
    open.mutable_head()->set_request_id(request_id);
    open.set_dataset("referrals");
    open.set_scope(kScope);
    open.set_sha256(HashOf(File(age)));
    return open;
  }

  submissions::v1::CompleteSubmissionResponse SendFile(const std::string& age,
                                                       const std::string& request_id) {
    const auto opened = Accept(Opening(age, request_id)).submission();
    auto complete = submissions::v1::CompleteSubmissionRequest();
    complete.mutable_head()->set_request_id("complete-" + request_id);
    complete.set_submission_id(opened.submission_id());
    complete.set_rows_read(1);
    auto rows = referrals::v1::SubmitReferralsRequest();
    rows.mutable_head()->set_request_id("rows-" + request_id);
    rows.mutable_head()->set_submission_id(opened.submission_id());
    *rows.add_rows() = Row(1, "r-5", age);
    EXPECT_EQ(client().Referrals().Exchange(rows).results(0).outcome(),
              types::v1::RowResult::OUTCOME_STAGED);
    return Accept(complete);
  }

  // In every way in which a referral comes.
  void Send(const std::string& age) {
    Accept(Unary(age));
    const auto answer = client().Referrals().Exchange(Message(age));
    ASSERT_EQ(answer.results_size(), 4);
    EXPECT_EQ(answer.results(0).outcome(), types::v1::RowResult::OUTCOME_RECORDED);
    EXPECT_EQ(answer.results(2).outcome(), types::v1::RowResult::OUTCOME_UNCHANGED);
    EXPECT_EQ(answer.results(3).outcome(), types::v1::RowResult::OUTCOME_REFUSED);
    SendFile(age, "file-1");
  }

  // The keys of all parts in the log of a data directory; with a subject, those of its parts.
  static std::set<std::string> KeysIn(const fs::path& data, bool of_the_person) {
    std::set<std::string> keys;
    const std::string other_id =
        (*sealing::OpenLocalKeys(data / "keys"))
            ->OpaqueIds(referrals::ReferralIdSpace(kAgency), {"r-3"}, false)
            ->front();
    EXPECT_NE(other_id, "");
    auto store = eventstore::RocksEventStore::Open({.directory = data / "log"});
    EXPECT_TRUE(store.ok()) << store.status();
    const auto read = (*store)->ReadAll({}, [&](const eventstore::RecordedEvent& recorded) {
      const bool other = recorded.stream.ends_with(other_id);
      for (const auto& part : recorded.event.parts) {
        if (!of_the_person || !other) keys.insert(part.key_id);
      }
      return true;
    });
    EXPECT_TRUE(read.ok()) << read;
    EXPECT_TRUE((*store)->Close().ok());
    return keys;
  }

  // The person's keys are destroyed, while the daemon is stopped.
  void Erase() {
    const auto ids = KeysIn(data(), /*of_the_person=*/true);
    const auto keys = sealing::OpenLocalKeys(data() / "keys");
    ASSERT_TRUE(keys.ok()) << keys.status();
    EXPECT_FALSE(ids.empty());
    for (const std::string& id : ids) EXPECT_TRUE((*keys)->Destroy(id).ok());
  }

  fs::path data() const { return data_directory(); }
  fs::path Copy(const std::string& name) {
    const fs::path copy = copies_.path() / name;
    fs::copy(data(), copy, fs::copy_options::recursive);
    return copy;
  }

  testing::TempDir copies_;
};

// Whoever has a copy of the directory, and knows all but the age.
class Attacker {
 public:
  explicit Attacker(const fs::path& copy, const std::set<std::string>& key_ids)
      : everything_(Everything(copy)) {
    for (std::size_t i = 0; i + kWindow <= everything_.size(); ++i) {
      windows_.insert(std::string_view(everything_).substr(i, kWindow));
    }
    auto keys = sealing::OpenLocalKeys(copy / "keys");
    EXPECT_TRUE(keys.ok()) << keys.status();
    keys_ = *std::move(keys);
    for (const std::string& id : key_ids) {
      if (auto key = keys_->Find(id); key.ok()) live_.emplace_back(id, *key);
    }
  }

  std::size_t live_keys() const { return live_.size(); }
  // How long the sealed person would be.
  const std::set<std::size_t>& sealed_bytes() const { return sealed_bytes_; }

  // Which of the values that an age would lead to are there.
  std::string Found(const std::vector<std::string>& values) const {
    std::string found;
    for (const std::string& value : values) {
      EXPECT_GE(value.size(), kWindow);
      const bool there = windows_.contains(std::string_view(value).substr(0, kWindow)) &&
                         everything_.find(value) != std::string::npos;
      found += there ? 'x' : '.';
    }
    return found;
  }

  // What somebody would compute who thinks that the age is this one.
  std::vector<std::string> Values(const referrals::v1::SubmitReferralRequest& unary,
                                  const referrals::v1::SubmitReferralsRequest& message,
                                  const std::string& file) {
    values_.clear();
    const auto& row = unary.referral();
    referrals::events::v1::Person person;
    person.set_referral_id(row.referral_id());
    person.set_subject_ref(row.subject_ref());
    person.set_received_date(row.received());
    person.set_age(row.age());
    person.set_sex(row.sex());
    person.set_need(row.need());
    person.set_referred_by(row.referred_by());
    person.set_place(row.place());
    const std::string plain = person.SerializeAsString();
    Add(plain);
    Add(file);
    for (const std::string& bytes :
         {plain, file, row.SerializeAsString(), unary.SerializeAsString(),
          message.SerializeAsString(), commands::CanonicalBytes(row),
          commands::CanonicalBytes(unary), commands::CanonicalBytes(message)}) {
      AddHash(merkle::Sha256(bytes));
    }
    const auto unary_content = commands::ContentOf(unary);
    const auto message_content = commands::ContentOf(message);
    for (const auto& content : {unary_content, message_content}) {
      AddHash(content.fingerprint);
      std::string all;
      for (const std::string& item : content.sealed.items) {
        AddHash(merkle::Sha256(item));
        AddKeyed(item);
        all += item;
      }
      AddHash(merkle::Sha256(all));
      AddKeyed(all);
    }
    AddKeyed(message_content.sealed.Recorded(AllRecorded(message)));
    for (const auto& [id, key] : live_) AddHash(sealing::PartDigest(key, "person", plain));
    const std::string sha256 = eventstore::ToHex(merkle::Sha256(file));
    Add(*keys_->FileDigest(kAgency, sha256));
    Add(submissions::SubmissionId(kAgency, "referrals", kScope, sha256));
    Add(submissions::SubmissionId(kAgency, "referrals", kScope,
                                  *keys_->FileDigest(kAgency, sha256)));
    Add(ToHex(commands::HashRow({plain})));
    sealed_bytes_.insert(
        sealing::SealPart({"id", sealing::SecretKey()}, "e", "person", plain).ciphertext.size());
    return values_;
  }

 private:
  static std::string AllRecorded(const referrals::v1::SubmitReferralsRequest& message) {
    types::v1::RowResults results;
    for (int i = 0; i < message.rows_size(); ++i) {
      results.add_results()->set_outcome(i < 2 ? types::v1::RowResult::OUTCOME_RECORDED
                                               : types::v1::RowResult::OUTCOME_REFUSED);
    }
    return results.SerializeAsString();
  }

  void Add(std::string value) { values_.push_back(std::move(value)); }
  void AddHash(const eventstore::Hash& hash) {
    Add(Raw(hash));
    Add(Raw(hash).substr(0, 16));
    Add(eventstore::ToHex(hash));
    Add(eventstore::ToHex(hash).substr(0, 32));
  }
  // Under each key that is left, and under all of them.
  void AddKeyed(const std::string& content) {
    daemon::KeyPartSealer sealer(*keys_);
    std::set<std::string> all;
    for (const auto& [id, key] : live_) {
      Add(**sealer.DigestUnder({id}, content));
      all.insert(id);
    }
    if (!all.empty()) Add(**sealer.DigestUnder(all, content));
    AddHash(merkle::Sha256(content));
  }

  static constexpr std::size_t kWindow = 16;

  const std::string everything_;
  absl::flat_hash_set<std::string_view> windows_;  // all of that length in it
  std::set<std::size_t> sealed_bytes_;
  std::unique_ptr<sealing::KeyProvider> keys_;
  std::vector<std::pair<std::string, sealing::SecretKey>> live_;
  std::vector<std::string> values_;
};

TEST_F(Erased, NobodyCanTellWhichOfAHundredAgesWasSent) {
  Send(kAge);
  Stop();
  const fs::path before = Copy("before");
  const auto keys = KeysIn(data(), /*of_the_person=*/false);
  Erase();
  const fs::path after = Copy("after");
  const auto outcomes = [&](const fs::path& copy) {
    Attacker attacker(copy, keys);
    EXPECT_GT(attacker.live_keys(), 0U) << "the other person's";
    std::vector<std::string> found;
    for (int age = 0; age < kAges; ++age) {
      const std::string text = std::to_string(age);
      found.push_back(attacker.Found(attacker.Values(Unary(text), Message(text), File(text))));
    }
    EXPECT_EQ(attacker.sealed_bytes().size(), 1U) << "a length tells";
    return found;
  };
  // As long as the key is there, whoever has it can: the search is not blind.
  const auto known = outcomes(before);
  for (int age = 0; age < kAges; ++age) {
    EXPECT_EQ(known[static_cast<std::size_t>(age)] == known[34], age == 34) << age;
  }
  const auto erased = outcomes(after);
  for (int age = 0; age < kAges; ++age) {
    EXPECT_EQ(erased[static_cast<std::size_t>(age)], erased[34]) << age;
  }
}

TEST_F(Erased, OfADestroyedKeyNothingIsLeftInTheFilesOfTheTable) {
  Send(kAge);
  Stop();
  const std::string id = *KeysIn(data(), /*of_the_person=*/true).begin();
  std::string wrapped;
  {
    rocksdb::DB* db = nullptr;
    ASSERT_TRUE(rocksdb::DB::OpenForReadOnly({}, (data() / "keys/table").string(), &db).ok());
    const std::unique_ptr<rocksdb::DB> table(db);
    ASSERT_TRUE(table->Get({}, "k/" + id, &wrapped).ok());
  }
  // Behind the digest of its scope.
  const std::string secret = wrapped.substr(64, 32);
  const auto files_with_it = [&] {
    std::vector<std::string> found;
    for (const auto& entry : fs::recursive_directory_iterator(data())) {
      if (entry.is_regular_file() && Content(entry.path()).find(secret) != std::string::npos) {
        found.push_back(entry.path());
      }
    }
    return found;
  };
  EXPECT_FALSE(files_with_it().empty()) << "the search is blind";
  Erase();
  EXPECT_THAT(files_with_it(), IsEmpty());
}

TEST_F(Erased, ARetryIsKnownByWhatItSealsAndAfterwardsByItsId) {
  Send(kAge);
  const std::uint64_t size = Size();
  Restart();
  for (const bool erased : {false, true}) {
    if (erased) {
      Stop();
      Erase();
      Start();
    }
    EXPECT_TRUE(Accept(Unary(kAge)).receipt().duplicate());
    EXPECT_TRUE(client().Referrals().Exchange(Message(kAge)).receipt().duplicate());
    EXPECT_EQ(Accept(Opening(kAge, "file-1")).submission().version(), 1U);
    if (!erased) {
      ExpectRefusal(RefusalOf(client().Call(Unary("43")).status),
                    {StatusCode::kAlreadyExists, "REQUEST_ID_REUSED", "", ""});
      EXPECT_EQ(client().Referrals().Exchange(Message("43")).error().reason(), "REQUEST_ID_REUSED");
      ExpectRefusal(RefusalOf(client().Call(Opening("43", "file-1")).status),
                    {StatusCode::kAlreadyExists, "REQUEST_ID_REUSED", "", ""});
    } else {
      EXPECT_TRUE(Accept(Unary("43")).receipt().duplicate()) << "nobody can tell any more";
    }
    EXPECT_EQ(Size(), size);
  }
}

TEST_F(Erased, TheSameFileAgainBringsNothingBackAndSaysSo) {
  Send(kAge);
  Stop();
  Erase();
  Start();
  const auto again = SendFile(kAge, "file-2");
  EXPECT_EQ(again.submission().version(), 2U) << "known by its bytes no more";
  EXPECT_EQ(again.submission().counts().rows_unchanged(), 1U);
  EXPECT_EQ(again.submission().counts().rows_changed(), 0U);
  EXPECT_EQ(again.submission().counts().rows_erased(), 1U);
  ASSERT_EQ(again.erased_size(), 1);
  EXPECT_EQ(again.erased(0).row(), 1U);
  EXPECT_EQ(again.erased(0).findings(0).reason(), "PART_ERASED");
  EXPECT_FALSE(again.erased(0).findings(0).remedy().empty());

  auto message = Message(kAge);
  message.mutable_head()->set_request_id("message-2");
  const auto answer = client().Referrals().Exchange(message);
  EXPECT_EQ(answer.results(0).outcome(), types::v1::RowResult::OUTCOME_UNCHANGED);
  EXPECT_EQ(answer.results(0).findings(0).reason(), "PART_ERASED");
  EXPECT_EQ(answer.results(1).findings_size(), 0) << "the other person is still there";

  // A person who comes anew has a new key under another id.
  auto anew = Unary(kAge);
  anew.mutable_head()->set_request_id("unary-2");
  anew.mutable_referral()->set_referral_id("r-6");
  EXPECT_FALSE(Accept(anew).receipt().duplicate());
}

TEST_F(Erased, TheIdThatAnAgencyGaveIsNowhereInClear) {
  auto request = Unary(kAge);
  request.mutable_referral()->set_referral_id("Vexillology-4711");
  Accept(request);
  referrals::v1::ChangeReferralStatusRequest change;
  change.mutable_head()->set_request_id("change-1");
  change.set_referral_id("Vexillology-4711");
  change.set_status("closed");
  change.set_month("2024-02");
  Accept(change);
  auto other = Unary(kAge);
  other.mutable_head()->set_request_id("unary-2");
  Accept(other);
  SendFile(kAge, "file-1");
  Restart();
  EXPECT_TRUE(Accept(change).receipt().duplicate());
  change.set_referral_id("r-1");
  ExpectRefusal(RefusalOf(client().Call(change).status),
                {StatusCode::kAlreadyExists, "REQUEST_ID_REUSED", "", ""});
  Stop();
  const std::string everything = Everything(data());
  EXPECT_EQ(everything.find("Vexillology"), std::string::npos);
  EXPECT_EQ(everything.find(kScope), std::string::npos);
  EXPECT_NE(everything.find("referral-" + std::string(kAgency) + "/"), std::string::npos)
      << "the search is blind";
}

TEST_F(Erased, AFileIsComparedUnderTheKeysThatItsRowsHave) {
  SendFile(kAge, "file-1");
  // Another year, and so another key of the same subject.
  const auto opened = SendFile("35", "file-2");
  EXPECT_EQ(opened.submission().counts().rows_changed(), 1U);
  Restart();
  const auto same = Accept(Opening("35", "file-3")).submission();
  EXPECT_EQ(same.version(), 2U);
  EXPECT_TRUE(same.completed());
}

}  // namespace
}  // namespace daybook::integration
