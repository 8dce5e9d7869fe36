// The files that `daybook import` takes: their columns, and what becomes of a row. What
// `daybook import --template` prints and services/cli/TEMPLATES.md shows is made from this.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "services/ingest/dataset_spec.h"

namespace daybook::cli {

using Column = ingest::ColumnSpec;
using Dataset = ingest::DatasetSpec;

// Every dataset, in the order of the manual.
const std::vector<Dataset>& Datasets();

// nullptr for a name that is none.
const Dataset* FindDataset(std::string_view name);

// The template of one dataset: its header line, then every column with its meaning.
std::string TemplateText(const Dataset& dataset);

// All templates as a Markdown document: services/cli/TEMPLATES.md.
std::string TemplatesMarkdown();

}  // namespace daybook::cli
