// Files of one scope in random order of arrival, against a plain oracle: the files applied to each
// other in the order of their extracts.
#include "services/submissions/application/version_keeper.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <random>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "tests/unit/services/submissions/office.h"

namespace daybook::submissions {
namespace {

// The oracle: a whole file takes the place of what stood in its months.
Standing Apply(Standing standing, const File& file) {
  std::map<Row, std::size_t> alike;
  if (file.kind == "whole" && file.refused == 0) {
    std::set<std::string> months;
    for (const Row& row : file.rows) months.insert(row.month);
    std::erase_if(standing, [&](const Row& row) { return months.contains(row.month); });
  }
  for (const Row& row : file.rows) {
    if (!row.key.empty()) {
      std::erase_if(standing, [&](const Row& stands) { return stands.key == row.key; });
      standing.insert(row);
    } else if (++alike[row] > standing.count(row)) {
      standing.insert(row);
    }
  }
  return standing;
}

// What stands too much and what is missing.
std::string Difference(const Standing& stands, const Standing& expected) {
  const auto without = [](const Standing& all, const Standing& some) {
    std::vector<Row> left;
    std::ranges::set_difference(all, some, std::back_inserter(left));
    std::string text;
    for (const Row& row : left) text += " " + ::testing::PrintToString(row);
    return text;
  };
  if (stands == expected) return "";
  return "too much:" + without(stands, expected) + "; missing:" + without(expected, stands);
}

class Draw {
 public:
  explicit Draw(std::uint32_t seed) : random_(seed) {}
  std::uint32_t Below(std::uint32_t end) { return static_cast<std::uint32_t>(random_() % end); }

  // A month of the window of a file, which moves on from file to file.
  std::string Month(int number) {
    return fmt::format("2018-{:02}", static_cast<std::uint32_t>(number) / 2 + Below(2) + 1);
  }

  std::string Place() {
    const std::uint32_t place = Below(3);
    return place == 0 ? "" : fmt::format("place-{}", place);
  }

  // Keys that a file adds are its own, for one that is taken is refused, whichever came first; a
  // file that corrects says something new, for what it leaves as it is it is not seen to mention.
  File MakeFile(int number) {
    static constexpr const char* kKinds[] = {"whole", "whole", "additions", "corrections"};
    File file{.name = fmt::format("{}", number),
              .kind = kKinds[Below(4)],
              .day = fmt::format("2025-{:02}-01", 2 * number),
              .rows = {},
              .refused = 0};
    for (std::uint32_t key = 0; key < 12; ++key) {
      if (Below(2) == 0) continue;
      const std::string own = file.kind == "additions" ? "own-" + file.name : "";
      const std::string type =
          file.kind == "corrections" ? "corrected-" + file.name : fmt::format("type-{}", Below(3));
      file.rows.push_back({fmt::format("k{}{}", key, own), type, Month(number), Place()});
    }
    // Of a file that adds, they come after those that stand then: see the test below.
    for (std::uint32_t alike = file.kind == "whole" ? Below(4) : 0; alike > 0; --alike) {
      file.rows.push_back({"", fmt::format("type-{}", Below(2)), Month(number), Place()});
    }
    std::shuffle(file.rows.begin(), file.rows.end(), random_);
    return file;
  }

  void Shuffle(std::vector<File>& files) { std::shuffle(files.begin(), files.end(), random_); }

