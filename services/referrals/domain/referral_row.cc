#include "services/referrals/domain/referral_row.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "proto/values/civil.h"
#include "proto/values/names.h"
#include "proto/values/plausible_year.h"
#include "services/commands/personal_key.h"
#include "services/partners/domain/place_words.h"
#include "services/partners/domain/refusals.h"
#include "services/referrals/domain/referral_state.h"

namespace daybook::referrals {
namespace {

namespace ev = events::v1;
using commands::InvalidField;
using commands::Problems;
using eventstore::Effective;

constexpr std::size_t kReferralIdBytesMax = 64;
constexpr std::size_t kPersonFieldBytesMax = 200;
constexpr std::size_t kNoteBytesMax = 16U << 10;
constexpr std::size_t kMonthBytes = 7;  // "YYYY-MM"

bool IsIdCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("-_./").find(c) != std::string_view::npos;
}

std::string ReadArea(const RowContext& context, const v1::ReferralRow& row, Problems& problems) {
  if (row.area().empty()) return {};
  const auto found = context.areas.Resolve(row.area(), "district");
  if (found.area != nullptr) return found.area->area_id();
  const std::string words = values::NormaliseName(row.area());
  if (partners::SaysNoPlace(words)) return {};
  values::Problem& unknown =
      problems.emplace_back(partners::UnknownArea("area", row.area(), context.areas, "district"));
  if (partners::SaysOutOfArea(words)) unknown.description = "no area is registered for such places";
  unknown.remedy =
      "Correct it to the name of a registered district (`daybook list areas`). A place that is not "
      "known, or outside all of them, is left empty.";
  return {};
}

// The month in clear; the exact day, where there is one, belongs to the person.
std::optional<Effective> ReadReceived(const RowContext& context, const v1::ReferralRow& row,
                                      ReadRow& read, Problems& problems) {
  const std::string& received = row.received();
  if (received.size() <= kMonthBytes) {
    read.referral.set_month(received);
    return RequireMonth("received", received, context.today, problems);
  }
  const auto day = commands::RequireDay("received", received, problems);
  if (!day.has_value()) return std::nullopt;
  if (*day > context.today) {
    problems.push_back(InvalidField("received", "the day is in the future",
                                    "Give the day on which the referral was received."));
    return std::nullopt;
  }
  read.referral.set_month(received.substr(0, kMonthBytes));
  read.person.set_received_date(received);
  return RequireMonth("received", read.referral.month(), context.today, problems);
}

void ReadPerson(const v1::ReferralRow& row, ev::Person& person, Problems& problems) {
  person.set_age(row.age());
  person.set_sex(row.sex());
  person.set_need(row.need());
  person.set_referred_by(row.referred_by());
  person.set_place(row.place());
  const std::pair<std::string_view, const std::string&> fields[] = {
      {"subject_ref", row.subject_ref()},
      {"age", row.age()},
      {"sex", row.sex()},
      {"need", row.need()},
      {"referred_by", row.referred_by()},
      {"place", row.place()}};
  for (const auto& [field, value] : fields) {
    commands::CheckText(field, value, kPersonFieldBytesMax, problems);
  }
  const bool says_something = !row.age().empty() || !row.sex().empty() || !row.need().empty() ||
                              !row.referred_by().empty() || !row.place().empty() ||
                              !row.note().empty();
  if (says_something && row.subject_ref().empty()) {
    values::Problem missing = commands::MissingField("subject_ref");
    missing.remedy =
        "Give an opaque reference of the person; the key of what is sealed belongs to it.";
    problems.push_back(std::move(missing));
  }
  commands::RefusePersonalKey("subject_ref", row.subject_ref(), problems);
  person.set_subject_ref(row.subject_ref());
}

void CheckNote(const v1::ReferralRow& row, Problems& problems) {
  if (row.note().size() <= kNoteBytesMax) return;
  values::Problem& problem = problems.emplace_back();
  problem.field = "note";
  problem.reason = "TOO_LARGE";
  problem.description = "the note is longer than 16 KiB";
  problem.remedy = "Shorten it, or keep the document elsewhere and say where it is.";
}

}  // namespace

std::optional<Effective> RequireMonth(std::string_view field, std::string_view month,
                                      eventstore::CivilDay today, Problems& problems) {
  if (month.empty()) {
    problems.push_back(commands::MissingField(field));
    return std::nullopt;
  }
  const auto first = values::ParseMonth(month);
  if (!first.has_value()) {
    problems.push_back(
        InvalidField(field, "not a month or day", "Write it as YYYY-MM, for example 2023-04."));
    return std::nullopt;
  }
  if (!values::IsPlausibleYear(*first)) {
    problems.push_back(InvalidField(field, values::kNotPlausible, values::kCorrectYear));
    return std::nullopt;
  }
  if (*first > today) {
    problems.push_back(
        InvalidField(field, "the month is in the future", "Give the month in which it happened."));
    return std::nullopt;
  }
  return Effective{*first, values::AddMonths(*first, 1)};
}

