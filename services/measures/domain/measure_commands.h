// The rules of the measures context: definitions, observations and published figures.
//
// Rules are functions of the request, the registers, today and the streams that the loader folds.
// `head` and caller are checked at the door (services/commands/door.h) before. The same content
// again decides nothing and is answered as a duplicate; other content of a definition is refused.
#pragma once

#include <optional>
#include <string_view>

#include "absl/status/statusor.h"
#include "daybook/measures/v1/measures_service.pb.h"
#include "eventstore/core/ids.h"
#include "services/commands/decision.h"
#include "services/commands/stream_loader.h"
#include "services/measures/domain/measure_register.h"
#include "services/partners/domain/area_register.h"
#include "services/partners/domain/organisation_register.h"

namespace daybook::measures {

// When it is and what is registered. Refers to what it is given.
struct Circumstances {
  std::string_view agency;     // who sends; with successors it goes on with predecessors' series
  eventstore::CivilDay today;  // Europe/London
  const MeasureRegister& measures;
  const partners::AreaRegister& areas;
  const partners::OrganisationRegister& organisations;
  // Of a later version of a file: when the partnership came to know what it says otherwise than the
  // version before. A figure that takes the place of another was not known before that.
  std::optional<eventstore::Known> revised = std::nullopt;
};

// They write to MeasureRegister::kStream: load it with RegisterCache::Load.
commands::Outcome Decide(const MeasureRegister& measures,
                         const v1::DefineDimensionRequest& request);
commands::Outcome Decide(const MeasureRegister& measures, const v1::DefineMeasureRequest& request);
commands::Outcome Decide(const MeasureRegister& measures, const v1::DeclareBreakRequest& request);
commands::Outcome Decide(const MeasureRegister& measures, const v1::SetHarmWeightRequest& request);

// The rows of one message of an append session; the answer of the Decision holds a result for every
// row (commands::RowResultsOf). Rows see the rows before them. What is decided for a row:
//   * one that is not of its form, or names what is not registered, is refused with every problem;
//   * one of a series that another agency sends is refused with SERIES_OWNED: a series belongs to
//     the organisation that counts it once that has sent it, before to the first that did;
//   * one that says what the latest observation of its series, period and categories says is
//     unchanged;
//   * one that contradicts an observation of the same submission is refused with ALREADY_EXISTS: a
//     file gives a figure once;
//   * any other is recorded and takes the place of the latest; with a finding of level ASK a
//     percentage without its parts, and what plausibility.h asks and the row gives no reason for.
// Rejected as a whole only for the number of rows or their size. A status is a failure of the
// store.
absl::StatusOr<commands::Outcome> DecideObservations(commands::StreamLoader& loader,
                                                     const Circumstances& circumstances,
                                                     const v1::SubmitObservationsRequest& request);

// Likewise for figures as documents printed them. They are known from the day of publication unless
// the head says otherwise. A document may print two figures for one thing: both are recorded.
absl::StatusOr<commands::Outcome> DecideFigures(commands::StreamLoader& loader,
                                                const Circumstances& circumstances,
                                                const v1::PublishFiguresRequest& request);

}  // namespace daybook::measures
