#include "services/cli/manifest.h"

#include <filesystem>

#include "eventstore/core/error.h"
#include "fmt/format.h"
#include "services/cli/dataset.h"
#include "services/cli/questions.h"
#include "toml++/toml.h"

namespace daybook::cli {
namespace {

namespace fs = std::filesystem;

absl::Status Wrong(const std::string& where, const std::string& what, const std::string& remedy) {
  return eventstore::MakeError(
      absl::StatusCode::kInvalidArgument, where + ": " + what,
      {.reason = "INVALID_FIELD", .remedy = remedy, .fields = {}, .metadata = {}});
}

absl::StatusOr<ingest::Answers> ReadAnswers(const toml::node& node, const std::string& where) {
  std::vector<std::string> texts;
  const toml::array* array = node.as_array();
  for (std::size_t i = 0; array != nullptr && i < array->size(); ++i) {
    texts.push_back(array->get(i)->value_or(std::string()));
  }
  if (array == nullptr) {
    return Wrong(where, "a list of texts is wanted",
                 "Write answers = [\"rows=measure\", \"\xE2\x80\xA6\"].");
  }
  auto answers = ParseAnswers(texts);
  if (!answers.ok()) {
    return Wrong(where, eventstore::Message(answers.status()), "Write each as ID=CHOICE.");
  }
  return answers;
}

// One [[file]] table.
absl::StatusOr<ImportFile> ReadEntry(const toml::table& table, const fs::path& folder,
                                     const std::string& manifest, const ImportDefaults& defaults) {
  ImportFile file;
  file.dataset = defaults.dataset;
  file.agency = defaults.agency;
  for (const auto& [key, node] : table) {
    const std::string where = fmt::format("{}:{}", manifest, node.source().begin.line);
    if (key == "answers") {
      DAYBOOK_ASSIGN_OR_RETURN(file.answers, ReadAnswers(node, where));
      continue;
    }
    const auto value = node.value_exact<std::string>();
    if (!value) return Wrong(where, "a text in quotes is wanted", "Quote it.");
    if (key == "path") {
      file.path = (folder / *value).string();
    } else if (key == "dataset") {
      if (FindDataset(*value) == nullptr) {
        return Wrong(where, "there is no such dataset", "`daybook import --help` lists them.");
      }
      file.dataset = *value;
    } else if (key == "agency") {
      file.agency = *value;
    } else if (key == "sheet") {
      file.sheet = *value;
    } else if (key == "scope") {
      file.scope = *value;
    } else if (key == "kind") {
      file.kind = *value;
    } else if (key == "extract_date") {
      file.extract_date = *value;
    } else if (key == "covers") {
      file.covers = *value;
    } else {
      return Wrong(
          where, "unknown key",
          "The keys of a file are path, dataset, agency, sheet, scope, kind, extract_date, "
          "covers and answers.");
    }
  }
  if (file.path.empty()) {
    return Wrong(fmt::format("{}:{}", manifest, table.source().begin.line), "a file without path",
                 "Give it a path, relative to the manifest.");
  }
  return file;
}

absl::StatusOr<std::vector<ImportFile>> ReadManifest(const fs::path& folder,
                                                     ImportDefaults defaults) {
  const std::string manifest = (folder / "manifest.toml").string();
  if (!fs::exists(manifest)) {
    return Wrong(folder.string(), "this folder has no manifest.toml",
                 "Name the files one by one, or write a manifest (see deploy/sample).");
  }
  std::vector<ImportFile> files;
  try {  // toml++ reports by exception; it ends here
    const toml::table root = toml::parse_file(manifest);
    for (const auto& [key, node] : root) {
      if (key == "agency" && node.is_string()) {
        defaults.agency = *node.value_exact<std::string>();
      } else if (!(key == "file" && node.is_array_of_tables())) {
        return Wrong(fmt::format("{}:{}", manifest, node.source().begin.line), "unknown key",
                     "A manifest holds agency and [[file]] tables.");
      }
    }
    if (const auto* entries = root["file"].as_array()) {
      for (const auto& entry : *entries) {
        DAYBOOK_ASSIGN_OR_RETURN(ImportFile file,
                                 ReadEntry(*entry.as_table(), folder, manifest, defaults));
        files.push_back(std::move(file));
      }
    }
  } catch (const toml::parse_error& error) {
    return Wrong(fmt::format("{}:{}", manifest, error.source().begin.line),
                 std::string(error.description()), "Correct the manifest.");
  }
  if (files.empty()) return Wrong(manifest, "it names no file", "Add [[file]] tables.");
  return files;
}

}  // namespace

absl::StatusOr<std::vector<ImportFile>> ResolvePaths(const std::vector<std::string>& paths,
                                                     const ImportDefaults& defaults) {
  std::vector<ImportFile> files;
  for (const std::string& path : paths) {
    std::error_code error;
    if (!fs::exists(path, error)) {
      return Wrong(path, "there is no such file or folder", "Check the path.");
    }
    if (!fs::is_directory(path, error)) {
      files.push_back({.path = path, .dataset = defaults.dataset, .agency = defaults.agency});
      continue;
    }
    DAYBOOK_ASSIGN_OR_RETURN(auto listed, ReadManifest(path, defaults));
    files.insert(files.end(), listed.begin(), listed.end());
  }
  return files;
}

}  // namespace daybook::cli
