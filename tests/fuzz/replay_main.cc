// Runs one target without libFuzzer, in every kind of build:
//   fuzz_NAME_replay FILE|FOLDER…       the seeds, each of them bent in some ways, then the files
//   fuzz_NAME_replay --write-seeds DIR  writes the seeds into DIR
// The bending is the same in every run.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "google/protobuf/stubs/logging.h"
#include "tests/fuzz/target.h"

namespace daybook::fuzz {
namespace {

namespace fs = std::filesystem;

constexpr int kBentCopies = 40;
constexpr int kUsage = 2;

// Flips, cuts, repeats: what a disk or a careless sender does to bytes.
std::string Bend(std::string bytes, std::mt19937_64& random) {
  for (auto times = random() % 3 + 1; times > 0 && !bytes.empty(); --times) {
    const std::size_t at = random() % bytes.size();
    switch (random() % 4) {
      case 0:
        bytes[at] = static_cast<char>(bytes[at] ^ static_cast<char>(1U << (random() % 8)));
        break;
      case 1:
        bytes[at] = static_cast<char>(random());
        break;
      case 2:
        bytes.resize(at);
        break;
      default:
        bytes.insert(at, bytes.substr(at, random() % 16));
    }
  }
  return bytes;
}

int WriteSeeds(const fs::path& folder) {
  fs::create_directories(folder);
  int number = 0;
  for (const std::string& seed : Seeds()) {
    std::ofstream out(folder / ("seed-" + std::to_string(++number)), std::ios::binary);
    out << seed;
    if (!out.flush()) {
      std::fprintf(stderr, "error: cannot write into %s\n", folder.c_str());
      return 1;
    }
  }
  std::printf("%d seeds\n", number);
  return 0;
}

void RunSeeds() {
  std::mt19937_64 random(1);
  const std::vector<std::string> seeds = Seeds();
  for (const std::string& seed : seeds) {
    RunOne(seed);
    for (int i = 0; i < kBentCopies; ++i) RunOne(Bend(seed, random));
  }
  RunOne("");
  std::printf("%zu seeds, %d bent copies of each\n", seeds.size(), kBentCopies);
}

// Files of a folder in the order of their names, so that a failure is the same in every run.
std::vector<fs::path> FilesIn(const fs::path& path) {
  std::vector<fs::path> files;
  if (fs::is_regular_file(path)) files.push_back(path);
  if (fs::is_directory(path)) {
    for (const auto& entry : fs::directory_iterator(path)) {
      const bool hidden = entry.path().filename().string().starts_with('.');
      if (entry.is_regular_file() && !hidden) files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

int Main(const std::vector<std::string>& arguments) {
  if (!arguments.empty() && arguments[0] == "--write-seeds") {
    if (arguments.size() != 2) {
      std::fprintf(stderr, "error: --write-seeds wants a folder\n");
      return kUsage;
    }
    return WriteSeeds(arguments[1]);
  }
  RunSeeds();
  for (const std::string& argument : arguments) {
    for (const fs::path& file : FilesIn(argument)) {
      std::printf("%s\n", file.c_str());
      std::fflush(stdout);
      std::ifstream in(file, std::ios::binary);
      RunOne(std::string((std::istreambuf_iterator<char>(in)), {}));
    }
  }
  return 0;
}

}  // namespace
}  // namespace daybook::fuzz

int main(int argc, char** argv) {
  google::protobuf::SetLogHandler(nullptr);  // it complains of every text that is not UTF-8
  return daybook::fuzz::Main({argv + 1, argv + argc});
}