void RequireReferralId(std::string_view field, std::string_view id, Problems& problems) {
  if (id.empty()) {
    problems.push_back(commands::MissingField(field));
  } else if (id.size() > kReferralIdBytesMax || !std::all_of(id.begin(), id.end(), IsIdCharacter)) {
    problems.push_back(InvalidField(field, "not 1 to 64 letters, digits and -_./",
                                    "Give an opaque id of this form, never a personal value."));
  } else {
    commands::RefusePersonalKey(field, id, problems);
  }
}

std::optional<ReadRow> ReadReferral(const RowContext& context, const v1::ReferralRow& row,
                                    Problems& problems) {
  const std::size_t problems_before = problems.size();
  ReadRow read;
  ev::ReferralReceived& referral = read.referral;
  RequireReferralId("referral_id", row.referral_id(), problems);
  const auto service = ReadService("service_id", row.service_id(), context.services, problems);
  const auto month = ReadReceived(context, row, read, problems);
  referral.set_area_id(ReadArea(context, row, problems));
  referral.set_status(row.status().empty() ? "received" : row.status());
  commands::RequireOneOf("status", referral.status(),
                         {"received", "accepted", "declined", "closed"}, problems);
  ReadPerson(row, read.person, problems);
  CheckNote(row, problems);
  if (problems.size() != problems_before) return std::nullopt;

  read.person.set_referral_id(row.referral_id());
  referral.set_service_id(*service);
  referral.set_submission_id(std::string(context.submission_id));
  referral.set_row(row.row());
  read.note = row.note();
  read.effective = *month;
  return read;
}

namespace {

// A part of a staged row after its length.
void AppendPart(std::string_view part, std::string& to) {
  const auto size = static_cast<std::uint32_t>(part.size());
  for (int shift = 0; shift < 32; shift += 8) {
    to.push_back(static_cast<char>(static_cast<std::uint8_t>(size >> shift)));
  }
  to += part;
}

std::string_view TakePart(std::string_view& from) {
  std::uint32_t size = 0;
  for (std::size_t i = 0; i < 4 && i < from.size(); ++i) {
    size |= std::uint32_t{static_cast<std::uint8_t>(from[i])} << (8 * i);
  }
  from.remove_prefix(std::min<std::size_t>(4, from.size()));
  const std::string_view part = from.substr(0, size);
  from.remove_prefix(part.size());
  return part;
}

template <class Message>
void Parse(std::string_view bytes, Message& message) {
  message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
}

}  // namespace

std::vector<commands::DraftPart> SealedOf(const ReadRow& row) {
  std::vector<commands::DraftPart> parts;
  if (row.person.ByteSizeLong() > 0) {
    parts.push_back({.name = std::string(kPersonPart),
                     .plaintext = row.person.SerializeAsString(),
                     .subject_ref = row.person.subject_ref()});
  }
  if (!row.note.empty()) {
    parts.push_back({.name = std::string(kNotePart), .plaintext = row.note, .subject_ref = ""});
  }
  return parts;
}

void TakeErased(const std::vector<std::string>& parts, ReadRow& row) {
  for (const std::string& part : parts) {
    if (part == kPersonPart) row.person.Clear();
    if (part == kNotePart) row.note.clear();
    row.referral.add_erased(part);
  }
}

commands::DraftEvent WithParts(commands::DraftEvent draft, const ReadRow& row) {
  draft.retention_dataset = kRetentionDataset;
  draft.parts = SealedOf(row);
  return draft;
}

commands::DraftEvent DraftReferral(const std::string& stream, const ReadRow& row) {
  return WithParts(commands::MakeDraft(stream, row.referral, row.effective), row);
}

commands::DraftEvent DraftRevision(const std::string& stream, const ReadRow& row,
                                   const std::optional<ev::ReferralReceived>& before) {
  ev::ReferralRevised event;
  *event.mutable_referral() = row.referral;
  if (before) *event.mutable_before() = *before;
  return WithParts(commands::MakeDraft(stream, event, row.effective), row);
}

std::string ToStaged(const ReadRow& row) {
  std::string staged;
  AppendPart(row.referral.SerializeAsString(), staged);
  AppendPart(row.person.SerializeAsString(), staged);
  AppendPart(row.note, staged);
  return staged;
}

ReadRow FromStaged(std::string_view staged) {
  ReadRow row;
  Parse(TakePart(staged), row.referral);
  Parse(TakePart(staged), row.person);
  row.note = TakePart(staged);
  row.effective = MonthOf(row.referral);
  return row;
}

Effective MonthOf(const ev::ReferralReceived& referral) {
  const auto first = values::ParseMonth(referral.month());
  if (!first) return {};
  return {*first, values::AddMonths(*first, 1)};
}

}  // namespace daybook::referrals
