#pragma once

#include <string>

#include "gradwalk/tracer/graph.hpp"
#include "problem.hpp"

namespace gradwalk::worksheet {

/// The problem's compute graph: with empty boxes for the student, or filled in. Empty text where it has none.
std::string picture(const Problem& problem, bool filled_in, GraphFormat format);

/// What the picture shows, for who cannot see it.
std::string picture_text(const Problem& problem);

}  // namespace gradwalk::worksheet
