// One number for everything a view holds: what two folds are compared by.
#pragma once

#include "eventstore/core/ids.h"
#include "projections/core/view.h"
#include "projections/core/view_set.h"

namespace daybook::projections {

// SHA-256 over the names of the tables and every row (key and deterministic bytes, each with its
// length) in order. Two views of the same version have the same fingerprint exactly when they hold
// the same rows. Changes nothing; the view is not const because View::tables() is not.
eventstore::Hash Fingerprint(View& view);

}  // namespace daybook::projections
