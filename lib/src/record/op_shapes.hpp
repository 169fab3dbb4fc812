#pragma once

#include "gradwalk/nn/record.hpp"

namespace gradwalk {

/// Whether the shapes of an op are those that its rule reads (OpKind says which), and labels are classes.
bool shapes_fit(const Record& record, const Op& op);

}  // namespace gradwalk
