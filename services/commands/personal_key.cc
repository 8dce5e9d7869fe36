#include "services/commands/personal_key.h"

#include <string>

#include "fmt/format.h"
#include "proto/values/personal_key.h"

namespace daybook::commands {

void RefusePersonalKey(std::string_view field, std::string_view key, Problems& problems) {
  const values::KeyForm form = values::FormOfKey(key);
  const bool may_be_one = form.personal == values::Personal::kWord;
  if (!may_be_one && form.personal != values::Personal::kSurely) return;
  std::string remedy = "Give a key of your system that says nothing about the person.";
  if (may_be_one)
    remedy += " If this is one, write letters and a number before it, for example r1-.";
  problems.push_back(InvalidField(field, fmt::format("looks like {}", form.looks_like), remedy));
}

}  // namespace daybook::commands
