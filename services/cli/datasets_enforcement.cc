// Datasets of enforcement: orders, breaches and steps, tasks and penalties.
#include "services/cli/dataset_columns.h"

namespace daybook::cli {
namespace {

constexpr std::string_view kPerson =
    "opaque reference to the person, the same for all breaches; never a name";

Dataset Orders() {
  return {"orders",
          Columns({{"order_id!", "id of your choice"},
                   {"partnership!", "id of the partnership"},
                   {"kind!", "injunction, public-spaces or other"},
                   {"label!", "label, for example City Centre"},
                   {"power!", "law that it rests on"},
                   {"area", "id of the area, where it is a registered one"},
                   {"prohibitions!", "what it forbids, separated by semicolons"},
                   {"made!", "day from which it holds, YYYY-MM-DD"},
                   {"expires", "last day, YYYY-MM-DD; of a public spaces order within three years"},
                   {"referral_from", "of an injunction: breach from which a referral is due"},
                   {"committal_from",
                    "of an injunction: breach from which committal is to be considered"},
                   {"known", kKnown}}),
          "an order of a court or an authority"};
}

Dataset OrderReviews() {
  return {"order-reviews",
          Columns({{"order_id!", "id of the order"},
                   {"reviewed!", "day, YYYY-MM-DD"},
                   {"outcome!", "continued, extended, varied or discharged"},
                   {"expires", "of an extension: new last day, YYYY-MM-DD"},
                   {"prohibitions", "of a variation: all that it forbids from then on"},
                   {"known", kKnown}}),
          "a review of an order"};
}

Dataset Breaches() {
  return {"breaches",
          Columns({{"order_id!", "id of the order"},
                   {"person!", kPerson},
                   {"breach_id!", "your id of the breach"},
                   {"occurred!", "day, YYYY-MM-DD"},
                   {"prohibition!", "what was broken"},
                   {"organisation!", kOrganisation},
                   {"number", "which breach of this person it is, as you count"},
                   {"known", kKnown}}),
          "a breach of an order"};
}

Dataset BreachSteps() {
  return {"breach-steps",
          Columns({{"order_id!", "id of the order"},
                   {"person!", kPerson},
                   {"breach_id!", "id of the breach"},
                   {"step!",
                    "signposted, warned, referred, committal-considered, committal-applied or "
                    "committal-heard"},
                   {"taken!", "day, YYYY-MM-DD"},
                   {"organisation", "who took it, or to whom was referred"},
                   {"decision", "what was decided, in one word"},
                   {"known", kKnown}}),
          "a step that followed a breach"};
}

Dataset Tasks() {
  return {"tasks",
          Columns({{"task_id!", "your id of the task"},
                   {"partnership!", "id of the partnership"},
                   {"order_id", "id of the order that it belongs to"},
                   {"kind!", "what about, for example begging"},
                   {"raised!", "day, YYYY-MM-DD"},
                   {"organisation", kOrganisation},
                   {"known", kKnown}}),
          "a task for officers on the ground"};
}

Dataset TaskEnds() {
  return {"task-ends",
          Columns({{"task_id!", "id of the task"},
                   {"actioned!", "day on which it was dealt with, YYYY-MM-DD"},
                   {"outcome", "what was done, in one word"},
                   {"known", kKnown}}),
          "a task that was dealt with"};
}

Dataset Penalties() {
  return {"penalties",
          Columns({{"penalty_id!", "your id of the penalty"},
                   {"partnership!", "id of the partnership"},
                   {"order_id", "id of the order that it rests on"},
                   {"offence!", "what for, for example litter"},
                   {"issued!", "day, YYYY-MM-DD"},
                   {"amount", "pounds"},
                   {"organisation", kOrganisation},
                   {"known", kKnown}}),
          "a fixed penalty notice"};
}

Dataset PenaltyEnds() {
  return {"penalty-ends",
          Columns({{"penalty_id!", "id of the penalty"},
                   {"settled!", "day, YYYY-MM-DD"},
                   {"how!", "paid, cancelled or prosecuted"},
                   {"known", kKnown}}),
          "how a penalty ended"};
}

}  // namespace

std::vector<Dataset> EnforcementDatasets() {
  return {Orders(), OrderReviews(), Breaches(),  BreachSteps(),
          Tasks(),  TaskEnds(),     Penalties(), PenaltyEnds()};
}

}  // namespace daybook::cli