 private:
  std::mt19937 random_;
};

TEST(FilesOfAScope, LeaveTheSameStandingInWhateverOrderTheyArrive) {
  const char* again = std::getenv("DAYBOOK_SEED");
  const std::uint32_t base =
      again == nullptr ? std::random_device{}() : static_cast<std::uint32_t>(std::stoul(again));
  for (std::uint32_t seed = base; seed < base + 40; ++seed) {
    SCOPED_TRACE(fmt::format("seed {}", seed));
    Draw draw(seed);
    std::vector<File> files;
    Standing expected;
    for (int number = 1; number <= 5; ++number) {
      files.push_back(draw.MakeFile(number));
      expected = Apply(std::move(expected), files.back());
    }
    draw.Shuffle(files);
    Office office;
    std::string order;
    for (const File& file : files) {
      order += fmt::format("\n{} {}{}:", file.name, file.kind, file.refused > 0 ? ", refused" : "");
      for (const Row& row : file.rows) {
        order += " " + ::testing::PrintToString(row);
      }
      office.Take(file);
    }
    ASSERT_EQ(Difference(office.Stands(), expected), "") << order;
    for (const File& file : files) office.Take(file);
    ASSERT_EQ(Difference(office.Stands(), expected), "") << "all of them again," << order;
  }
}

TEST(AWindowThatMovesOn, TakesNothingAway) {
  for (const int window : {3, 13, 72}) {
    Office office;
    const auto month = [](int number) {
      return fmt::format("{}-{:02}", 2018 + number / 12, number % 12 + 1);
    };
    const auto extract = [&](int first) {
      File file{fmt::format("{}", first), "whole", fmt::format("2025-{:02}-01", first + 1), {}, 0};
      for (int number = first; number < first + window; ++number) {
        file.rows.push_back({fmt::format("k{}", number), "robbery", month(number)});
        file.rows.push_back({"", "noise", month(number)});
        file.rows.push_back({"", "noise", month(number)});
      }
      return file;
    };
    office.Take(extract(0));
    const File later = extract(1);
    const std::string id = office.Open(later);
    office.Send(later, id);
    const auto completed = office.Complete(later, id);
    ASSERT_OK(completed.status());
    EXPECT_EQ(completed->submission.state(), "completed") << "nothing is to be confirmed";
    const auto& counts = completed->submission.counts();
    EXPECT_EQ(counts.rows_voided(), 0U);
    EXPECT_EQ(counts.rows_outside(), 3U);
    ASSERT_EQ(counts.months_size(), 1);
    EXPECT_EQ(counts.months(0).month(), "2018-01");
    EXPECT_EQ(counts.months(0).rows_outside(), 3U);
    EXPECT_EQ(office.Stands().size(), 3U * (static_cast<std::size_t>(window) + 1));
  }
}

TEST(AWholeFile, VoidsTooMuchWhereItVoidsTooMuchOfAMonth) {
  // A hundred rows of a month and one of another: the one is all of its month.
  File first{"1", "whole", "2025-02-01", {{"k", "theft", "2018-11"}, {"m", "theft", "2018-11"}}, 0};
  for (int key = 0; key < 100; ++key) {
    first.rows.push_back({fmt::format("k{}", key), "theft", "2018-10"});
  }
  Office office;
  office.Take(first);
  File second = first;
  second.name = "2";
  second.day = "2025-03-01";
  std::erase_if(second.rows, [](const Row& row) { return row.key == "k"; });
  const std::string id = office.Open(second);
  office.Send(second, id);
  const auto held = office.Complete(second, id);
  ASSERT_OK(held.status());
  EXPECT_EQ(held->submission.state(), "held") << "1% of all, and half of its month";
  ASSERT_EQ(held->submission.counts().months_size(), 1);
  EXPECT_EQ(held->submission.counts().months(0).month(), "2018-11");
  EXPECT_EQ(held->submission.counts().months(0).rows_voided(), 1U);
  EXPECT_EQ(held->submission.counts().months(0).rows_standing(), 2U);

  File third = first;
  third.name = "3";
  third.day = "2025-04-01";
  std::erase_if(third.rows, [](const Row& row) { return row.key == "k7"; });
  const std::string other = office.Open(third);
  office.Send(third, other);
  const auto taken = office.Complete(third, other);
  ASSERT_OK(taken.status());
  EXPECT_EQ(taken->submission.state(), "completed") << "1% of its month";
  EXPECT_EQ(taken->submission.counts().rows_voided(), 1U);
}

TEST(AWholeFile, CoversTheMonthsThatItsSenderNamesAlsoWithoutRows) {
  Office office;
  office.Take(
      {"1", "whole", "2025-02-01", {{"a", "theft", "2018-10"}, {"b", "theft", "2018-11"}}, 0});
  File second{"2", "whole", "2025-03-01", {{"a", "theft", "2018-10"}}, 0};
  office.Take(second);
  EXPECT_EQ(office.Stands().size(), 2U);
  second.name = "3";
  second.covers = "2018-11";
  office.Take(second);
  EXPECT_EQ(office.Stands(), (Standing{{"a", "theft", "2018-10"}}));
}

TEST(RowsWithoutAKey, ThatAFileAddsAreAddedOnceHoweverOftenItIsSent) {
  Office office;
  office.Take({"1", "whole", "2025-02-01", {{"", "noise"}, {"", "noise"}}, 0});
  const File more{
      "2", "additions", "2025-03-01", {{"", "noise"}, {"", "noise"}, {"", "litter"}}, 1};
  for (int time = 1; time <= 3; ++time) {
    office.Take(more);
    const Standing expected{
        {"", "litter"}, {"", "noise"}, {"", "noise"}, {"", "noise"}, {"", "noise"}};
    EXPECT_EQ(office.Stands(), expected) << time;
  }
}

TEST(ACompletion, IsAnsweredTheSameWhenItsAnswerWasLost) {
  Office office;
  const File file{"1", "additions", "2025-02-01", {{"k", "theft"}, {"k", "drugs"}}, 0};
  const std::string id = office.Open(file);
  office.Send(file, id);
  const auto first = office.Complete(file, id, 0, "the-completion");
  ASSERT_OK(first.status());
  ASSERT_EQ(first->refused.size(), 1U) << "two rows with one key contradict each other";
  const std::uint64_t size = office.size();
  const auto again = office.Complete(file, id, 0, "the-completion");
  ASSERT_OK(again.status());
  EXPECT_EQ(office.size(), size);
  EXPECT_TRUE(again->receipt->duplicate);
  EXPECT_EQ(again->receipt->last, first->receipt->last);
  EXPECT_EQ(again->submission.SerializeAsString(), first->submission.SerializeAsString());
  ASSERT_EQ(again->refused.size(), 1U);
  EXPECT_EQ(again->refused[0].SerializeAsString(), first->refused[0].SerializeAsString());
}

TEST(ACompletion, OfAHeldFileIsAnsweredTheSameUntilItIsConfirmed) {
  Office office;
  office.Take({"1", "whole", "2025-02-01", {{"k1", "theft"}, {"k2", "drugs"}}, 0});
  const File fewer{"2", "whole", "2025-03-01", {{"k1", "theft"}}, 0};
  const std::string id = office.Open(fewer);
  office.Send(fewer, id);
  const auto held = office.Complete(fewer, id, 0, "held");
  const auto again = office.Complete(fewer, id, 0, "held");
  ASSERT_OK(held.status());
  ASSERT_OK(again.status());
  EXPECT_EQ(again->submission.state(), "held");
  EXPECT_EQ(again->submission.SerializeAsString(), held->submission.SerializeAsString());
  EXPECT_EQ(again->submission.counts().rows_unchanged(), 1U);
  const auto confirmed = office.Complete(fewer, id, 1);
  ASSERT_OK(confirmed.status());
  EXPECT_EQ(confirmed->submission.state(), "completed");
  EXPECT_EQ(office.Stands(), (Standing{{"k1", "theft"}}));
}

TEST(AFileOfWhichEveryRowWasRefused, IsNoVersionAndLeavesWhatIsCurrent) {
  Office office;
  office.Take({"1", "whole", "2025-02-01", {{"a", "theft"}}, 0});
  const File broken{"2", "whole", "2025-03-01", {}, 3};
  const std::string id = office.Open(broken);
  const auto refused = office.Complete(broken, id);
  ASSERT_OK(refused.status());
  EXPECT_EQ(refused->submission.state(), "refused");
  EXPECT_FALSE(refused->submission.current());
  EXPECT_TRUE(refused->submission.completed());
  EXPECT_EQ(refused->submission.counts().rows_refused(), 3U);
  EXPECT_EQ(office.Stands(), (Standing{{"a", "theft"}}));
  // Once what refused its rows is corrected, the same file is the next version.
  const File mended{
      "2", "whole", "2025-03-01", {{"b", "theft"}, {"a", "theft"}, {"c", "drugs"}}, 0};
  office.Take(mended);
  EXPECT_EQ(office.Stands(), (Standing{{"a", "theft"}, {"b", "theft"}, {"c", "drugs"}}));
}

TEST(AnOlderExtract, OfAdditionsIsCurrentAsLongAsNoLaterWholeFileHasTheLastWord) {
  Office office;
  office.Take({"3", "additions", "2025-03-01", {{"k3", "theft"}}, 0});
  office.Take({"2", "additions", "2025-02-01", {{"k2", "drugs"}}, 0});
  EXPECT_EQ(office.Stands(), (Standing{{"k2", "drugs"}, {"k3", "theft"}}));
}

// The events about the incident of a key.
std::vector<eventstore::RecordedEvent> EventsOf(Office& office, const std::string& key) {
  std::vector<eventstore::RecordedEvent> events;
  const auto read =
      office.store().ReadStream("incident-north-police/" + key, {}, eventstore::Direction::kForward,
                                100, [&](eventstore::RecordedEvent& event) {
                                  events.push_back(event);
                                  return true;
                                });
  EXPECT_OK(read);
  return events;
}

File Places(const std::string& name, std::vector<std::string> places) {
  File file{name, "whole", fmt::format("2025-0{}-01", name), {}, 0};
  for (std::size_t i = 0; i < places.size(); ++i) {
    file.rows.push_back({fmt::format("k{}", i), "theft", "2018-10", places[i]});
  }
  return file;
}

v1::Submission Taken(Office& office, const File& file) {
  const std::string id = office.Open(file);
  office.Send(file, id);
  auto completed = office.Complete(file, id);
  EXPECT_OK(completed.status());
  EXPECT_EQ(completed->erased.size(), completed->submission.counts().rows_erased());
  for (const auto& row : completed->erased) {
    EXPECT_EQ(row.findings(0).reason(), "PART_ERASED");
  }
  return completed->submission;
}

TEST(ASealedCell, ThatIsCorrectedIsAChangeOfOneEvent) {
  Office office;
  office.Take(Places("1", {"here", "there", ""}));
  const v1::Submission corrected = Taken(office, Places("2", {"here", "elsewhere", "found"}));
  EXPECT_EQ(corrected.counts().rows_changed(), 2U);
  EXPECT_EQ(corrected.counts().rows_unchanged(), 1U);
  EXPECT_EQ(EventsOf(office, "k0").size(), 1U);
  EXPECT_EQ(EventsOf(office, "k1").size(), 2U);
  EXPECT_EQ(EventsOf(office, "k2").size(), 2U) << "a place where there was none";
  const v1::Submission same = Taken(office, Places("3", {"here", "elsewhere", "found"}));
  EXPECT_EQ(same.counts().rows_changed(), 0U);
  EXPECT_EQ(same.counts().rows_unchanged(), 3U);
  EXPECT_EQ(EventsOf(office, "k1").size(), 2U);
}

TEST(AnErasedCell, IsNotStoredAgainAndItsRowIsTold) {
  Office office;
  office.Take(Places("1", {"here", "there"}));
  office.sealer().erased.insert(EventsOf(office, "k0")[0].event.parts[0].key_id);
  const v1::Submission same = Taken(office, Places("2", {"here", "there"}));
  EXPECT_EQ(same.counts().rows_changed(), 0U);
  EXPECT_EQ(same.counts().rows_unchanged(), 2U);
  EXPECT_EQ(same.counts().rows_erased(), 1U);
  EXPECT_EQ(EventsOf(office, "k0").size(), 1U);

  // What is in clear can change still, without the place, and again.
  File other = Places("3", {"here", "there"});
  for (const char* type : {"robbery", "burglary"}) {
    other.rows[0].type = type;
    const v1::Submission changed = Taken(office, other);
    EXPECT_EQ(changed.counts().rows_changed(), 1U);
    EXPECT_EQ(changed.counts().rows_erased(), 1U);
    const auto events = EventsOf(office, "k0");
    incidents::events::v1::IncidentRevised revised;
    ASSERT_TRUE(revised.ParseFromString(events.back().event.payload));
    EXPECT_THAT(revised.incident().erased(), ::testing::ElementsAre("place"));
    EXPECT_TRUE(events.back().event.parts.empty());
    other.name = "4";
    other.day = "2025-04-01";
  }
  other.name = "5";
  other.day = "2025-05-01";
  const v1::Submission settled = Taken(office, other);
  EXPECT_EQ(settled.counts().rows_changed(), 0U);
  EXPECT_EQ(settled.counts().rows_erased(), 1U);
}

TEST(AnErasedCell, StaysErasedWhenItsRowWasGoneAndIsThereAgain) {
  Office office;
  office.Take(Places("1", {"here", "there"}));
  office.sealer().erased.insert(EventsOf(office, "k1")[0].event.parts[0].key_id);
  office.Take(Places("2", {"here"}));
  const v1::Submission again = Taken(office, Places("3", {"here", "there"}));
  EXPECT_EQ(again.counts().rows_new(), 1U);
  EXPECT_EQ(again.counts().rows_erased(), 1U);
  const auto events = EventsOf(office, "k1");
  ASSERT_EQ(events.size(), 3U);
  EXPECT_TRUE(events[2].event.parts.empty());
}

TEST(AnErasedCell, OfARowWithoutAKeyIsNotStoredAgain) {
  Office office;
  const auto noise = [](const std::string& name, std::vector<std::string> places) {
    File file = Places(name, std::move(places));
    for (Row& row : file.rows) row.key.clear();
    return file;
  };
  office.Take(noise("1", {"here", "there", "yonder"}));
  std::string key;
  EXPECT_OK(office.store().ReadAll({}, [&](eventstore::RecordedEvent& event) {
    if (!event.stream.ends_with("-2")) return true;
    key = event.event.parts.at(0).key_id;
    return false;
  }));
  office.sealer().erased.insert(key);
  const v1::Submission again = Taken(office, noise("2", {"yonder", "there", "here"}));
  EXPECT_EQ(again.counts().rows_changed(), 0U);
  EXPECT_EQ(again.counts().rows_unchanged(), 3U);
  EXPECT_EQ(again.counts().rows_erased(), 1U);
}

}  // namespace
}  // namespace daybook::submissions
