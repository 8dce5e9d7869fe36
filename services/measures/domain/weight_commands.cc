// Weights of measures in indices of harm.
#include "proto/values/civil.h"
#include "proto/values/decimal.h"
#include "services/commands/door.h"
#include "services/commands/fingerprint.h"
#include "services/measures/domain/definition_refusals.h"
#include "services/measures/domain/figure_checks.h"
#include "services/measures/domain/measure_commands.h"

namespace daybook::measures {

namespace ev = events::v1;
using commands::InvalidField;
using commands::Outcome;
using commands::Problems;

Outcome Decide(const MeasureRegister& measures, const v1::SetHarmWeightRequest& request) {
  Problems problems;
  commands::RequireSlug("index_id", request.index_id(), problems);
  commands::RequireSlug("measure_id", request.measure_id(), problems);
  commands::RequireText("source", request.source(), commands::kNameBytesMax, problems);
  const auto from = commands::CheckDay("from_date", request.from_date(), problems);
  const auto weight = values::Decimal::Parse(request.weight());
  if (request.weight().empty()) {
    problems.push_back(commands::MissingField("weight"));
  } else if (!weight || weight->IsNegative()) {
    problems.push_back(InvalidField("weight", "is no decimal of at least 0",
                                    "Give what one count weighs, for example 142.5."));
  }
  if (!problems.empty()) return commands::RejectFields(std::move(problems));

  const auto* measure = measures.Find(request.measure_id());
  if (measure == nullptr) {
    commands::Rejection rejection =
        commands::RejectFields({UnknownMeasure("measure_id", request.measure_id(), measures)});
    rejection.code = absl::StatusCode::kNotFound;
    return rejection;
  }
  if (!measure->defined.is_count()) {
    return commands::RejectFields({InvalidField("measure_id", "is no measure of counts",
                                                "Only what is counted has a weight.")});
  }
  ev::HarmWeightSet event;
  event.set_index_id(request.index_id());
  event.set_measure_id(request.measure_id());
  event.set_weight(weight->ToString());
  event.set_from_date(request.from_date());
  event.set_source(request.source());
  if (const auto* stands =
          measures.FindWeight(event.index_id(), event.measure_id(), event.from_date())) {
    if (commands::SaysTheSame(*stands, event)) return commands::Decision{};
    return DefinedOtherwise("from_date",
                            "Say from when on the other weight holds, or choose another index_id "
                            "for another issue of the weights.");
  }
  return commands::OneEvent(std::string(MeasureRegister::kStream), event,
                            from ? commands::OnDay(*from) : eventstore::Effective{});
}

}  // namespace daybook::measures
